"""Entities, offices and posts as triples."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal

from kg.assembly.page import Page, Triple
from kg.assembly.terms import thing_class, value
from kg.model import Entity, Office, Post
from kg.vocab import NS


def entity(record: Entity, page: Page) -> Iterator[Triple]:
    """An actor or place with its mentions; one that the authority data do not list awaits review."""
    node = page.base.id(record.key)
    yield node, RDF.type, thing_class(record.type)
    yield node, RDFS.label, Literal(record.label, lang="en")
    yield node, NS.mentionedIn, page.source
    yield from page.spans(node, NS.evidence, [mention.span for mention in record.mentions])
    for mention in record.mentions:
        yield from page.mention(mention)
    if not record.known:
        yield node, NS.reviewStatus, value("review", "unreviewed")
        yield from page.minted(node)


def office(record: Office, page: Page) -> Iterator[Triple]:
    """A body that belongs to a state."""
    yield from page.described(record.key, NS.Organisation, record.label, record.evidence)
    yield from page.links(page.base.id(record.key), NS.officeOf, [record.of])


def post(record: Post, page: Page) -> Iterator[Triple]:
    """A post, whom it serves, and who holds it."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Post, record.label, record.evidence)
    yield node, NS.title, Literal(record.title)
    yield from page.links(node, NS.postOf, [record.of])
    yield page.iri(record.holder), NS.holdsPost, node
