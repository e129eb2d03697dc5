"""The SHACL shapes in words: what a node of a class must have, and what is told where it has not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

import ontology
from kg.manchester import local
from server.reference import naming
from server.reference.naming import Mention, ordered
from server.reference.terms import title

_TARGETS = (
    (SH.targetClass, "each"),
    (SH.targetSubjectsOf, "whatever has"),
    (SH.targetObjectsOf, "whatever is the value of"),
)
Words = Callable[[Node, Graph], tuple[Mention, ...]]


@dataclass(frozen=True)
class Constraint:
    """One rule: the property, what its values must be, the message where it is broken, and how grave that is.

    `path` is empty for a rule about the node as a whole, which only the message tells.
    """

    path: tuple[Mention, ...]
    values: tuple[Mention, ...]
    message: str
    warning: bool


@dataclass(frozen=True)
class Shape:
    """A shape: its IRI, the things that it is about, as words and terms, and its rules."""

    iri: str
    about: tuple[Mention, ...]
    targets: tuple[str, ...]
    constraints: tuple[Constraint, ...]

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return local(self.iri)


@dataclass(frozen=True)
class ShapeModule:
    """The shapes of one file."""

    name: str
    shapes: tuple[Shape, ...]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return title(self.name)


@cache
def shape_modules() -> tuple[ShapeModule, ...]:
    """Every shape, file by file."""
    return tuple(
        ShapeModule(name, tuple(_shapes(module.graph))) for name, module in ontology.shape_modules().items()
    )


def shapes_about(iri: str) -> tuple[Shape, ...]:
    """The shapes that a class or property is the target of."""
    return tuple(shape for module in shape_modules() for shape in module.shapes if iri in shape.targets)


def _shapes(graph: Graph) -> Iterator[Shape]:
    for shape in ordered(graph.subjects(RDF.type, SH.NodeShape)):
        if isinstance(shape, URIRef):
            targets = [(words, str(o)) for p, words in _TARGETS for o in ordered(graph.objects(shape, p))]
            about = tuple(one for words, iri in targets for one in (Mention(words), naming.mention(iri)))
            yield Shape(str(shape), about, tuple(iri for _, iri in targets), tuple(_rules(shape, graph)))


def _rules(shape: Node, graph: Graph) -> Iterator[Constraint]:
    """Those of properties in the order of their paths, then those of the node as a whole."""
    of_properties = [_rule(part, graph) for part in graph.objects(shape, SH.property)]
    yield from sorted(of_properties, key=lambda rule: ([one.text for one in rule.path], rule.message))
    wholes = {
        str(m) for part in (shape, *graph.objects(shape, SH.sparql)) for m in graph.objects(part, SH.message)
    }
    yield from (Constraint((), (), message, _warns(shape, graph)) for message in sorted(wholes))


def _rule(part: Node, graph: Graph) -> Constraint:
    path = graph.value(part, SH.path)
    message = str(graph.value(part, SH.message) or "")
    values = (*_count(part, graph), *(one for words in _KINDS for one in words(part, graph)))
    return Constraint(_path(path, graph) if path is not None else (), values, message, _warns(part, graph))


def _warns(part: Node, graph: Graph) -> bool:
    return graph.value(part, SH.severity) in (SH.Warning, SH.Info)


def _path(path: Node, graph: Graph) -> tuple[Mention, ...]:
    if isinstance(path, URIRef):
        return (naming.mention(str(path)),)
    inverse, choice = graph.value(path, SH.inversePath), graph.value(path, SH.alternativePath)
    if inverse is not None:
        return (Mention("inverse"), *_path(inverse, graph))
    members, word = (path, "then") if choice is None else (choice, "or")
    steps = [_path(member, graph) for member in Collection(graph, members)]
    return tuple(one for step in steps for one in (Mention(word), *step))[1:]


def _count(part: Node, graph: Graph) -> tuple[Mention, ...]:
    least, most = (
        int(str(graph.value(part, p) or missing)) for p, missing in ((SH.minCount, 0), (SH.maxCount, -1))
    )
    if least == most:
        return (Mention(f"exactly {least}"),)
    told = [f"at least {least}"] * (least > 0) + [f"at most {most}"] * (most >= 0)
    return (Mention(" and ".join(told)),) if told else ()


def _valued(predicate: URIRef, words: str) -> Words:
    """Words for a constraint whose one value is a thing or a literal."""

    def told(part: Node, graph: Graph) -> tuple[Mention, ...]:
        return tuple(
            c for value in graph.objects(part, predicate) for c in (Mention(words), naming.node(value))
        )

    return told


def _scheme(part: Node, graph: Graph) -> tuple[Mention, ...]:
    """The scheme that values are taken from, which a nested shape asks for."""
    inner = (p for node in graph.objects(part, SH.node) for p in graph.objects(node, SH.property))
    schemes = [
        v for p in inner if graph.value(p, SH.path) == SKOS.inScheme for v in graph.objects(p, SH.hasValue)
    ]
    return tuple(c for scheme in schemes for c in (Mention("from the scheme"), naming.node(scheme)))


def _choice(part: Node, graph: Graph) -> tuple[Mention, ...]:
    """Classes one of which a value has."""
    found: list[Mention] = []
    for choices in graph.objects(part, SH["or"]):
        for choice in Collection(graph, choices):
            kind = graph.value(choice, SH["class"]) or graph.value(choice, SH.datatype)
            found += [Mention("or"), naming.node(kind)] if kind is not None else []
    return (Mention("of the class"), *found[1:]) if found else ()


def _one_of(part: Node, graph: Graph) -> tuple[Mention, ...]:
    listed = graph.value(part, SH["in"])
    members = [naming.node(member) for member in Collection(graph, listed)] if listed is not None else []
    return (
        (Mention("one of"), *[c for member in members for c in (Mention(","), member)][1:]) if members else ()
    )


_KINDS: tuple[Words, ...] = (
    _valued(SH["class"], "of the class"),
    _valued(SH.datatype, "of the datatype"),
    _valued(SH.nodeKind, "of the kind"),
    _valued(SH.hasValue, "with the value"),
    _valued(SH.minInclusive, "from"),
    _valued(SH.maxInclusive, "up to"),
    _valued(SH.pattern, "of the form"),
    _valued(SH.lessThan, "less than"),
    _valued(SH.lessThanOrEquals, "no more than"),
    _scheme,
    _choice,
    _one_of,
)
