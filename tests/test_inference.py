"""HermiT tells members of each defined class from near misses, and refuses what the axioms exclude."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

import ontology
from bench.closure import reference
from kg import hermit, triples
from kg.closure import infer
from kg.consistency import individuals
from kg.vocab import NS

FOLDER = Path(__file__).parent / "cases" / "inference"
CASES = FOLDER / "defined-classes.ttl"
ASPECTS = ("factuality", "polarity", "sameness", "capacity")
CASE = "https://w3id.org/parley/id/case/"
PROBE = "urn:probe:"
Triple = tuple[Node, Node, Node]
TERMS = ontology.shared()
pytestmark = pytest.mark.skipif(not hermit.available(), reason="HermiT needs Java: install a Java runtime")


def defined() -> list[str]:
    """The classes of ours whose members an axiom can find: equal to, or above, an expression."""
    pairs = [*TERMS.subject_objects(OWL.equivalentClass)]
    pairs += [(above, below) for below, above in TERMS.subject_objects(RDFS.subClassOf)]
    found = {str(named) for named, told in pairs if isinstance(told, BNode)}
    return sorted(iri.removeprefix(str(NS)) for iri in found if iri.startswith(str(NS)))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def told(cases: Graph) -> list[tuple[str, str]]:
    """The class and the side of each case: `yes…` for a member, `no…` for a near miss."""
    named = {str(s).removeprefix(CASE) for s in cases.subjects()}
    pairs = (name.split("/", 1) for name in named if "/yes" in name or "/no" in name)
    return sorted((name, side) for name, side in pairs)


@pytest.fixture(scope="module")
def cases() -> Graph:
    return Graph().parse(CASES).skolemize(authority=CASE, basepath="some/")


@pytest.fixture(scope="module")
def classified(cases: Graph) -> Graph:
    """The types that HermiT gives the cases, by one run, and those that they are told to have."""
    told = individuals(cases, TERMS)
    return told + triples.from_lines(reference.by_hermit(told, TERMS, values=False))


def test_every_defined_class_has_its_cases(cases: Graph) -> None:
    """No class whose members an axiom finds goes without a member and a near miss."""
    named = {f"{name}/{side}" for name, side in told(cases)}
    assert {name for name, _ in told(cases)} == set(defined())
    assert {f"{name}/{side}" for name in defined() for side in ("yes", "no")} <= named
    assert (len(defined()), len(named)) == (70, 204)


def test_near_misses_test_what_matters(cases: Graph) -> None:
    """A table names the cases on factuality, polarity, sameness and capacity, or says why there are none."""
    table = {row["class"]: row for row in rows("near-misses.tsv")}
    assert sorted(table) == defined()
    listed = {
        (name, side) for name, row in table.items() for aspect in ASPECTS for side in row[aspect].split()
    }
    assert listed == {(name, side) for name, side in told(cases) if "-" in side}
    assert not [
        name for name, row in table.items() if not all(map(row.get, ASPECTS)) and not row["why no more"]
    ]


def test_no_case_says_what_it_should_show(cases: Graph) -> None:
    """A member's class is never asserted: it has to follow."""
    members = [(name, side) for name, side in told(cases) if side.startswith("yes")]
    assert not [
        name for name, side in members if (URIRef(f"{CASE}{name}/{side}"), RDF.type, NS[name]) in cases
    ]


def test_hermit_tells_members_from_near_misses(classified: Graph, cases: Graph) -> None:
    """HermiT puts each member into its class and leaves each near miss out."""
    wrong = [
        f"{name}/{side}"
        for name, side in told(cases)
        if ((URIRef(f"{CASE}{name}/{side}"), RDF.type, NS[name]) in classified) != side.startswith("yes")
    ]
    assert not wrong


def test_the_closure_agrees(cases: Graph) -> None:
    """So does the served closure."""
    drawn = infer(cases)
    wrong = [
        f"{name}/{side}"
        for name, side in told(cases)
        if ((URIRef(f"{CASE}{name}/{side}"), RDF.type, NS[name]) in drawn) != side.startswith("yes")
    ]
    assert not wrong


def test_wide_properties_type_nothing(classified: Graph, cases: Graph) -> None:
    """What several kinds of thing may have makes none of them another kind, by HermiT and by the closure."""
    drawn = infer(cases)
    for row in rows("untyped.tsv"):
        node, kind = URIRef(CASE + row["node"]), NS[row["never"]]
        assert (node, NS[row["property"]], None) in cases
        assert (node, RDF.type, kind) not in drawn
        assert (node, RDF.type, kind) not in classified


