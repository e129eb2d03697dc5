"""Each check of an ontology finds what it is named after, and none finds anything grave in ours."""

import re
from collections import Counter
from pathlib import Path

import pytest
import renew_fair_table
from rdflib import OWL, RDF, Graph

import ontology
import queries
from kg.checks import of_the_ontology
from kg.pitfalls import SEVERITIES, find
from kg.vocab import NS

CASES = Path(__file__).parent / "cases" / "pitfalls"
SOUND = (CASES / "sound.ttl").read_text("utf-8")
IRI = "https://w3id.org/example"
PREFIXES = "".join(line + "\n" for line in SOUND.splitlines() if line.startswith("@prefix"))
NAMES = sorted(path.stem for path in CASES.glob("*.ttl") if path.stem != "sound")


def directives(text: str, mark: str) -> list[str]:
    return re.findall(rf"^{re.escape(mark)} (.+)$", text, re.MULTILINE)


def spoiled(text: str) -> Graph:
    """The sound ontology with what a case changes."""
    graph = Graph().parse(data=SOUND, format="turtle")
    for taken in directives(text, "#-"):
        one = None if taken != "a owl:Ontology" else OWL.Ontology
        predicate = RDF.type if one else graph.namespace_manager.expand_curie(taken)
        assert (None, predicate, one) in graph, taken
        graph.remove((None, predicate, one))
    graph.parse(data=PREFIXES + text, format="turtle")
    for iri in directives(text, "#="):
        graph = Graph().parse(data=graph.serialize(format="nt").replace(IRI, iri), format="nt")
    return graph


def test_a_sound_ontology_passes() -> None:
    """No check finds fault with an ontology that has all they ask for."""
    assert find(Graph().parse(data=SOUND, format="turtle")) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_ontology_is_caught(name: str) -> None:
    """The check finds the case that is named after it, and no check finds more than the case says."""
    text = (CASES / f"{name}.ttl").read_text("utf-8")
    expected = next((line.split() for line in directives(text, "# found:")), [name])
    assert name in expected
    assert {one.check for one in find(spoiled(text))} == set(expected)


def test_every_check_has_a_case() -> None:
    """No check goes without a case; 29 follow OOPS!, 14 follow FOOPS!."""
    assert sorted(queries.ontology()) == NAMES
    assert Counter(name.startswith("P") and name != "PURL1" for name in NAMES) == {True: 29, False: 14}


def test_every_check_says_how_grave_it_is_and_whence() -> None:
    """A check has one of three severities, and the address of the catalogue that it follows."""
    for query in queries.ontology().values():
        assert query.severity in SEVERITIES
        assert query.source
        assert query.source.startswith(
            ("https://oops.linkeddata.es/", f"https://w3id.org/foops/test/{query.name}")
        )


def test_nothing_grave_in_our_ontology() -> None:
    """Ours has nothing critical or important; minor are relations without inverse, and that it has no DOI."""
    found = find(ontology.load())
    assert [one for one in found if one.severity != "minor"] == []
    assert {one.check for one in found} == {"P13", "OM3"}
    assert [one.message for one in found if one.check == "OM3"] == [
        "does not say its DOI, which only a registration gives"
    ]
    assert all(one.node.startswith(str(NS)) for one in found if one.check == "P13")


def test_a_check_of_the_graph_tells_faults_of_the_ontology() -> None:
    """A check of a graph tells what is critical as a violation, what is important as a warning, no more."""
    graph = spoiled("#- owl:inverseOf\n:Agent rdfs:subClassOf :Person . :Person rdfs:subClassOf :Mortal .")
    found = [
        (one.rule, one.severity)
        for one in of_the_ontology(graph)
        if one.rule in ("ontology P06", "ontology P34")
    ]
    assert sorted(set(found)) == [("ontology P06", "violation"), ("ontology P34", "warning")]
    assert of_the_ontology(spoiled("#- owl:inverseOf")) == []
    assert of_the_ontology(ontology.load()) == []


def test_the_document_has_the_results() -> None:
    """The tables in docs/ontology.md are what the checks give; tests/renew_fair_table.py writes them."""
    told = renew_fair_table.table()
    assert renew_fair_table.written() == told
    rows = [line.split(" | ") for line in told.splitlines() if line.startswith("| [")]
    assert len(rows) == 20 + 29
    assert {row[-1].rstrip(" |") for row in rows} == {"passes", "avoided", "minor"}
