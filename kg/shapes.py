"""The SHACL shapes of the ontology, run over a graph by pySHACL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import Node

import ontology
from kg.errors import CheckError
from kg.violations import Severity, Violation

_SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def validate(data: Graph, shapes: Graph | None = None) -> list[Violation]:
    """Every violation of the shapes (all of the ontology's, unless others are given), sorted.

    The graph needs no ontology: what the shapes ask of it, class order and value schemes, is added here.

    Raises:
        CheckError: if pySHACL cannot run the shapes.
    """
    spread, rules = _shipped() if shapes is None else (_spread(shapes), _rules(shapes))
    if not data.store.context_aware:  # pySHACL takes no other
        data = Graph() + data
    with _with_skeleton(data):
        _, results, text = pyshacl.validate(data, shacl_graph=spread, inference="none", inplace=True)
    if not isinstance(results, Graph):
        raise CheckError(f"the shapes could not be run: {str(text).splitlines()[0]}")
    # What a nested shape finds hangs below a result of this list that says more.
    return sorted({_violation(results, result, rules) for result in results.objects(None, SH.result)})


@cache
def _shipped() -> tuple[Graph, dict[str, str]]:
    """The shapes of the ontology, spread, and their rules; they stay the same while a program runs."""
    shapes = ontology.shapes()
    return _spread(shapes), _rules(shapes)


def _spread(shapes: Graph) -> Graph:
    """The same shapes, each property shape with the targets of its node shape instead of below it.

    pySHACL goes through the nodes of a target all at once, and through a shape below another node by node,
    which takes it about twice as long. What is found is the same: a property shape's result is the result of
    no other shape (SHACL, section 4.8.2).
    """
    found = Graph()
    found += shapes
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        aimed = [(target, value) for target in _TARGETS for value in shapes.objects(shape, target)]
        if not aimed or shapes.value(shape, SH.deactivated):
            continue
        for part in shapes.objects(shape, SH.property):
            found.remove((shape, SH.property, part))
            for target, value in aimed:
                found.add((part, target, value))
    return found


def _violation(results: Graph, result: Node, rules: dict[str, str]) -> Violation:
    """One result as a violation; the value at fault, where it is another node, is told after the message."""
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    message = str(results.value(result, SH.resultMessage))
    found = "" if value is None or value == focus else f" Found: {value}"
    severity = _SEVERITIES[results.value(result, SH.resultSeverity)]
    return Violation(rules[message], severity, str(focus), message + found)


def _rules(shapes: Graph) -> dict[str, str]:
    """The rule that each message belongs to: the shape's name, with the property where there is one.

    Messages identify constraints, because blank nodes of the shapes graph have other names in the results.
    """
    found = {}
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        for part in (shape, *shapes.objects(shape, SH.property), *shapes.objects(shape, SH.sparql)):
            path = shapes.value(part, SH.path)
            names = [_local(node) for node in (shape, path) if isinstance(node, URIRef)]
            for message in shapes.objects(part, SH.message):
                found[str(message)] = "shape " + " ".join(names)
    return found


def _local(iri: URIRef) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@contextmanager
def _with_skeleton(data: Graph) -> Iterator[None]:
    """Have the graph hold the skeleton for the length of the block: a copy of a large graph takes seconds."""
    added = [triple for triple in _skeleton() if triple not in data]
    for triple in added:
        data.add(triple)
    try:
        yield
    finally:
        for triple in added:
            data.remove(triple)


@cache
def _skeleton() -> Graph:
    """What shapes need to know of the ontology: which class is under which, and which values a scheme has."""
    terms, found = ontology.shared(), Graph()
    for triple in _bones(terms):
        found.add(triple)
    return found


def _bones(terms: Graph) -> Iterator[tuple[Node, Node, Node]]:
    yield from (
        (s, p, o) for s, p, o in terms.triples((None, RDFS.subClassOf, None)) if isinstance(s, URIRef)
    )
    yield from terms.triples((None, SKOS.inScheme, None))
    for agent in terms.subjects(RDF.type, URIRef("https://w3id.org/parley/ns#Agent")):
        yield from ((agent, p, o) for p, o in terms.predicate_objects(agent))
