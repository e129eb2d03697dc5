"""How IRIs are written and linked on the pages about the ontology."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import Literal
from rdflib.term import Node

import ontology
from kg.manchester import Axiom, Part, Term
from kg.vocab import NS
from server import urls
from server.reference.terms import module_of

_KNOWN = ("owl", "rdf", "rdfs", "xsd", "sh")


@dataclass(frozen=True)
class Mention:
    """Words, and the thing that they name, if any."""

    text: str
    iri: str | None = None


def mention(iri: str) -> Mention:
    """A thing by a short name."""
    return Mention(short(iri), iri)


def address(iri: str) -> str | None:
    """Where a term is told of: its module's page, the list of terms, or its own place elsewhere."""
    module = module_of().get(iri)
    if module:
        return f"{urls.module(module)}#{iri.removeprefix(str(NS))}"
    anchor = urls.anchor(iri)
    if anchor:
        return f"{urls.vocabulary()}#{anchor}"
    return iri if iri.startswith(("http://", "https://")) else None


def short(iri: str) -> str:
    """`Person` for terms of ours, `prov:Entity` for those of a vocabulary that is known, else the IRI."""
    if iri.startswith(str(NS)):
        return iri.removeprefix(str(NS))
    for prefix, namespace in namespaces():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def mentions(axiom: Axiom) -> tuple[Mention, ...]:
    """The parts of an axiom, in the order of reading."""
    return tuple(map(_part, axiom.parts))


def node(value: Node) -> Mention:
    """A thing, or a literal as it stands."""
    return Mention(str(value)) if isinstance(value, Literal) else mention(str(value))


def ordered(nodes: Iterable[Node]) -> list[Node]:
    """Sorted as text."""
    return sorted(nodes, key=str)


@cache
def namespaces() -> tuple[tuple[str, str], ...]:
    """Prefixes and namespaces of what the ontology and its alignments use, the longest namespace first."""
    graphs = (ontology.shared(), ontology.alignments())
    used = {
        str(term) for graph in graphs for triple in graph for term in triple if not isinstance(term, Literal)
    }
    bound = {prefix: str(iri) for graph in graphs for prefix, iri in graph.namespaces()}
    kept = {p: iri for p, iri in bound.items() if p in _KNOWN or any(term.startswith(iri) for term in used)}
    return tuple(sorted(kept.items(), key=lambda row: (-len(row[1]), row[0])))


def _part(part: Part) -> Mention:
    return mention(part.iri) if isinstance(part, Term) else Mention(part)
