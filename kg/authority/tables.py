"""The tables of this package as triples: where things lie, who claims a place, whose word for it is whose."""

import csv
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from rdflib import DCTERMS, RDF, RDFS, SDO, XSD, Literal, URIRef

from kg.authority import rules
from kg.errors import AuthorityError
from kg.facts import Facts, Triple
from kg.identifiers import slug
from kg.vocab import NS, Base

_COORDINATES = "coordinates.tsv"
_RIVAL_NAMES = "rival-names.tsv"
_CLAIMS = "claims.tsv"
_GEONAMES = "https://sws.geonames.org/"
_DEGREES = {"latitude": 90.0, "longitude": 180.0}


def triples(folder: Traversable, things: Facts, base: Base) -> Iterator[Triple]:
    """What the tables of a folder say about its things; a table that is not there says nothing.

    Raises AuthorityError where a row is malformed or speaks of what is not listed.
    """
    for row in rows(folder, _COORDINATES):
        rules.check_known(things, base, row["key"], _COORDINATES)
        yield from _located(row, base)
    for row in rows(folder, _RIVAL_NAMES):
        for key in (row["key"], *row["used_by"].split()):
            rules.check_known(things, base, key, _RIVAL_NAMES)
        yield from _attributed(row, base)
    for row in rows(folder, _CLAIMS):
        for key in (row["claimant"], row["place"]):
            rules.check_known(things, base, key, _CLAIMS)
        yield base.id(row["claimant"]), NS.claimsAuthorityOver, base.id(row["place"])
        yield base.id(row["claimant"]), DCTERMS.source, URIRef(row["source"])


def rows(folder: Traversable, name: str) -> list[dict[str, str]]:
    """The rows of a table by its header; none where there is no such file."""
    file = folder / name
    if not file.is_file():
        return []
    found = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values():
            raise AuthorityError(
                "a row has too few or too many cells", f"{name}, line {number}", "See line 1."
            )
    return found


def _located(row: dict[str, str], base: Base) -> Iterator[Triple]:
    """Latitude and longitude in degrees, WGS 84; GeoNames is the source where the row has a number of its."""
    node = base.id(row["key"])
    for name, limit in _DEGREES.items():
        yield node, SDO[name], Literal(_degrees(row, name, limit), datatype=XSD.decimal)
    if row["geonames"]:
        yield node, DCTERMS.source, URIRef(f"{_GEONAMES}{row['geonames']}/")


def _degrees(row: dict[str, str], name: str, limit: float) -> str:
    """In the canonical form of xsd:decimal (XSD 1.1, section 3.3.3.2), in which the store gives it back."""
    try:
        fits = abs(float(row[name])) <= limit
    except ValueError:
        fits = False
    if not fits:
        where = f"{_COORDINATES}, {row['key']}"
        raise AuthorityError(f"{row[name]} is no {name}", where, f"Give degrees from -{limit} to {limit}.")
    whole, _, part = row[name].partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _attributed(row: dict[str, str], base: Base) -> Iterator[Triple]:
    """A name that some use for a place, with those who use it; the name claims nothing for anyone."""
    place = row["key"].partition("/")[2]
    node = base.id(f"label/{slug(row['form'])}-for-{place}")
    yield node, RDF.type, NS.AttributedLabel
    yield node, RDFS.label, Literal(row["form"], lang="en")
    yield node, NS.literalForm, Literal(row["form"])
    yield node, NS.labels, base.id(row["key"])
    yield node, DCTERMS.source, URIRef(row["source"])
    for user in row["used_by"].split():
        yield node, NS.usedBy, base.id(user)
