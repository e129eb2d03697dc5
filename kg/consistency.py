"""Whether the asserted graph can be true at all, under the axioms of the ontology.

First the clash rules of OWL 2 RL over the closure: they need no Java, have no size limit and name what is at
fault. Where they find nothing, HermiT has the last word, because it also sees what those rules cannot.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

import ontology
from kg import hermit
from kg.closure import clash_rules, saturated
from kg.vocab import NS
from ontology import nodes

# HermiT took 3.3 s for 29,000 triples about individuals and grows faster than they do.
TRIPLE_LIMIT = 100_000
_SAMPLE = "urn:parley:types:"


@dataclass(frozen=True, order=True)
class Clash:
    """A node with two classes that exclude each other, or with a one-way property both ways (then `one`)."""

    node: str
    rule: str
    one: str
    other: str


@dataclass(frozen=True)
class Consistency:
    """The outcome, what was looked at, what is at fault where that is known, and a line for a person."""

    outcome: Literal["consistent", "inconsistent", "skipped"]
    scope: str
    message: str
    clashes: tuple[Clash, ...] = ()


def check(graph: Graph) -> Consistency:
    """Whether the ontology with the individuals of the graph is consistent; `skipped` where there is no Java.

    Above TRIPLE_LIMIT triples about individuals, HermiT gets one individual for each set of types that
    occurs, without properties.

    Raises:
        CheckError: if HermiT fails.
    """
    terms = ontology.shared()
    found = clashes(graph, terms)
    if found:
        message = f"the graph contradicts the ontology: {len(found)} clashes"
        return Consistency("inconsistent", "the ontology and all individuals", message, found)
    if not hermit.available():
        message = (
            "consistency was not proved: HermiT needs Java, and there is none; the clash rules found nothing"
        )
        return Consistency("skipped", "nothing", message)
    return _by_hermit(individuals(graph, terms), terms)


def clashes(graph: Graph, terms: Graph) -> tuple[Clash, ...]:
    """What the clash rules find in the closure of the graph, sorted; what another implies is left out."""
    store = saturated(graph, terms)
    found: list[Clash] = []
    for rule, text in clash_rules().items():
        for row in cast(ox.QuerySolutions, store.query(text)):
            node, one, other = (str(getattr(row[name], "value", "")) for name in ("node", "one", "other"))
            found.append(Clash(node, rule, one, other))
    return tuple(sorted(clash for clash in found if not any(_implies(more, clash, terms) for more in found)))


def _implies(clash: Clash, wider: Clash, terms: Graph) -> bool:
    """Whether the second clash is the first one told of classes above: who is a State is a Place too."""
    same = {clash.one, clash.other} == {wider.one, wider.other}
    if same or clash.node != wider.node:
        return False
    classes = (URIRef(clash.one), URIRef(clash.other))
    above = {str(up) for iri in classes for up in terms.transitive_objects(iri, RDFS.subClassOf)}
    return {wider.one, wider.other} <= above


def individuals(graph: Graph, terms: Graph) -> Graph:
    """The types and object properties in our terms: literals, other vocabularies and the terms are left out.

    HermiT stops at a literal of a datatype outside its map, such as xsd:date.
    """
    known = set(terms.subjects())
    objects = set(terms.subjects(RDF.type, OWL.ObjectProperty))
    found = nodes.graph()
    for s, p, o in graph:
        typed = p == RDF.type and str(o).startswith(NS)
        if s not in known and isinstance(o, URIRef) and (typed or p in objects):
            found.add((s, p, o))
    return found


def sample_of_types(graph: Graph) -> Graph:
    """One individual for each set of types in the graph: a contradiction among types alone shows here too."""
    types: defaultdict[Node, set[Node]] = defaultdict(set)
    for node, kind in graph.subject_objects(RDF.type):
        types[node].add(kind)
    sample = Graph()
    for number, kinds in enumerate(sorted({tuple(sorted(map(str, kinds))) for kinds in types.values()})):
        for iri in kinds:
            sample.add((URIRef(f"{_SAMPLE}{number}"), RDF.type, URIRef(iri)))
    return sample


@cache
def _empty_classes() -> list[str]:
    """Of the shipped ontology, which stays the same while a program runs."""
    return hermit.empty_classes(ontology.shared())


def _by_hermit(facts: Graph, terms: Graph) -> Consistency:
    empty = _empty_classes()
    if empty:
        return Consistency("inconsistent", "the ontology", f"nothing can belong to {', '.join(empty)}")
    size, scope = len(facts), f"the ontology and {len(set(facts.subjects()))} individuals"
    if size > TRIPLE_LIMIT:
        facts = sample_of_types(facts)
        scope = f"the ontology and the types of all individuals, without the {size} triples about them"
    if hermit.is_consistent(terms + facts):
        return Consistency("consistent", scope, f"consistent: HermiT checked {scope}")
    return Consistency("inconsistent", scope, "HermiT finds the graph inconsistent and does not say where")
