"""Known talks, agreements and corridors can be told in the terms of the ontology, and answer questions."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, URIRef
from rdflib.query import ResultRow

import ontology
from bench.closure import reference
from kg import hermit, triples
from kg.closure import infer, infer_lines
from kg.consistency import individuals
from kg.shapes import validate
from kg.vocab import NS, PAX, PLOVER, PREFIXES, REL, VAL

CASES = Path(__file__).parent / "cases" / "models"
ID = "https://w3id.org/parley/id/"
NAMES = list(ontology.examples())
PROLOGUE = f"BASE <{ID}>\n" + "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# A time says when; what it is the time of names the source. A post and its like name theirs too.
WITHOUT_SOURCE = {NS.TimeSpan}
Model = tuple[Graph, Graph, dict[str, Any]]


@pytest.fixture(scope="module", params=NAMES)
def model(request: pytest.FixtureRequest) -> Model:
    """The facts of one example, what follows from them, and what is expected of both."""
    name: str = request.param
    facts = ontology.examples()[name].graph
    return facts, infer(facts), tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def declared() -> set[URIRef]:
    """Every term that a module declares."""
    return {term for term in ontology.load().subjects(RDF.type) if isinstance(term, URIRef)}


@pytest.fixture(scope="module")
def labels() -> Graph:
    """What the vocabulary's own things are called, which is all of it that a question asks for."""
    found = Graph()
    for triple in ontology.shared().triples((None, RDFS.label, None)):
        found.add(triple)
    return found


def keys(iris: set[Any]) -> set[str]:
    return {str(iri).removeprefix(ID) for iri in iris}


def test_the_examples_are_known() -> None:
    """Each example has its facts and its expectations, and their number is known."""
    assert {path.stem for path in CASES.glob("*.toml")} == set(NAMES)
    assert len(NAMES) == 19


def test_only_declared_terms(model: Model, declared: set[URIRef]) -> None:
    """An example uses no class, property or value that no module declares."""
    ours = tuple(map(str, (NS, REL, VAL, PLOVER, PAX)))
    used = {x for triple in model[0] for x in triple if isinstance(x, URIRef) and str(x).startswith(ours)}
    assert len(used) > 20
    assert used - declared == set()


def test_every_fact_names_its_source(model: Model) -> None:
    """Whatever an example tells of names a public page for it, and nothing is told from memory."""
    facts = model[0]
    told = set(facts.subjects(RDF.type)) - {
        s for kind in WITHOUT_SOURCE for s in facts.subjects(RDF.type, kind)
    }
    assert len(told) > 10
    for node in told:
        pages = list(facts.objects(node, DCTERMS.source))
        assert pages, node
        assert all(isinstance(page, URIRef) and str(page).startswith("http") for page in pages), node


def test_examples_keep_the_shapes(model: Model) -> None:
    """No shape has anything to say about an example, not even a warning."""
    assert [(one.node.removeprefix(ID), one.message) for one in validate(model[0])] == []


def test_labels_take_no_side(model: Model) -> None:
    """No thing of an example is called by a word that the ontology lists as loaded."""
    words = {str(word) for word in ontology.modules()["loaded-terms"].graph.objects(None, RDFS.label)}
    assert len(words) > 100
    loaded = re.compile(rf"\b({'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)
    assert [str(label) for label in model[0].objects(None, RDFS.label) if loaded.search(label)] == []


def test_classes_that_follow(model: Model) -> None:
    """Exactly the individuals that an example lists are in each class that it names."""
    facts, inferred, expected = model
    whole = facts + inferred
    assert len(expected["classes"]) >= 5
    for name, listed in expected["classes"].items():
        assert keys(set(whole.subjects(RDF.type, NS[name]))) == set(listed.split()), name


def test_links_that_follow(model: Model) -> None:
    """Exactly the values that an example lists are linked, stated and inferred together."""
    facts, inferred, expected = model
    whole = facts + inferred
    for link, listed in expected["links"].items():
        subject, name = link.split()
        assert keys(set(whole.objects(URIRef(ID + subject), NS[name]))) == set(listed.split()), link


def test_questions_are_answered(model: Model, labels: Graph) -> None:
    """Each question beside an example has exactly the rows that are listed for it, in their order."""
    facts, inferred, expected = model
    whole = facts + inferred + labels
    assert expected["questions"]
    for asked in expected["questions"]:
        rows = whole.query(PROLOGUE + asked["query"])
        found = [["" if x is None else str(x) for x in row] for row in rows if isinstance(row, ResultRow)]
        assert found == asked["rows"], asked["question"]


@pytest.mark.skipif(not hermit.available(), reason="HermiT needs Java: install a Java runtime")
def test_examples_are_consistent_together() -> None:
    """HermiT finds no contradiction in all examples at once."""
    whole = ontology.load()
    for example in ontology.examples().values():
        whole += example.graph
    assert hermit.is_consistent(whole)


@pytest.mark.skipif(not hermit.available(), reason="HermiT needs Java: install a Java runtime")
def test_hermit_draws_the_same_from_the_examples() -> None:
    """All types that the closure draws from all examples, and no others, HermiT draws too."""
    whole = Graph()
    for example in ontology.examples().values():
        whole += example.graph
    told = individuals(whole, ontology.load())
    drawn = infer_lines([triples.lines_of(told.serialize(format="nt"))])
    ours = {line for line in drawn if f" {RDF.type.n3()} " in line}
    assert len(ours) > 300
    assert ours == reference.by_hermit(told, ontology.load(), values=False)
