"""Versions of the ontology: the earlier ones are kept, and what changed is explained."""

from collections import Counter

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

import ontology
from kg.evolution import Change, broken_promises, changes
from kg.vocab import NS

ITSELF = URIRef("https://w3id.org/parley/ns")


@pytest.fixture(scope="module")
def now() -> Graph:
    return ontology.load()


@pytest.fixture(scope="module")
def first() -> Graph:
    return ontology.versions()["0.1.0"]


def changed(
    graph: Graph, *more: tuple[URIRef, URIRef, URIRef | Literal], without: URIRef | None = None
) -> Graph:
    """The graph with more triples, and without any about one term."""
    found = Graph()
    for triple in graph:
        if triple[0] != without:
            found.add(triple)
    for triple in more:
        found.add(triple)
    return found


def test_versions_are_told(now: Graph, first: Graph) -> None:
    """The ontology names itself, the version before it, with which it is compatible, and both are kept."""
    number = str(now.value(ITSELF, OWL.versionInfo))
    assert (ITSELF, OWL.versionIRI, URIRef(f"{ITSELF}/{number}")) in now
    last = list(ontology.versions())[-1]
    for link in (OWL.priorVersion, OWL.backwardCompatibleWith):
        assert list(now.objects(ITSELF, link)) == [URIRef(f"{ITSELF}/{last}")]
    for name, graph in ontology.versions().items():
        assert (ITSELF, OWL.versionInfo, Literal(name)) in graph
        assert (ITSELF, OWL.versionIRI, URIRef(f"{ITSELF}/{name}")) in graph
    assert len(first) == 2928


def test_a_kept_version_is_no_part_of_the_ontology(now: Graph) -> None:
    """Loading the ontology does not load its earlier versions."""
    assert [str(version) for version in now.objects(ITSELF, OWL.versionInfo)] == ["0.2.0"]


def test_ours_keeps_its_promises(now: Graph) -> None:
    """No term is gone, each change of meaning since the last version has its note, each old term an heir."""
    assert broken_promises(ontology.versions(), now) == []


def test_a_term_says_once_what_changed_in_a_version(now: Graph) -> None:
    """Of two notes on one version, pages could show only either."""
    told = [(term, str(note).partition(":")[0]) for term, note in now.subject_objects(SKOS.changeNote)]
    assert len(told) > 30
    assert [one for one, times in Counter(told).items() if times > 1] == []


def test_changes_are_computed(now: Graph, first: Graph) -> None:
    """Terms that came, and terms that mean something else with the reason, are told apart from the rest."""
    found = {change.term.removeprefix(str(NS)): change for change in changes(first, now)}
    assert found["Tenure"].kind == "added"
    assert found["postOf"].kind == "changed"
    assert found["postOf"].note.startswith("0.2.0: ")
    assert "Person" not in found
    assert not [change for change in found.values() if change.kind == "removed"]


def test_a_removed_term_breaks_a_promise(now: Graph) -> None:
    """A term that an earlier version had must stay, deprecated if need be."""
    found = broken_promises(ontology.versions(), changed(now, without=NS.Refusal))
    assert [(one.check, one.severity, one.node) for one in found] == [
        ("removed-term", "critical", str(NS.Refusal))
    ]
    assert "0.1.0" in found[0].message


def test_another_major_version_may_remove(now: Graph) -> None:
    """The promise holds within a major version."""
    graph = changed(now, without=NS.Refusal)
    graph.set((ITSELF, OWL.versionInfo, Literal("1.0.0")))
    assert broken_promises(ontology.versions(), graph) == []


@pytest.mark.parametrize(
    "triple",
    [
        (NS.Refusal, SKOS.definition, Literal("Something else.", lang="en")),
        (NS.Refusal, RDFS.subClassOf, NS.Encounter),
        (NS.refusedBy, RDF.type, OWL.FunctionalProperty),
        (NS.refusedBy, RDFS.range, NS.State),
    ],
)
def test_a_change_of_meaning_needs_a_note(
    now: Graph, triple: tuple[URIRef, URIRef, URIRef | Literal]
) -> None:
    """Another definition or axiom without a note of this version is a broken promise; with one it is not."""
    graph = changed(now, triple)
    assert [(one.check, one.node) for one in broken_promises(ontology.versions(), graph)] == [
        ("change-note", str(triple[0]))
    ]
    noted = changed(graph, (triple[0], SKOS.changeNote, Literal("0.2.0: said more exactly.", lang="en")))
    assert broken_promises(ontology.versions(), noted) == []


def test_a_deprecated_term_names_its_heir(now: Graph, first: Graph) -> None:
    """A term that should not be used any more stays, and says what to use."""
    graph = changed(now, (NS.Refusal, OWL.deprecated, Literal(True)))
    assert [one.check for one in broken_promises(ontology.versions(), graph)] == ["deprecated-term"]
    heir = changed(graph, (NS.Refusal, DCTERMS.isReplacedBy, NS.Cancellation))
    assert broken_promises(ontology.versions(), heir) == []
    assert Change("deprecated", str(NS.Refusal), f"use {NS.Cancellation}") in changes(first, heir)


def test_inverses_and_uses_may_be_added_freely(now: Graph) -> None:
    """An inverse, or another class with which a property is used, changes no meaning."""
    used = (NS.refuses, URIRef("https://schema.org/domainIncludes"), NS.Encounter)
    graph = changed(now, (NS.agreesOn, OWL.inverseOf, NS.leavesOpen), used)
    assert broken_promises(ontology.versions(), graph) == []