@dataclass(frozen=True)
class Refused:
    """A class that an axiom leaves empty, and what it stands for in triples."""

    name: str
    says: tuple[Triple, ...]


def pairs(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """The classes that exclude each other, by either kind of axiom."""
    yield from graph.subject_objects(OWL.disjointWith)
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        yield from combinations(Collection(graph, graph.value(axiom, OWL.members)), 2)


def both(one: Node, other: Node) -> Refused:
    """What belongs to two classes."""
    name = f"both-{_local(min(one, other))}-{_local(max(one, other))}"
    probe = URIRef(PROBE + name)
    return Refused(name, ((probe, RDFS.subClassOf, one), (probe, RDFS.subClassOf, other)))


def two_values(property: Node) -> Refused:
    """What has two values of a functional property that are known to differ."""
    name = f"two-{_local(property)}"
    if (property, RDF.type, OWL.DatatypeProperty) in TERMS:
        kind = TERMS.value(property, RDFS.range)
        values = (Literal(number, datatype=kind) for number in ("1", "2"))
        return Refused(
            name, tuple(part for value in values for part in _under(name, property, OWL.hasValue, value))
        )
    one, other = URIRef(f"{PROBE}one-{name}"), URIRef(f"{PROBE}other-{name}")
    apart = [(one, RDF.type, OWL.Class), (other, RDF.type, OWL.Class), (one, OWL.disjointWith, other)]
    wanted = (_under(name, property, OWL.someValuesFrom, kind) for kind in (one, other))
    return Refused(name, (*apart, *chain.from_iterable(wanted)))


def to_itself(property: Node) -> Refused:
    """What has itself as value: a property that holds one way only excludes it, and an irreflexive one."""
    name = f"self-{_local(property)}"
    return Refused(name, tuple(_under(name, property, OWL.hasSelf, Literal(True))))


def _under(name: str, property: Node, kind: URIRef, value: Node) -> list[Triple]:
    """The probe is below a restriction."""
    restriction = BNode()
    return [
        (URIRef(PROBE + name), RDFS.subClassOf, restriction),
        (restriction, RDF.type, OWL.Restriction),
        (restriction, OWL.onProperty, property),
        (restriction, kind, value),
    ]


def refused() -> list[Refused]:
    """One for each pair of exclusive classes and for each property that excludes something."""
    functional = TERMS.subjects(RDF.type, OWL.FunctionalProperty)
    one_way = chain(
        *(TERMS.subjects(RDF.type, OWL[kind]) for kind in ("AsymmetricProperty", "IrreflexiveProperty"))
    )
    every = [both(*pair) for pair in pairs(TERMS)]
    every += [*map(two_values, functional), *map(to_itself, one_way)]
    return sorted({one.name: one for one in every}.values(), key=lambda one: one.name)


@pytest.fixture(scope="module")
def empty() -> set[str]:
    """The classes that HermiT finds empty with a probe for each exclusion beside the ontology; one run."""
    return set(hermit.empty_classes(with_probes(TERMS)))


def with_probes(terms: Graph) -> Graph:
    graph = Graph() + terms
    for one in refused():
        graph.add((URIRef(PROBE + one.name), RDF.type, OWL.Class))
        for triple in one.says:
            graph.add(triple)
    return graph


def test_hermit_refuses_what_the_axioms_exclude(empty: set[str]) -> None:
    """No thing is of two exclusive classes, has two values where one may be, or follows itself."""
    assert {PROBE + one.name for one in refused()} - empty == set()
    assert len(refused()) > 300


def test_every_class_can_have_members(empty: set[str]) -> None:
    """Nothing but the probes is empty."""
    assert {iri for iri in empty if not iri.startswith(PROBE)} == set()


def test_nothing_is_refused_without_the_axioms() -> None:
    """With the exclusions out of the ontology every probe can have members: they alone refuse it."""
    bare = Graph() + TERMS
    for axiom in TERMS.subjects(RDF.type, OWL.AllDisjointClasses):
        bare.remove((axiom, None, None))
    bare.remove((None, OWL.disjointWith, None))
    for kind in (OWL.FunctionalProperty, OWL.AsymmetricProperty, OWL.IrreflexiveProperty):
        bare.remove((None, RDF.type, kind))
    assert hermit.empty_classes(with_probes(bare)) == []


def _local(term: Node) -> str:
    return str(term).rpartition("#")[2].rpartition("/")[2]
