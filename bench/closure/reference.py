"""The closure as others see it: by the rules as SPARQL, and by HermiT, in the same lines as `kg.closure`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from bench.closure.sparql import saturate
from kg import closure, hermit
from kg.entailment import TYPE, Fact
from kg.vocab import NS

_TYPE = re.compile(r"^Type\( (<\S+>) (<\S+>) \)$", re.MULTILINE)
_BELOW = re.compile(r"^(SubClassOf|EquivalentClasses)\( (<\S+>) (<\S+>) \)$", re.MULTILINE)
_VALUES = re.compile(r"^(<\S+>) \(known instances: (.*?) \| possible instances: .*\) ?$", re.MULTILINE)
_PAIR = re.compile(r"\((<[^>]+>), (<[^>]+>)\)")


def by_sparql(told: str, terms: Graph) -> set[str]:
    """What the SPARQL rules draw from N-Triples."""
    store = ox.Store()
    for text in (terms.serialize(format="nt"), told):
        store.bulk_load(text.encode(), ox.RdfFormat.N_TRIPLES)
    drawn = (cast(Fact, tuple(map(str, triple))) for triple in saturate(store))
    return _lines(drawn, told, terms)


def by_hermit(facts: Graph, terms: Graph, values: bool = True) -> set[str]:
    """What HermiT finds of types, and of values of object properties, beyond the facts themselves.

    The facts are as `kg.consistency.individuals` gives them. Values that HermiT leaves open are none.
    """
    said = hermit.realisation(terms + facts, values)
    return _lines([*_types(said), *_values(said, terms)], facts.serialize(format="nt"), terms)


def reported(facts: Graph) -> set[Node]:
    """The things that some source tells of, and what was read in it."""
    told = {*facts.subjects(NS.reportedIn), *facts.subjects(NS.mentionedIn)}
    return told - {*facts.subjects(RDF.type, NS.TextSpan)}


def samples(facts: Graph, without: set[Node]) -> set[Node]:
    """One thing for each set of types and properties that the others have; no passages."""
    told: defaultdict[Node, set[tuple[Node, ...]]] = defaultdict(set)
    for s, p, o in facts:
        told[s].add((p, o) if p == RDF.type else (p,))
    left_out = without | {*facts.subjects(RDF.type, NS.TextSpan)}
    return {*{frozenset(said): s for s, said in sorted(told.items()) if s not in left_out}.values()}


def around(facts: Graph, things: set[Node]) -> Graph:
    """The facts about these things, and the types of the others that those speak of; without passages."""
    passages = {*facts.subjects(RDF.type, NS.TextSpan)}
    found = Graph()
    for s, p, o in facts:
        if s in things and o not in passages:
            found.add((s, p, o))
    for thing in {*found.objects()} - things:
        for kind in facts.objects(thing, RDF.type):
            found.add((thing, RDF.type, kind))
    return found


def _types(said: str) -> Iterator[Fact]:
    """HermiT names the most specific classes of an individual, and the direct classes above each."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for kind, one, other in _BELOW.findall(said):
        above[one].add(other)
        if kind == "EquivalentClasses":
            above[other].add(one)
    for individual, kind in _TYPE.findall(said):
        seen, todo = {kind}, [kind]
        while todo:
            further = above[todo.pop()] - seen
            seen |= further
            todo += further
        yield from ((individual, TYPE, each) for each in seen - {OWL.Thing.n3()})


def _values(said: str, terms: Graph) -> Iterator[Fact]:
    """HermiT names a value by the most specific property; the ontology tells which are above it."""
    for name, known in _VALUES.findall(said):
        above = [up.n3() for up in terms.transitive_objects(URIRef(name[1:-1]), RDFS.subPropertyOf)]
        for one, other in _PAIR.findall(known):
            yield from ((one, up, other) for up in above)


def _lines(drawn: Iterable[Fact], told: str, terms: Graph) -> set[str]:
    found = {f"{' '.join(fact)} ." for fact in closure.about_individuals(drawn, terms)}
    return found - set(told.split("\n"))
