"""Where else a thing is described: the same thing in other data sets, named by these."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from kg.vocab import PREFIXES
from server.engine.contract import Row
from server.tables import Cell
from server.words import value

_SAME = {f"{PREFIXES['skos']}exactMatch", f"{PREFIXES['owl']}sameAs"}
_NAMES = {"www.wikidata.org": "Wikidata", "sws.geonames.org": "GeoNames"}


def elsewhere(outgoing: Sequence[Row]) -> tuple[Cell, ...]:
    """Links to the same thing elsewhere, of what a thing links to."""
    found = dict.fromkeys(value(row, "value") for row in outgoing if value(row, "property") in _SAME)
    return tuple(Cell(_name(iri), iri) for iri in found if urlsplit(iri).scheme in ("http", "https"))


def _name(iri: str) -> str:
    parts = urlsplit(iri)
    number = next((part for part in reversed(parts.path.split("/")) if part), "")
    return f"{_NAMES[parts.netloc]} {number}" if parts.netloc in _NAMES else parts.netloc
