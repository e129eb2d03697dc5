"""What the reader finds beside the classes of events and routes reaches the graph, and keeps the shapes."""

from datetime import date

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from kg import authority, known
from kg.assembly import assemble
from kg.model import Citation, Source
from kg.reading import read
from kg.shapes import validate
from kg.vocab import NS, VAL, Base

TEXT = """The European Union imposed an arms embargo on Myanmar. Mali expelled the French ambassador.

Russia and Ukraine exchanged 230 prisoners of war in a swap mediated by the United Arab Emirates.

Azerbaijan closed the Lachin corridor on 23 April 2023. Norway recognised the independence of South Sudan.

Armenia accused Azerbaijan of violating the ceasefire. Azerbaijan denied the accusation."""
BASE = Base()


@pytest.fixture(scope="module")
def graph() -> Graph:
    citation = Citation("Measures", publisher="The Test Post", date=date(2023, 5, 1))
    source = Source("article", citation, TEXT, "0" * 64, "measures")
    return assemble(read(source, known.index()), BASE)


def only(graph: Graph, kind: URIRef) -> Node:
    """The one thing of a class."""
    found = set(graph.subjects(RDF.type, kind))
    assert len(found) == 1, kind
    return found.pop()


def test_a_sanction_says_at_whom_it_is_aimed(graph: Graph) -> None:
    """An embargo has its target, its kind and its step."""
    event = only(graph, NS.Sanctioning)
    assert set(graph.objects(event, NS.hasTarget)) == {BASE.id("state/myanmar")}
    assert set(graph.objects(event, NS.sanctionKind)) == {VAL["sanction-arms-embargo"]}
    assert graph.value(event, NS.sanctionStep) == VAL["step-imposed"]


def test_an_expelled_ambassador_breaks_ties(graph: Graph) -> None:
    """Whose envoy is sent away is the target."""
    event = only(graph, NS.DiplomaticBreak)
    assert set(graph.objects(event, NS.hasTarget)) == {BASE.id("state/france")}


def test_an_exchange_counts_who_is_handed_over(graph: Graph) -> None:
    """The people of an exchange are a group with its number, and the go-between is told."""
    event = only(graph, NS.PrisonerExchange)
    group = only(graph, NS.HandoverGroup)
    assert set(graph.objects(event, NS.brokeredBy)) == {BASE.id("state/united-arab-emirates")}
    assert graph.value(event, NS.hasHandoverGroup) == group
    assert graph.value(group, NS.countLow) == graph.value(group, NS.countHigh) == Literal(230)
    assert graph.value(group, NS.custodyKind) == VAL["custody-prisoner-of-war"]


def test_a_closed_corridor_is_cut_off_and_stands_closed(graph: Graph) -> None:
    """The event names the corridor, and the corridor has a dated report by the outlet."""
    corridor = BASE.id("corridor/lachin-corridor")
    assert set(graph.objects(only(graph, NS.Blockade), NS.closesOff)) == {corridor}
    report = graph.value(corridor, NS.hasStatusReport)
    assert graph.value(report, NS.statusValue) == VAL["corridor-closed"]
    assert graph.value(report, NS.assertedBy) == BASE.id("organisation/the-test-post")
    assert str(graph.value(graph.value(report, NS.asOf), NS.edtf)) == "2023-04-23"


def test_a_recognition_names_whom(graph: Graph) -> None:
    """Whoever is recognised is told apart from whoever recognises."""
    event = only(graph, NS.Recognition)
    assert graph.value(event, NS.recognisesEntity) == BASE.id("state/south-sudan")


def test_a_denial_names_what_it_contradicts(graph: Graph) -> None:
    """The denial is typed, and points at the accusation."""
    assert graph.value(only(graph, NS.Denial), NS.denies) == only(graph, NS.Accusation)


def test_the_shapes_have_nothing_to_say(graph: Graph) -> None:
    """Whatever was read beside is told as the shapes ask."""
    known = Graph()
    for node in set(graph.objects()):
        known += authority.shared(BASE).triples((node, None, None))
    for place in set(known.objects(None, NS.claimsAuthorityOver)):
        known += authority.shared(BASE).triples((place, None, None))
    assert [one for one in validate(graph + known) if one.severity == "violation"] == []
