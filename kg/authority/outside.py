"""What Wikidata and GeoNames call the things of this package, with the proof: the table `links.tsv`."""

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from rdflib import DCTERMS, RDF, RDFS, SKOS, Literal, URIRef

from kg.authority import rules, tables
from kg.errors import AuthorityError
from kg.facts import Facts, Triple
from kg.vocab import NS, Base

_LINKS = "links.tsv"
# An item's IRI is https://www.wikidata.org/wiki/Wikidata:Data_access#Linked_Data_Interface_(URI) with http;
# a place's is that of the GeoNames ontology, https://www.geonames.org/ontology/documentation.html.
_AUTHORITIES = {
    "Wikidata": re.compile(r"http://www\.wikidata\.org/entity/Q[1-9]\d*"),
    "GeoNames": re.compile(r"https://sws\.geonames\.org/[1-9]\d*/"),
}


def triples(folder: Traversable, things: Facts, base: Base) -> Iterator[Triple]:
    """Each row as a match of the thing and as a node with the source, its fields and what they held.

    No row merges two nodes: the match is `skos:exactMatch`, from which no rule here draws anything. Raises
    AuthorityError where a row is malformed, speaks of what is not listed, or gives an identifier or a thing
    of one kind a second time.
    """
    taken: set[tuple[str, str]] = set()
    for row in tables.rows(folder, _LINKS):
        rules.check_known(things, base, row["key"], _LINKS)
        authority = _authority(row)
        _claim(taken, row, (authority, row["key"]), (row["key"].partition("/")[0], row["link"]))
        yield from _linked(row, authority, things, base)


def _linked(row: dict[str, str], authority: str, things: Facts, base: Base) -> Iterator[Triple]:
    thing, target = base.id(row["key"]), URIRef(row["link"])
    node = base.id(f"link/{authority.lower()}-of-{row['key'].replace('/', '-')}")
    label = next(things.objects(thing, RDFS.label))
    yield thing, SKOS.exactMatch, target
    yield node, RDF.type, NS.OutsideLink
    yield node, RDFS.label, Literal(f"{label} in {authority}", lang="en")
    yield node, NS.linkOf, thing
    yield node, NS.linksTo, target
    yield node, DCTERMS.source, URIRef(row["source"])
    yield node, NS.proofField, Literal(row["field"])
    yield node, NS.proofValue, Literal(row["value"])


def _authority(row: dict[str, str]) -> str:
    """Whose identifier the row gives, once the row is whole."""
    whose = [name for name, pattern in _AUTHORITIES.items() if pattern.fullmatch(row["link"])]
    if not whose:
        mend = "Give http://www.wikidata.org/entity/Q… or https://sws.geonames.org/…/."
        raise AuthorityError(f"{row['link'] or 'nothing'} is no identifier", _where(row), mend)
    if not row["source"].startswith("https://") or not row["field"] or not row["value"]:
        mend = "Give the source's https address, its fields and what stood there."
        raise AuthorityError("no proof", _where(row), mend)
    return whose[0]


def _claim(taken: set[tuple[str, str]], row: dict[str, str], *claims: tuple[str, str]) -> None:
    for claim in claims:
        if claim in taken:
            mend = "One thing has one identifier of each authority, and none shares it: drop a row."
            raise AuthorityError(f"{' and '.join(claim)} a second time", _where(row), mend)
        taken.add(claim)


def _where(row: dict[str, str]) -> str:
    return f"{_LINKS}, {row['key']}"
