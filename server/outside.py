"""Where else a thing is described: the same thing in other data sets, named by these."""

import re
from collections.abc import Sequence

from kg.vocab import PREFIXES
from server import urls
from server.engine.contract import Row
from server.tables import Cell
from server.words import value

_SAME = {f"{PREFIXES['skos']}exactMatch", f"{PREFIXES['owl']}sameAs"}
_NAMES = {"www.wikidata.org": "Wikidata", "sws.geonames.org": "GeoNames"}
_PARTS = re.compile(r"[^:/]+://([^/?#]*)([^?#]*)")


def elsewhere(outgoing: Sequence[Row]) -> tuple[Cell, ...]:
    """Links to the same thing elsewhere, of what a thing links to."""
    found = dict.fromkeys(value(row, "value") for row in outgoing if value(row, "property") in _SAME)
    return tuple(Cell(_name(iri), iri) for iri in found if urls.on_the_web(iri))


def _name(iri: str) -> str:
    # not `urlsplit`, which refuses hosts that IRIs may have
    found = _PARTS.match(iri)
    host, path = found.groups() if found else (iri, "")
    number = next((part for part in reversed(path.split("/")) if part), "")
    return f"{_NAMES[host]} {number}" if host in _NAMES else host
