"""An example of each term from the modelled examples, for what the graph that is served does not use."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from rdflib import DCTERMS, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

import ontology
from kg.closure import infer
from kg.manchester import Term, axioms
from kg.vocab import PREFIXES, Base

_ID = Base().id("")
_SHOWN = 6  # triples of a snippet, at most
_WRITER = Graph().namespace_manager  # knows xsd, so that datatypes are short
_BESIDE = (RDFS.label, DCTERMS.source)

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Modelled:
    """The title of a modelled example, some of its triples as Turtle, and a page that tells them."""

    title: str
    turtle: str
    source: str | None


def modelled(iri: str) -> Modelled | None:
    """What shows the class or property, or None where no example has it."""
    return _by_term().get(iri)


@cache
def _by_term() -> dict[str, Modelled]:
    """Made when first asked for. What an example tells goes before what only follows from one."""
    given: dict[str, Modelled] = {}
    following: dict[str, Modelled] = {}
    for example in ontology.examples().values():
        title, facts = example.purpose.partition(":")[0], example.graph
        whole = facts + infer(facts)
        for triple in sorted(whole, key=str):
            term = triple[2] if triple[1] == RDF.type else triple[1]
            found = given if triple in facts else following
            if str(term) not in found:
                told = tuple(islice(dict.fromkeys(_shown(triple, facts, whole)), _SHOWN))
                found[str(term)] = Modelled(title, _turtle(told, facts), _source(told, facts))
    return following | given


def _turtle(told: tuple[Triple, ...], facts: Graph) -> str:
    """A line for each triple; a comment marks what the ontology adds to what is told."""
    return "\n".join(f"{_written(one)} .{'' if one in facts else '  # follows'}" for one in told)


def _shown(triple: Triple, facts: Graph, whole: Graph) -> Iterator[Triple]:
    """The triple; for a class also what puts the thing in it, or else what is told of the thing."""
    thing, predicate, value = triple
    yield triple
    if predicate == RDF.type:
        yield from list(_reasons(thing, _parts(str(value)), whole)) or _about(thing, facts)


def _reasons(thing: Node, parts: frozenset[str], whole: Graph) -> Iterator[Triple]:
    """What the thing has, and what that has, of what its class is defined by."""
    had = [one for one in _about(thing, whole) if str(one[1]) in parts]
    told = [(one, [of for of in _about(one[2], whole) if str(of[2]) in parts]) for one in had]
    telling = [(one, of_value) for one, of_value in told if of_value or str(one[2]) in parts]
    for one, of_value in telling or told:
        yield from (one, *of_value)


def _about(thing: Node, graph: Graph) -> list[Triple]:
    """What is said of a thing but its label and source, in the order of the alphabet."""
    said = (one for one in graph.triples((thing, None, None)) if one[1] not in _BESIDE)
    return sorted(said, key=str)


@cache
def _parts(cls: str) -> frozenset[str]:
    """The classes, properties and values that a class is defined by, and that those are defined by."""
    found, ahead = set[str](), [cls]
    while ahead:
        told = (
            axiom for axiom in axioms(URIRef(ahead.pop()), ontology.shared()) if axiom.kind == "EquivalentTo"
        )
        parts = {part.iri for axiom in told for part in axiom.parts if isinstance(part, Term)} - found
        found |= parts
        ahead += parts
    return frozenset(found - {cls})


def _source(told: tuple[Triple, ...], facts: Graph) -> str | None:
    """The page of the last thing that is told of and not inferred, or of whatever that is the time of."""
    thing = next((one for one in reversed(told) if one in facts), told[0])[0]
    nodes = (thing, *sorted(facts.subjects(None, thing), key=str))
    pages = (page for node in nodes for page in sorted(facts.objects(node, DCTERMS.source), key=str))
    return next(map(str, pages), None)


def _written(triple: Triple) -> str:
    return " ".join("a" if node == RDF.type else _term(node) for node in triple)


def _term(node: Node) -> str:
    if not isinstance(node, URIRef):
        return node.n3(_WRITER)
    if node.startswith(_ID):
        return f"<{node.removeprefix(_ID)}>"
    for prefix, namespace in PREFIXES.items():
        if node.startswith(namespace):
            return f"{prefix}:{node.removeprefix(namespace)}"
    return node.n3()
