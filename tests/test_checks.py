"""A check finds the nodes that break its rule and no others, and a run gathers what all checks find."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from conftest import Built
from rdflib import Graph

import ontology
import queries
from kg import closure, hermit, library
from kg.checks import asserted, rows_of, run_checks, span_texts
from kg.errors import CheckError
from kg.violations import Violation
from kg.vocab import PREFIXES, Base

CASES = Path(__file__).parent / "cases" / "checks"
BASE = Base()
ID = f"{BASE.iri}id/"
PREAMBLE = f"@base <{ID}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
NAMES = sorted(path.stem for path in CASES.glob("*.trig"))


def add(store: ox.Store, graph: Graph, name: str) -> None:
    text = graph.serialize(format="nt", encoding="utf-8")
    store.bulk_load(text, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(BASE.graph(name)))


def store_of(trig: str) -> ox.Store:
    """A store with the given graphs, the ontology, and what follows, as a build makes it."""
    store = ox.Store()
    store.bulk_load((PREAMBLE + trig).encode(), ox.RdfFormat.TRIG)
    inferred = closure.infer(asserted(store, BASE))
    add(store, ontology.load(), "ontology")
    add(store, inferred, "inferred")
    store.bulk_extend([ox.Quad(*quad.triple) for quad in store])
    return store


def read(name: str) -> str:
    return (CASES / f"{name}.trig").read_text(encoding="utf-8")


def listed(kind: str, text: str) -> set[str]:
    return {urljoin(ID, node) for node in re.findall(rf"^# {kind}: (\S+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("name", NAMES)
def test_check_query(name: str) -> None:
    """The rows of a check query are exactly the nodes that its case lists as failing, each with one line."""
    text = read(name)
    found = rows_of(name, queries.checks()[name].text, store_of(text))
    assert {one.node for one in found} == listed("fails", text)
    assert listed("passes", text)
    assert listed("fails", text)
    assert all(one.rule == name and len(one.message.split()) > 5 and "\n" not in one.message for one in found)


def test_every_check_query_has_a_case() -> None:
    """No check query goes without a case, and their number is known."""
    assert list(queries.checks()) == NAMES
    assert len(NAMES) == 20


def test_an_empty_store_has_no_faults() -> None:
    """A store that holds the ontology alone passes every check query."""
    store = store_of("")
    assert [row for name, query in queries.checks().items() for row in rows_of(name, query.text, store)] == []


def test_a_broken_check_says_which() -> None:
    """A check query that is no SPARQL, or has no ?message, ends in an error that names its file."""
    for text in ("SELECT nothing", "SELECT ?node WHERE { ?node ?property ?object }"):
        with pytest.raises(CheckError, match=r"queries/checks/broken\.rq"):
            rows_of("broken", text, store_of(""))


FAULTY = """
GRAPH <../graph/article/a> {
    <article/a> a parley:Article ; rdfs:label "a"@en ; dcterms:date "2023-12-06"^^xsd:date ;
        parley:characters 9 ;
        parley:sha256 "00000000000000000000000000000000000000000000000000000000000000aa" .
    <span/a-0-4> a parley:TextSpan ; parley:spanOf <article/a> ; parley:startOffset 0 ; parley:endOffset 4 ;
        parley:exactText "Karl" .
    <person/karl> a parley:Person, parley:State ; rdfs:label "Karl"@en ; parley:evidence <span/a-0-4> ;
        parley:mentionedIn <article/a> .
    <time/2023> a parley:TimeSpan ; parley:precision val:precision-year ; parley:edtf "2023" ;
        parley:earliest "2024-01-01"^^xsd:date ; parley:latest "2023-12-31"^^xsd:date .
    <organisation/outlet> a parley:Organisation .
}
"""


@pytest.fixture(scope="module")
def found() -> list[Violation]:
    """What a run finds in the faulty graph."""
    return run_checks(store_of(FAULTY), BASE).violations


def test_a_run_gathers_all_checks(found: list[Violation]) -> None:
    """Shapes, queries and consistency each find their fault, the gravest first, each with node and line."""
    told = {(one.rule, one.node.removeprefix(ID)) for one in found}
    assert ("shape Agent label", "organisation/outlet") in told
    assert ("shape TimeSpan earliest", "time/2023") in told
    assert ("time-order", "time/2023") in told
    assert ("consistency cax-adc", "person/karl") in told
    gravity = ["violation", "warning", "info"]
    assert [one.severity for one in found] == sorted((one.severity for one in found), key=gravity.index)


def test_a_violation_shows_the_words(found: list[Violation]) -> None:
    """The first words that a node rests on stand beside its fault, with offsets and source."""
    clash = next(one for one in found if one.rule == "consistency cax-adc")
    assert clash.message == "cannot be Person and State at once"
    assert clash.span == f"“Karl” [0–4] in {ID}article/a"
    assert next(one for one in found if one.rule == "time-order").span is None


def test_long_words_are_cut() -> None:
    """A long span is cut to one short line."""
    text = "word " * 40
    trig = FAULTY.replace('"Karl" .', f'"{text}" .')
    shown = [one.span for one in run_checks(store_of(trig), BASE).violations if one.rule == "span-length"]
    assert shown == [f"“{text[:59]}…” [0–4] in {ID}article/a"]


def test_words_are_held_against_the_text() -> None:
    """Where the text of a source is given, a span whose words are not at its offsets is a violation."""
    store = store_of(FAULTY)
    assert span_texts(store, {f"{ID}article/a": "Karl says"}) == []
    assert [one.node for one in span_texts(store, {f"{ID}article/a": "Carl says"})] == [f"{ID}span/a-0-4"]
    assert span_texts(store, {f"{ID}article/other": "Carl says"}) == []


def test_a_skipped_proof_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Java a run says in one line of severity info that consistency was not proved."""
    monkeypatch.setenv("PATH", "")
    found = run_checks(store_of(""), BASE).violations
    assert [(one.rule, one.severity) for one in found] == [("consistency", "info")]
    assert "Java" in found[0].message


@pytest.mark.skipif(not hermit.available(), reason="HermiT needs Java: install a Java runtime")
def test_a_sound_graph_passes() -> None:
    """A graph without faults gives no violation at all, and the run says what it looked at."""
    sound = FAULTY.replace(", parley:State", "").replace('"2024-01-01"', '"2023-01-01"')
    sound = sound.replace("<organisation/outlet> a parley:Organisation .", "")
    checked = run_checks(store_of(sound), BASE)
    assert checked.violations == []
    assert "the ontology is in OWL 2 DL" in checked.covered
    assert checked.covered[-1].startswith("consistent: HermiT checked the ontology and ")


def test_only_asserted_graphs_are_checked_by_shapes() -> None:
    """What was inferred, the ontology and the description of the data set are no input of shapes."""
    store = store_of(FAULTY)
    assert len(asserted(store, BASE)) == len(
        list(store.quads_for_pattern(None, None, None, ox.NamedNode(BASE.graph("article/a"))))
    )


def test_the_seed_article_keeps_every_rule(article_built: Built) -> None:
    """The graph of the article has no violation, and its spans are the words of the text.

    The shipped reports are held to the same by `parley check` in the tour of the README (test_docs.py).
    """
    base = article_built.generation.base
    held = library.load(article_built.folder.sources)
    texts = {str(base.id(text.source.key)): text.source.text for text in held}
    found = run_checks(article_built.store, base, texts).violations
    assert [one for one in found if one.severity == "violation"] == []
