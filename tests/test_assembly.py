"""Assembly: the RDF that a reading becomes."""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from example_reading import DAY, READING, REPORT, TEXT
from rdflib import DCTERMS, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

import ontology
from kg.assembly import RECORDS, assemble
from kg.errors import ParleyError
from kg.identifiers import UNKNOWN_SPEAKER
from kg.model import Citation, Entity, Mention, Reading, Source, Span
from kg.vocab import NS, VAL, Base

BASE = Base("https://example.org/")
EXPECTED = Path(__file__).parent / "cases" / "assembly" / "every-record.ttl"
ROOT = Path(__file__).parent.parent
PRINT_GRAPH = (
    "from example_reading import READING; from kg.assembly import assemble; from kg.vocab import Base;"
    "print(assemble(READING, Base()).serialize(format='turtle'))"
)


def changed(part: str, **change: object) -> Reading:
    """The example with a change to the first record of one part."""
    first, *rest = getattr(READING, part)
    return replace(READING, **{part: (replace(first, **change), *rest)})


def shown(triples: Iterable[tuple[Node, ...]]) -> list[str]:
    return sorted(" ".join(node.n3() for node in triple) for triple in triples)


def test_every_record_gives_exactly_its_triples() -> None:
    """A reading with every kind of record becomes the triples of the case file, none more and none less."""
    found, wanted = set(assemble(READING, BASE)), set(Graph().parse(EXPECTED))
    assert shown(found - wanted) == []
    assert shown(wanted - found) == []


def test_every_part_of_a_reading_has_its_function_and_its_example() -> None:
    """No part of a reading is dropped on the way to the graph, nor missing in the example."""
    parts = [field.name for field in fields(Reading) if field.name != "source"]
    assert parts == list(RECORDS)
    assert [part for part in parts if not getattr(READING, part)] == []


def test_a_report_restates_an_article_that_is_not_held() -> None:
    """The report has the text's hash and licence and is what spans point into; the article is only cited."""
    graph = assemble(REPORT, BASE)
    report, article = BASE.id("report/test-post-2024-03-06"), BASE.id("article/test-post-2024-03-06")
    assert (report, RDF.type, NS.Report) in graph
    assert (report, NS.restatementOf, article) in graph
    assert (report, DCTERMS.license, None) in graph
    assert graph.value(report, NS.characters) == Literal(len(TEXT))
    assert (article, NS.sha256, None) not in graph
    assert set(graph.objects(None, NS.spanOf)) == {report}


def test_a_report_and_its_article_share_no_span() -> None:
    """Both may be in one store: same offsets in different texts are different spans."""
    spans = [set(assemble(reading, BASE).subjects(RDF.type, NS.TextSpan)) for reading in (READING, REPORT)]
    assert spans[0].isdisjoint(spans[1])


def test_what_the_outlet_says_is_the_articles_where_the_outlet_is_unknown() -> None:
    """Without a publisher, the article itself uses a label and asserts a status."""
    graph = assemble(replace(READING, source=replace(READING.source, citation=Citation("T"))), BASE)
    article = BASE.id("article/test-post-2024-03-06")
    assert set(graph.objects(None, NS.usedBy)) == {article}
    assert set(graph.objects(None, NS.assertedBy)) == {article}
    assert (None, DCTERMS.publisher, None) not in graph


def test_offsets_count_code_points() -> None:
    """A span after a character outside the basic plane has the text that it names."""
    source = Source("article", Citation("T"), "🕊🕊 Lomé", "0" * 64, "t")
    lome = Entity("place/lome", "Place", "Lomé", True, (Mention(Span(3, 7), "name"),))
    graph = assemble(Reading(source, entities=(lome,)), BASE)
    assert [str(text) for text in graph.objects(None, NS.exactText)] == ["Lomé"]


def test_only_an_asserted_conflict_makes_parties() -> None:
    """Who is party to an alleged conflict stays inside the event."""
    graph = assemble(READING, BASE)
    assert set(graph.objects(None, NS.partyTo)) == {BASE.id("event/conflict-1")}


def test_a_mediator_plays_for_what_all_of_their_posts_serve() -> None:
    """Where no post is named, a holder whose posts serve one thing plays for it; of several, for none."""
    reading = changed("roles", holder="person/ana-bel", played_as=None)
    role, chad = BASE.id("role/togo"), BASE.id("state/chad")
    assert set(assemble(reading, BASE).objects(role, NS.playedFor)) == {chad}
    other = replace(reading.posts[0], key="post/chair", of="state/niger")
    several = assemble(replace(reading, posts=(*reading.posts, other)), BASE)
    assert (role, NS.playedFor, None) not in several
    unknown = assemble(replace(reading, posts=(*reading.posts, replace(other, of=None))), BASE)
    assert (role, NS.playedFor, None) not in unknown


