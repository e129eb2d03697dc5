"""Corridors and the places on them as triples."""

from collections.abc import Iterator

from rdflib import Literal

from kg.assembly.page import Page, Triple
from kg.assembly.terms import thing_class, value
from kg.model import Corridor, Membership
from kg.vocab import NS


def corridor(record: Corridor, page: Page) -> Iterator[Triple]:
    """A named route with its kind and its means of transport."""
    yield from page.described(record.key, thing_class(record.kind), record.label, record.evidence)
    for mode in record.modes:
        yield page.base.id(record.key), NS.transportMode, value("mode", mode)


def membership(record: Membership, page: Page) -> Iterator[Triple]:
    """One place on one corridor, with its position and what comes next."""
    node, place = page.base.id(record.key), page.iri(record.place)
    label = f"{page.label(record.place)}, {record.order} on {page.label(record.corridor)}"
    yield from page.described(record.key, NS.CorridorMembership, label, record.evidence)
    yield node, NS.membershipIn, page.iri(record.corridor)
    yield node, NS.membershipOf, place
    yield place, NS.hasMembership, node
    yield node, NS.nodeOrder, Literal(record.order)
    yield node, NS.nodeRole, value("node", record.role)
    yield from page.links(node, NS.nextNode, [record.next])
