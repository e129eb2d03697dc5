"""The closure draws what the model expects, nothing else, and agrees with two other reasoners."""

import csv
from collections.abc import Iterable
from pathlib import Path

import owlready2
import owlrl
import pytest
from conftest import Built
from rdflib import OWL, RDF, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.term import Node

import ontology
from kg.checks import asserted
from kg.closure import clash_rules, infer, rules
from kg.consistency import individuals
from kg.vocab import NS, VAL

CASES = Path(__file__).parent / "cases" / "inference"
ID = "https://w3id.org/parley/id/"
Triple = tuple[Node, Node, Node]


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t"))


@pytest.fixture(scope="module")
def facts(shared: Path) -> Graph:
    """The individuals of the design's probe: the seed article's facts in short."""
    probe = Graph().parse(shared / "design" / "axioms-probe.ttl")
    found = Graph()
    for triple in probe:
        if str(triple[0]).startswith(ID):
            found.add(triple)
    return found


@pytest.fixture(scope="module")
def inferred(facts: Graph) -> Graph:
    return infer(facts)


def local(terms: Iterable[Node]) -> set[str]:
    return {str(term).removeprefix(ID) for term in terms if str(term).startswith(ID)}


@pytest.mark.parametrize("row", rows("model.tsv"), ids=lambda row: row["class"])
def test_classes_of_the_model(inferred: Graph, row: dict[str, str]) -> None:
    """Exactly the individuals that the model's table names are inferred to be in a defined class."""
    assert local(inferred.subjects(RDF.type, NS[row["class"]])) == set(row["individuals"].split())


@pytest.mark.parametrize("row", rows("properties.tsv"), ids=lambda row: f"{row['subject']}-{row['property']}")
def test_properties_of_the_model(facts: Graph, inferred: Graph, row: dict[str, str]) -> None:
    """Chains, inverses and super-properties give exactly the expected values, asserted ones included."""
    subject = URIRef(ID + row["subject"])
    assert local((facts + inferred).objects(subject, NS[row["property"]])) == set(row["objects"].split())


def test_only_new_triples_about_individuals(facts: Graph, inferred: Graph) -> None:
    """The result has no blank nodes, no term as subject, nothing of other vocabularies, nothing known."""
    assert len(inferred) > 100
    assert len(inferred & facts) == 0
    for s, p, o in inferred:
        assert str(s).startswith(ID)
        assert isinstance(o, URIRef)
        assert str(o if p == RDF.type else p).startswith(str(NS))


def test_nothing_from_nothing() -> None:
    """An empty graph gives an empty closure: the terms alone are not reasoned about."""
    assert len(infer(Graph())) == 0


def test_order_and_repetition_do_not_matter(facts: Graph, inferred: Graph) -> None:
    """The same triples in another order give the same closure, and the closure of a closed graph is empty."""
    backwards = Graph()
    for triple in sorted(facts, reverse=True):
        backwards.add(triple)
    assert to_isomorphic(infer(backwards)) == to_isomorphic(inferred)
    assert len(infer(facts + inferred)) == 0


def test_values_decide_classes() -> None:
    """A stance makes an accusation, and a report of no progress is one of limited progress."""
    graph = Graph()
    said, report = URIRef(ID + "statement/a"), URIRef(ID + "status/b")
    graph.add((said, NS.stance, VAL["stance-accuse"]))
    graph.add((report, NS.statusValue, VAL["progress-none"]))
    inferred = infer(graph)
    assert (said, RDF.type, NS.Accusation) in inferred
    assert (report, RDF.type, NS.LimitedProgressReport) in inferred


def test_words_are_not_typed() -> None:
    """A literal in the place of a thing gives no type to anything."""
    graph = Graph().add((URIRef(ID + "statement/a"), NS.hasProposition, Literal("words")))
    assert {str(o) for o in infer(graph).objects()} == {str(NS.Statement)}


def by_owlrl(facts: Graph) -> set[Triple]:
    """What owlrl, with the whole OWL 2 RL rule table, adds in our classes and object properties."""
    terms = ontology.load()
    full = terms + facts
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(full)
    properties = {p for p in terms.subjects(RDF.type, OWL.ObjectProperty) if str(p).startswith(str(NS))}
    return {
        (s, p, o)
        for s, p, o in full - facts
        if str(s).startswith(ID)
        and isinstance(o, URIRef)
        and (p in properties or (p == RDF.type and str(o).startswith(str(NS))))
    }


def test_same_as_owlrl(facts: Graph, inferred: Graph) -> None:
    """owlrl agrees with the closure of the probe, triple by triple."""
    assert set(inferred) == by_owlrl(facts)


def test_same_as_owlrl_on_a_built_graph(built: Built) -> None:
    """owlrl agrees on what a shipped report was read as; spans are left out, because owlrl is slow."""
    base = built.generation.base
    name = next(graph for graph in built.store.named_graphs() if "/report/daily-sabah" in graph.value)
    report = {quad.subject.value for quad in built.store.quads_for_pattern(None, None, None, name)}
    read = individuals(asserted(built.store, base), ontology.load())
    spans = set(read.subjects(RDF.type, NS.TextSpan))
    facts = Graph()
    for triple in read:
        if str(triple[0]) in report and not spans & set(triple):
            facts.add(triple)
    assert len(facts) > 300
    assert set(infer(facts)) == by_owlrl(facts)


def test_same_classes_as_hermit(facts: Graph, inferred: Graph, tmp_path: Path) -> None:
    """HermiT through owlready2 finds the same members of each class of the model's table."""
    file = tmp_path / "facts.nt"
    (ontology.load() + facts).serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, debug=0)
    for row in rows("model.tsv"):
        members = {thing.iri for thing in world[str(NS[row["class"]])].instances()}
        asserted = set(map(str, facts.subjects(RDF.type, NS[row["class"]])))
        assert members - asserted == set(map(str, inferred.subjects(RDF.type, NS[row["class"]])))


def test_rule_files_are_counted() -> None:
    """Each rule file says in its first line what it draws."""
    assert (len(rules()), len(clash_rules())) == (17, 3)
    assert all(text.startswith("#+ summary: ") for text in (*rules().values(), *clash_rules().values()))
