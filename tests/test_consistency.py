"""A graph that contradicts the ontology is found out, with Java and without."""

from pathlib import Path

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

import ontology
from kg import consistency, hermit
from kg.errors import CheckError
from kg.vocab import NS

ID = "https://w3id.org/parley/id/"
MISTYPED = URIRef(ID + "person/x")

needs_java = pytest.mark.skipif(not hermit.available(), reason="HermiT needs Java: install a Java runtime")


@pytest.fixture
def mistyped() -> Graph:
    graph = Graph()
    graph.add((MISTYPED, RDF.type, NS.Person))
    graph.add((MISTYPED, RDF.type, NS.State))
    return graph


@needs_java
def test_the_ontology_is_consistent() -> None:
    """HermiT finds a model of the ontology, and what was looked at is told."""
    result = consistency.check(Graph())
    assert (result.outcome, result.scope) == ("consistent", "the ontology and 0 individuals")


@needs_java
def test_the_seed_facts_are_consistent(shared: Path) -> None:
    """The probe's individuals, dates included, are consistent with the ontology."""
    probe = Graph().parse(shared / "design" / "axioms-probe.ttl")
    assert consistency.check(probe).outcome == "consistent"


def test_owlready2_loads_the_ontology(tmp_path: Path) -> None:
    """Through N-Triples, owlready2 sees every class and object property of ours."""
    graph = ontology.load()
    file = tmp_path / "ontology.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    for kind, found in ((OWL.Class, world.classes()), (OWL.ObjectProperty, world.object_properties())):
        ours = {str(term) for term in graph.subjects(RDF.type, kind) if str(term).startswith(str(NS))}
        assert ours <= {entity.iri for entity in found}


def test_a_mistyped_actor_is_named(mistyped: Graph) -> None:
    """A person who is also a state makes the graph inconsistent, and the result names node and classes."""
    result = consistency.check(mistyped)
    assert result.outcome == "inconsistent"
    # That a person cannot be a place either follows, and is not told apart.
    assert result.clashes == (consistency.Clash(str(MISTYPED), "cax-adc", str(NS.Person), str(NS.State)),)


def test_it_is_found_without_java_too(mistyped: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clash rules need no Java."""
    monkeypatch.setenv("PATH", "")
    assert consistency.check(mistyped).outcome == "inconsistent"


def test_without_java_the_proof_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no Java one line says that nothing was proved, and why."""
    monkeypatch.setenv("PATH", "")
    result = consistency.check(Graph())
    assert result.outcome == "skipped"
    assert "Java" in result.message
    assert "\n" not in result.message


def test_a_type_that_follows_counts(mistyped: Graph) -> None:
    """A state that holds content is inconsistent: only statements do, by the property's domain."""
    graph = Graph()
    state = URIRef(ID + "state/x")
    graph.add((state, RDF.type, NS.State))
    graph.add((state, NS.hasProposition, URIRef(ID + "proposition/x")))
    assert {clash.node for clash in consistency.check(graph).clashes} == {str(state)}


def test_a_corridor_cannot_run_both_ways_between_two_nodes() -> None:
    """Two memberships that each come next after the other contradict the order of a corridor."""
    graph = Graph()
    one, other = URIRef(ID + "membership/1"), URIRef(ID + "membership/2")
    graph.add((one, NS.nextNode, other))
    graph.add((other, NS.nextNode, one))
    assert {clash.rule for clash in consistency.check(graph).clashes} == {"prp-asyp"}


@needs_java
def test_hermit_finds_the_mistyped_actor(mistyped: Graph) -> None:
    """HermiT by itself agrees that the graph is inconsistent."""
    assert not hermit.is_consistent(ontology.load() + mistyped)


@needs_java
def test_a_class_that_nothing_can_belong_to_is_named() -> None:
    """A class under two that exclude each other is reported by its IRI."""
    graph = ontology.load()
    graph.add((NS.TransitState, RDFS.subClassOf, NS.Person))
    assert hermit.empty_classes(graph) == [str(NS.TransitState)]


@needs_java
def test_what_hermit_cannot_take_is_an_error(mistyped: Graph) -> None:
    """A literal that HermiT cannot handle ends in a check error of one line, not in a wrong verdict."""
    graph = ontology.load()
    graph.add((NS.reason, RDFS.range, XSD.date))
    graph.add((MISTYPED, NS.reason, Literal("2023-12-06", datatype=XSD.date)))
    with pytest.raises(CheckError, match="HermiT could not check the graph") as caught:
        hermit.is_consistent(graph)
    assert "\n" not in str(caught.value)


def test_a_large_graph_is_checked_by_its_sets_of_types(mistyped: Graph) -> None:
    """The sample for large graphs has one individual for each set of types, and keeps the contradiction."""
    for number in range(20):
        mistyped.add((URIRef(f"{ID}person/{number}"), RDF.type, NS.Person))
    sample = consistency.sample_of_types(mistyped)
    assert len(set(sample.subjects())) == 2
    assert consistency.clashes(sample, ontology.load())


@needs_java
def test_the_scope_of_a_large_graph_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the result says that only types were checked."""
    monkeypatch.setattr(consistency, "TRIPLE_LIMIT", 0)
    graph = Graph().add((URIRef(ID + "person/y"), RDF.type, NS.Person))
    result = consistency.check(graph)
    assert result.outcome == "consistent"
    assert "the types of all individuals" in result.scope
