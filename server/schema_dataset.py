"""The description of the data set in the words of schema.org, for search engines and for the page.

schema.org/Dataset with the properties that Google's Dataset Search reads.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, parse

from kg import void
from kg.vocab import PREFIXES, Base
from kg.void.counts import TOTALS

_VOID, _DCAT, _DCTERMS = PREFIXES["void"], PREFIXES["dcat"], PREFIXES["dcterms"]


@dataclass(frozen=True)
class Linkset:
    """Links to another data set: its name, the property, and how many."""

    title: str
    predicate: str
    triples: int


@dataclass(frozen=True)
class Told:
    """What the page shows: the fields of schema.org, the totals, links, vocabularies, sources."""

    fields: dict[str, Any]
    totals: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    links: tuple[Linkset, ...]
    vocabularies: tuple[str, ...]
    sources: tuple[str, ...]


class _Triples:
    """Triples by subject and property."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in parse("\n".join(lines), RdfFormat.N_TRIPLES):
            if isinstance(quad.subject, NamedNode):
                self._values[quad.subject.value, quad.predicate.value].append(
                    str(getattr(quad.object, "value", ""))
                )

    def all(self, subject: str, predicate: str) -> list[str]:
        return self._values[subject, predicate]

    def one(self, subject: str, predicate: str) -> str:
        return next(iter(self.all(subject, predicate)), "")


def schema_dataset(lines: Iterable[str], base: Base) -> Told:
    """What the lines of the description say."""
    told, node = _Triples(lines), str(void.dataset(base))
    return Told(
        fields=_fields(told, node, base),
        totals=tuple((name, int(told.one(node, f"{_VOID}{name}") or 0)) for name in TOTALS),
        classes=_parts(told, node, "classPartition", "class", "entities"),
        properties=_parts(told, node, "propertyPartition", "property", "triples"),
        links=_links(told, node),
        vocabularies=tuple(told.all(node, f"{_VOID}vocabulary")),
        sources=tuple(told.all(node, f"{PREFIXES['prov']}wasDerivedFrom")),
    )


def _fields(told: _Triples, node: str, base: Base) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": "The Parley contributors"}
    catalogue = {"@type": "DataCatalog", "@id": str(base.id("catalog/parley")), "name": "Parley"}
    distributions = told.all(node, f"{_DCAT}distribution")
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": node,
        "name": told.one(node, f"{_DCTERMS}title"),
        "description": told.one(node, f"{_DCTERMS}description"),
        "url": told.one(node, f"{_DCAT}landingPage"),
        "license": told.one(node, f"{_DCTERMS}license"),
        "version": told.one(node, f"{_DCAT}version"),
        "identifier": told.one(node, f"{_DCTERMS}identifier"),
        "keywords": told.all(node, f"{_DCAT}keyword"),
        "dateModified": told.one(node, f"{_DCTERMS}modified"),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": catalogue,
        "distribution": [_download(told, distribution) for distribution in distributions],
    }
    if period := told.one(node, f"{_DCTERMS}temporal"):
        days = (told.one(period, f"{_DCAT}{edge}") for edge in ("startDate", "endDate"))
        found["temporalCoverage"] = "/".join(days)
    return {name: value for name, value in found.items() if value not in ("", [])}


def _download(told: _Triples, node: str) -> dict[str, Any]:
    media = told.one(node, f"{_DCAT}compressFormat") or told.one(node, f"{_DCAT}mediaType")
    checksum = told.one(node, f"{PREFIXES['spdx']}checksum")
    return {
        "@type": "DataDownload",
        "@id": node,
        "name": told.one(node, f"{_DCTERMS}title"),
        "description": told.one(node, f"{_DCTERMS}description"),
        "contentUrl": told.one(node, f"{_DCAT}downloadURL"),
        "encodingFormat": media.partition("media-types/")[2],
        "contentSize": f"{told.one(node, f'{_DCAT}byteSize')} B",
        "sha256": told.one(checksum, f"{PREFIXES['spdx']}checksumValue"),
    }


def _parts(told: _Triples, node: str, part: str, by: str, measure: str) -> tuple[tuple[str, int], ...]:
    """Classes or properties with their numbers, the largest first."""
    nodes = told.all(node, f"{_VOID}{part}")
    found = [(told.one(one, f"{_VOID}{by}"), int(told.one(one, f"{_VOID}{measure}"))) for one in nodes]
    return tuple(sorted(found, key=lambda row: (-row[1], row[0])))


def _links(told: _Triples, node: str) -> tuple[Linkset, ...]:
    found = []
    for one in told.all(node, f"{_VOID}subset"):
        if predicate := told.one(one, f"{_VOID}linkPredicate"):
            title, number = told.one(one, f"{_DCTERMS}title"), int(told.one(one, f"{_VOID}triples"))
            found.append(Linkset(title, predicate, number))
    return tuple(found)