def test_who_speaks_unnamed_is_the_unknown_speaker() -> None:
    """A statement whose speaker the text does not name is of the one unknown speaker of the ontology."""
    graph = assemble(changed("propositions", subject=UNKNOWN_SPEAKER), BASE)
    assert (BASE.id("proposition/p1"), NS.propSubject, VAL["unknown-speaker"]) in graph
    assert (BASE.id("statement/s2"), NS.hasSpeaker, VAL["unknown-speaker"]) in graph


def test_an_empty_reading_is_only_its_source() -> None:
    """A text in which nothing was read has its citation and the activity."""
    graph = assemble(Reading(READING.source), BASE)
    assert (None, NS.evidence, None) not in graph
    assert (BASE.id("article/test-post-2024-03-06"), RDFS.label, None) in graph


def test_every_term_is_one_of_the_ontology() -> None:
    """No property, class or value of ours is used that the ontology does not define."""
    ours = "https://w3id.org/parley/"
    terms = {node for triple in assemble(READING, BASE) for node in triple if str(node).startswith(ours)}
    defined = set(ontology.load().subjects())
    assert {str(term) for term in terms - defined} == set()


def test_no_blank_nodes() -> None:
    """Every node has an IRI."""
    assert not any(isinstance(node, BNode) for triple in assemble(READING, BASE) for node in triple)


def test_every_link_inside_the_base_leads_to_a_thing_with_a_class() -> None:
    """Whatever the graph of a source names, it says what it is."""
    graph = assemble(READING, BASE)
    linked = {
        node for node in graph.objects() if isinstance(node, URIRef) and node.startswith(BASE.iri + "id/")
    }
    assert {str(node) for node in linked if (node, RDF.type, None) not in graph} == set()


@pytest.mark.parametrize(
    ("reading", "complaint"),
    [
        (changed("statements", speakers=("person/nobody",)), "person/nobody is named but was not read"),
        (changed("posts", holder="person/nobody"), "person/nobody"),
        (changed("roles", holder="person/nobody"), "person/nobody"),
        (changed("memberships", next="membership/9"), "membership/9"),
        (changed("propositions", predicate="adores"), "adores is an unknown relation"),
        (changed("statements", stance="shouting"), "stance-shouting is an unknown value"),
        (changed("statements", modality="maybe"), "modality-maybe"),
        (changed("events", type="Statement"), "Statement is no class of events"),
        (changed("events", type="Wedding"), "Wedding is an unknown class"),
        (changed("events", code="DANCE"), "DANCE is an unknown event code"),
        (changed("entities", type="mediates"), "mediates is no class"),
        (changed("rounds", time=replace(DAY, precision="minute")), "precision-minute"),
        (changed("unread", evidence=(Span(5, 5),)), "the span 5-5 is not in the text"),
        (changed("unread", evidence=(Span(0, 5000),)), "the span 0-5000 is not in the text"),
    ],
)
def test_what_does_not_fit_is_refused(reading: Reading, complaint: str) -> None:
    """A key, name or span that leads nowhere is an error of one line, never a quiet gap."""
    with pytest.raises(ParleyError) as caught:
        assemble(reading, BASE)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_same_reading_gives_the_same_bytes() -> None:
    """Two processes with different hash seeds write one and the same graph."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINT_GRAPH],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != b""


@pytest.mark.parametrize(
    ("evidence", "first"),
    [
        (((20, 25), (3, 9), (12, 15)), {(3, 9)}),
        (((3, 9), (3, 12), (20, 25)), {(3, 9), (3, 12)}),
        (((20, 25),), {(20, 25)}),
        ((), set()),
    ],
)
def test_the_first_passage_of_a_thing_begins_before_the_others(
    evidence: tuple[tuple[int, int], ...], first: set[tuple[int, int]]
) -> None:
    """Whatever the order of passages, the first is the one that begins first, or all that begin there."""
    reading = changed("agreements", evidence=tuple(Span(start, end) for start, end in evidence))
    graph = assemble(reading, BASE)
    agreement = BASE.id(reading.agreements[0].key)
    found = {
        tuple(int(str(graph.value(span, bound))) for bound in (NS.startOffset, NS.endOffset))
        for span in graph.objects(agreement, NS.firstEvidence)
    }
    assert found == first
