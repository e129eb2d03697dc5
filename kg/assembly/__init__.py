"""From a reading to the RDF graph of its source: plain triples without blank nodes."""

from collections.abc import Callable, Iterator
from typing import Any

from rdflib import Graph

from kg.assembly import actors, corridors, events, lasting, negotiation, sources, statements
from kg.assembly.first_passages import first_passages
from kg.assembly.page import Page, Triple
from kg.model import Reading
from kg.vocab import PREFIXES, Base
from ontology import nodes

# Each part of a Reading with the function that turns one record of it into triples.
RECORDS: dict[str, Callable[[Any, Page], Iterator[Triple]]] = {
    "entities": actors.entity,
    "offices": actors.office,
    "posts": actors.post,
    "propositions": statements.proposition,
    "statements": statements.statement,
    "communiques": statements.communique,
    "events": events.event,
    "processes": negotiation.process,
    "formats": negotiation.track,
    "rounds": negotiation.sitting,
    "roles": negotiation.role,
    "status_reports": negotiation.status_report,
    "agreements": negotiation.agreement,
    "provisions": lasting.provision,
    "signatures": lasting.signature,
    "preconditions": lasting.precondition,
    "missions": lasting.mission,
    "commissions": lasting.commission,
    "sanctions": lasting.sanction,
    "corridors": corridors.corridor,
    "memberships": corridors.membership,
    "labels": statements.label,
    "unread": statements.unread,
}


def assemble(reading: Reading, base: Base) -> Graph:
    """The graph of one source.

    Raises ParleyError for a key that the reading does not define, a span outside the text, and a value,
    relation or class that the ontology does not define.
    """
    page = Page(reading, base)
    graph = nodes.graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in sources.source(page):
        graph.add(triple)
    for part, describe in RECORDS.items():
        for record in getattr(reading, part):
            for triple in describe(record, page):
                graph.add(triple)
    graph += tuple(first_passages(graph))
    return graph
