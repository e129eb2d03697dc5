"""What a diagram of a module shows: classes as boxes, and arrows for subclasses and properties.

A property between two classes is a label of its own on the way from one to the other, so that no label lies
on another; one whose values are texts, numbers or concepts is a line in the box of its class.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

import ontology
from kg.manchester import local
from server.reference.terms import Module, Term, iris, modules

_SCHEMA = "https://schema.org/"
_DOMAINS = (RDFS.domain, URIRef(f"{_SCHEMA}domainIncludes"))
_RANGES = (RDFS.range, URIRef(f"{_SCHEMA}rangeIncludes"))
_VALUE = "value"


@dataclass(frozen=True)
class Box:
    """A class: its IRI, its name, the lines for its attributes, and whether it belongs to the module."""

    iri: str
    name: str
    lines: tuple[str, ...] = ()
    own: bool = True
    defined: bool = False


@dataclass(frozen=True)
class Label:
    """Properties that go the same way, from these classes to those; one and its inverse share a line."""

    names: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells a label from every other one and from boxes."""
        return " ".join(self.names)


@dataclass(frozen=True)
class Picture:
    """Boxes, subclass arrows as pairs (narrower, broader), and labels on the way between boxes."""

    boxes: tuple[Box, ...]
    narrower: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]

    def sentences(self) -> Iterator[str]:
        """The same in words."""
        for one, other in self.narrower:
            yield f"{local(one)} is a kind of {local(other)}."
        for label in self.labels:
            sources, targets = (" or ".join(map(_named, side)) for side in (label.sources, label.targets))
            yield f"{', '.join(label.names)}: from {sources} to {targets}."
        for box in self.boxes:
            if box.lines:
                yield f"{box.name} has {'; '.join(box.lines)}."


@cache
def pictures() -> dict[str, Picture]:
    """The picture of each module by its name."""
    whole = ontology.shared()
    return {module.name: picture(module, whole) for module in modules()}


def picture(module: Module, graph: Graph) -> Picture:
    """What the diagram of a module shows; `graph` has the whole ontology."""
    own = {term.iri for term in module.classes}
    narrower = sorted((str(c), str(up)) for c in iris(module.classes) for up in _above(c, graph))
    lines: defaultdict[str, list[str]] = defaultdict(list)
    labels = []
    for names, sources, targets in _ways(module.properties, graph):
        if targets <= {_VALUE} or sources == targets:
            for source in sources & own or sources:
                lines[source] += [f"{name}: {_kind(targets)}" for name in names]
        else:
            labels.append(Label(tuple(names), tuple(sorted(sources)), tuple(sorted(targets - {_VALUE}))))
    shown = own | {iri for pair in narrower for iri in pair} | set(lines)
    shown |= {iri for label in labels for iri in (*label.sources, *label.targets)}
    boxes = (_box(iri, tuple(lines[iri]), iri in own, graph) for iri in sorted(shown, key=_named))
    return Picture(tuple(boxes), tuple(narrower), tuple(labels))


def _ways(
    properties: Iterable[Term], graph: Graph
) -> Iterator[tuple[list[str], frozenset[str], frozenset[str]]]:
    """Names of the properties that share both sides; a property goes with its inverse."""
    ways: defaultdict[tuple[frozenset[str], frozenset[str]], list[str]] = defaultdict(list)
    told: set[URIRef] = set()
    for prop in iris(properties):
        if prop not in told:
            inverse = next((i for i in _inverses(prop, graph) if i not in told and i != prop), None)
            told |= {prop} | ({inverse} if inverse else set())
            name = f"{local(prop)} / {local(inverse)}" if inverse else local(prop)
            ways[(_side(prop, _DOMAINS, graph), _side(prop, _RANGES, graph))].append(name)
    for (sources, targets), names in ways.items():
        yield names, sources, targets


def _inverses(prop: URIRef, graph: Graph) -> list[URIRef]:
    both = (*graph.objects(prop, OWL.inverseOf), *graph.subjects(OWL.inverseOf, prop))
    return sorted(other for other in both if isinstance(other, URIRef))


def _side(prop: URIRef, predicates: tuple[URIRef, ...], graph: Graph) -> frozenset[str]:
    """The classes on one side of a property; what is no class of things is a value."""
    found = {value for predicate in predicates for value in graph.objects(prop, predicate)}
    return frozenset(str(value) if _is_class(value, graph) else _VALUE for value in found) or frozenset(
        (str(OWL.Thing),)
    )


def _is_class(value: Node, graph: Graph) -> bool:
    if not isinstance(value, URIRef) or value == SKOS.Concept:
        return False
    return value == OWL.Thing or (value, RDF.type, OWL.Class) in graph


def _above(iri: URIRef, graph: Graph) -> list[URIRef]:
    return sorted(up for up in graph.objects(iri, RDFS.subClassOf) if isinstance(up, URIRef))


def _box(iri: str, lines: tuple[str, ...], own: bool, graph: Graph) -> Box:
    defined = (URIRef(iri), OWL.equivalentClass, None) in graph
    return Box(iri, _named(iri), tuple(sorted(lines)), own, defined)


def _kind(targets: frozenset[str]) -> str:
    return ", ".join(sorted(map(_named, targets)))


def _named(iri: str) -> str:
    return "anything" if iri == str(OWL.Thing) else local(iri)
