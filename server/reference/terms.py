"""What the ontology has, module by module, as plain values: what the pages and diagrams are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

import ontology
from kg.manchester import local
from kg.vocab import CAMEO, CONTEXT, MODE, NS, PAX, PLOVER, REL, VAL

_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
}
# What is no class or property of the namespace: shown as lists.
_LISTS = (
    ("relation", "Relations", str(REL)),
    ("value", "Values", str(VAL)),
    ("plover", "Event codes", str(PLOVER)),
    ("plover-mode", "Modes of events", str(MODE)),
    ("plover-context", "Contexts of events", str(CONTEXT)),
    ("cameo", "CAMEO codes", str(CAMEO)),
    ("pax", "Stages of agreements", str(PAX)),
)


@dataclass(frozen=True)
class Term:
    """A class, property, relation, value or code; `heirs` are the IRIs to use instead of a deprecated one."""

    iri: str
    kind: str
    label: str
    definition: str
    deprecated: bool = False
    heirs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return local(self.iri)


@dataclass(frozen=True)
class Module:
    """One file of the ontology: its name, what it is for, and its terms, classes first."""

    name: str
    purpose: str
    terms: tuple[Term, ...]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return title(self.name)

    @property
    def classes(self) -> tuple[Term, ...]:
        """The classes."""
        return tuple(term for term in self.terms if term.kind == "class")

    @property
    def properties(self) -> tuple[Term, ...]:
        """The properties of every kind."""
        return tuple(term for term in self.terms if term.kind != "class")


@dataclass(frozen=True)
class List:
    """Terms that are shown as one list: relations, values of one scheme, codes."""

    title: str
    terms: tuple[Term, ...]


def title(name: str) -> str:
    """The name of a module as a heading: `Place and time` for `place-time`."""
    return "Place and time" if name == "place-time" else name.replace("-", " ").capitalize()


@cache
def modules() -> tuple[Module, ...]:
    """Every module that has classes or properties, in alphabetical order."""
    found = (_module(name, module) for name, module in ontology.modules().items())
    return tuple(module for module in found if module.terms)


@cache
def lists() -> tuple[List, ...]:
    """Relations, values and codes."""
    whole = ontology.shared()
    return tuple(List(title, _listed(whole, namespace, kind)) for kind, title, namespace in _LISTS)


@cache
def module_of() -> dict[str, str]:
    """The module of each class and property, by IRI."""
    return {term.iri: module.name for module in modules() for term in module.terms}


def of_namespace(graph: Graph) -> tuple[Term, ...]:
    """The classes and properties of any graph, such as an earlier version."""
    found = {s for kind in _KINDS for s in graph.subjects(RDF.type, kind) if str(s).startswith(str(NS))}
    return _sorted(_term(iri, _kind(iri, graph), graph) for iri in found)


def _module(name: str, module: ontology.Module) -> Module:
    return Module(name, module.purpose, of_namespace(module.graph))


def _listed(graph: Graph, namespace: str, kind: str) -> tuple[Term, ...]:
    found = {s for s in graph.subjects(RDFS.label) if str(s).startswith(namespace)}
    return _sorted(_term(iri, kind, graph) for iri in found)


def _kind(iri: Node, graph: Graph) -> str:
    return next(name for kind, name in _KINDS.items() if (iri, RDF.type, kind) in graph)


def _term(iri: Node, kind: str, graph: Graph) -> Term:
    """The definition of an old term tells what it was; its heirs, what to use."""
    return Term(
        str(iri),
        kind,
        str(graph.value(iri, RDFS.label) or local(str(iri))),
        str(graph.value(iri, SKOS.definition) or ""),
        (iri, OWL.deprecated, Literal(True)) in graph,
        tuple(sorted(str(heir) for heir in graph.objects(iri, DCTERMS.isReplacedBy))),
    )


def _sorted(terms: Iterable[Term]) -> tuple[Term, ...]:
    order = list(_KINDS.values())
    return tuple(
        sorted(
            terms,
            key=lambda t: (order.index(t.kind) if t.kind == "class" else len(order), t.name.lower(), t.iri),
        )
    )


def iris(terms: Iterable[Term]) -> tuple[URIRef, ...]:
    """The IRIs of terms, for looking them up."""
    return tuple(URIRef(term.iri) for term in terms)
