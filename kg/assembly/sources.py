"""The text that was read, the article it is or restates, its outlet, and the reading as an activity."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, XSD, Literal, URIRef

from kg import __version__
from kg.assembly.page import Page, Triple
from kg.vocab import NS

LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_IRI_CHARACTERS = (
    ":/?#[]@!$&'()*+,;=%~"  # RFC 3986: reserved characters, and the sign of what is escaped already
)


def source(page: Page) -> Iterator[Triple]:
    """Every triple about where the reading comes from."""
    yield from _KINDS[page.reading.source.kind](page)
    yield from _cited(page)
    yield from _activity(page)


def _report(page: Page) -> Iterator[Triple]:
    node, citation = page.source, page.reading.source.citation
    yield node, RDF.type, NS.Report
    yield node, RDFS.label, Literal(f"Report that restates: {citation.title}", lang="en")
    yield node, NS.restatementOf, page.article
    yield node, DCTERMS.license, LICENCE
    if citation.date:
        yield node, DCTERMS.date, Literal(citation.date.isoformat(), datatype=XSD.date)
    yield from _held(page)


def _held(page: Page) -> Iterator[Triple]:
    source = page.reading.source
    yield page.source, NS.sha256, Literal(source.sha256)
    yield page.source, NS.characters, Literal(len(source.text))


# A table, so that a new kind of source is one row.
_KINDS: dict[str, Callable[[Page], Iterator[Triple]]] = {"report": _report, "article": _held}


def _cited(page: Page) -> Iterator[Triple]:
    node, citation = page.article, page.reading.source.citation
    yield node, RDF.type, NS.Article
    yield node, RDFS.label, Literal(citation.title, lang="en")
    yield node, DCTERMS.title, Literal(citation.title, lang="en")
    if citation.author:
        yield node, DCTERMS.creator, Literal(citation.author)
    if citation.date:
        yield node, DCTERMS.date, Literal(citation.date.isoformat(), datatype=XSD.date)
    if citation.url:
        yield node, SDO.url, URIRef(quote(citation.url, safe=_IRI_CHARACTERS))
    if citation.publisher:
        yield node, DCTERMS.publisher, page.outlet
        yield page.outlet, RDF.type, NS.Organisation
        yield page.outlet, RDFS.label, Literal(citation.publisher, lang="en")


def _activity(page: Page) -> Iterator[Triple]:
    reader = page.base.id(f"software/parley-reader-{__version__}")
    yield page.activity, RDF.type, PROV.Activity
    yield page.activity, RDFS.label, Literal(f"Reading of: {page.reading.source.citation.title}", lang="en")
    yield page.activity, PROV.used, page.source
    yield page.activity, PROV.wasAssociatedWith, reader
    yield reader, RDF.type, PROV.SoftwareAgent
    yield reader, RDFS.label, Literal(f"Parley reader {__version__}", lang="en")
    yield reader, SDO.softwareVersion, Literal(__version__)
