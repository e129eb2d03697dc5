"""Axioms of an ontology in a readable form, after the Manchester syntax of OWL 2 (W3C Note of 2012).

BiasAccusation  EquivalentTo  Accusation and (hasProposition some (propPredicate value hasBiasedPositionIn))
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

_SCHEMA = "https://schema.org/"


@dataclass(frozen=True, order=True)
class Term:
    """A named thing within an axiom."""

    iri: str


Part = str | Term
Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Axiom:
    """What is said of a term: the kind (`SubClassOf`), then words and terms in the order of reading."""

    kind: str
    parts: Parts

    def text(self) -> str:
        """One line, in which things go by the last part of their IRI."""
        words = (local(part.iri) if isinstance(part, Term) else part for part in self.parts)
        return f"{self.kind} {' '.join(words)}"


# What a triple about a term says, in the order of reading.
_TRIPLES: tuple[tuple[URIRef, str], ...] = (
    (OWL.equivalentClass, "EquivalentTo"),
    (RDFS.subClassOf, "SubClassOf"),
    (OWL.equivalentProperty, "EquivalentTo"),
    (RDFS.subPropertyOf, "SubPropertyOf"),
    (RDFS.domain, "Domain"),
    (RDFS.range, "Range"),
    (URIRef(f"{_SCHEMA}domainIncludes"), "DomainIncludes"),
    (URIRef(f"{_SCHEMA}rangeIncludes"), "RangeIncludes"),
)
_CHARACTERISTICS = {
    OWL[f"{name}Property"]: name
    for name in (
        "Functional",
        "InverseFunctional",
        "Transitive",
        "Symmetric",
        "Asymmetric",
        "Reflexive",
        "Irreflexive",
    )
}
_VALUES = {OWL.someValuesFrom: "some", OWL.allValuesFrom: "only", OWL.hasValue: "value"}
_COUNTS = {
    OWL.minCardinality: "min",
    OWL.maxCardinality: "max",
    OWL.cardinality: "exactly",
    OWL.minQualifiedCardinality: "min",
    OWL.maxQualifiedCardinality: "max",
    OWL.qualifiedCardinality: "exactly",
}


def axioms(term: URIRef, graph: Graph) -> list[Axiom]:
    """What the graph says of a class or property as OWL, but for what it excludes.

    Raises:
        ValueError: for a class expression that is no OWL 2.
    """
    return [*_stated(term, graph), *_of_property(term, graph), *_of_class(term, graph)]


def exclusions(graph: Graph) -> dict[str, Axiom]:
    """What each class excludes, by its IRI: what is said of it alone, and what lists of classes say."""
    apart: defaultdict[str, set[str]] = defaultdict(set)
    pairs = [(s, o) for s, o in graph.subject_objects(OWL.disjointWith)]
    for every in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        pairs += permutations(_members(graph.value(every, OWL.members), graph), 2)
    for one, other in pairs:
        apart[str(one)].add(str(other))
        apart[str(other)].add(str(one))
    return {
        iri: Axiom("DisjointWith", tuple(part for other in sorted(others) for part in (",", Term(other)))[1:])
        for iri, others in apart.items()
    }


def expression(node: Node, graph: Graph) -> Parts:
    """A class or property expression; raises ValueError as `axioms`."""
    if isinstance(node, URIRef):
        return (Term(str(node)),)
    if isinstance(node, Literal):
        return (f'"{node}"',)
    for build in (_joined, _listed, _negated, _restriction):
        found = build(node, graph)
        if found:
            return found
    raise ValueError(f"no class expression of OWL 2 that is known here: {node}")


def local(iri: str) -> str:
    """The last part of an IRI: `Person`."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _stated(term: URIRef, graph: Graph) -> Iterator[Axiom]:
    for predicate, kind in _TRIPLES:
        told = [expression(value, graph) for value in graph.objects(term, predicate)]
        yield from (Axiom(kind, parts) for parts in _ordered(told))


def _of_property(term: URIRef, graph: Graph) -> Iterator[Axiom]:
    inverse = {*graph.objects(term, OWL.inverseOf), *graph.subjects(OWL.inverseOf, term)}
    named = [(Term(str(other)),) for other in inverse if isinstance(other, URIRef)]
    yield from (Axiom("InverseOf", parts) for parts in _ordered(named))
    chains = [
        _separated(_members(chain, graph), "o", graph)
        for chain in graph.objects(term, OWL.propertyChainAxiom)
    ]
    yield from (Axiom("SubPropertyChain", parts) for parts in _ordered(chains))
    types = set(graph.objects(term, RDF.type))
    kinds = sorted(name for kind, name in _CHARACTERISTICS.items() if kind in types)
    yield from (Axiom("Characteristics", (kind,)) for kind in kinds)


def _of_class(term: URIRef, graph: Graph) -> Iterator[Axiom]:
    above = [s for s in graph.subjects(RDFS.subClassOf, term) if not isinstance(s, URIRef)]
    yield from (Axiom("SuperClassOf", parts) for parts in _ordered(expression(s, graph) for s in above))


def _joined(node: Node, graph: Graph) -> Parts:
    for predicate, word in ((OWL.intersectionOf, "and"), (OWL.unionOf, "or")):
        members = graph.value(node, predicate)
        if members is not None:
            return _separated(_members(members, graph), word, graph)
    return ()


def _listed(node: Node, graph: Graph) -> Parts:
    members = graph.value(node, OWL.oneOf)
    return ("{", *_separated(_members(members, graph), ",", graph), "}") if members is not None else ()


def _negated(node: Node, graph: Graph) -> Parts:
    inverse, other = graph.value(node, OWL.inverseOf), graph.value(node, OWL.complementOf)
    if inverse is not None:
        return ("inverse", *expression(inverse, graph))
    return ("not", *_nested(other, graph)) if other is not None else ()


def _restriction(node: Node, graph: Graph) -> Parts:
    on = graph.value(node, OWL.onProperty)
    if on is None:
        return ()
    prop = expression(on, graph)
    for predicate, word in _VALUES.items():
        value = graph.value(node, predicate)
        if value is not None:
            return (*prop, word, *_nested(value, graph))
    for predicate, word in _COUNTS.items():
        number = graph.value(node, predicate)
        if number is not None:
            kind = graph.value(node, OWL.onClass)
            return (*prop, word, str(number), *(_nested(kind, graph) if kind is not None else ()))
    return (*prop, "Self") if graph.value(node, OWL.hasSelf) is not None else ()


def _nested(node: Node, graph: Graph) -> Parts:
    inner = expression(node, graph)
    return inner if len(inner) == 1 else ("(", *inner, ")")


def _separated(members: Iterable[Node], word: str, graph: Graph) -> Parts:
    parts = [part for member in members for part in (word, *_nested(member, graph))]
    return tuple(parts[1:])


def _members(node: Node | None, graph: Graph) -> list[Node]:
    return list(Collection(graph, node)) if node is not None else []


def _ordered(found: Iterable[Parts]) -> list[Parts]:
    return sorted(found, key=lambda parts: [part.iri if isinstance(part, Term) else part for part in parts])
