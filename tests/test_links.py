"""Links between sources: which accounts are of one event, and which may be."""

from dataclasses import replace
from datetime import date
from itertools import permutations

from rdflib import Graph

from kg.assembly import assemble
from kg.links import link
from kg.model import Citation, Entity, Event, Reading, Round, Source, Span, TimeSpan
from kg.vocab import NS, Base

BASE = Base("https://example.org/")
DAY = TimeSpan(date(2024, 3, 4), date(2024, 3, 4), "day", "2024-03-04")
MONTH = TimeSpan(date(2024, 3, 1), date(2024, 3, 31), "month", "2024-03")
CHAD, NIGER, LOME, GENEVA = "state/chad", "state/niger", "place/lome", "place/geneva"
MEETING = Event(
    "event/m", "Encounter", "Meeting", (Span(0, 4),), participants=(CHAD, NIGER), place=LOME, time=DAY
)
TALKS = Round("round/r", "Talks", None, (CHAD, NIGER), (Span(0, 4),), LOME, DAY)
ENTITIES = tuple(
    Entity(key, "State" if key.startswith("state") else "Place", key, True, ())
    for key in (CHAD, NIGER, LOME, GENEVA)
)
Pairs = set[tuple[str, str]]


def source(slug: str, *events: Event, rounds: tuple[Round, ...] = ()) -> dict[str, Graph]:
    """The graph of one source with these events and rounds, by its name."""
    text = Source("article", Citation(slug), "Text", "0" * 64, slug)
    reading = Reading(text, entities=ENTITIES, events=events, rounds=rounds)
    return {f"article/{slug}": assemble(reading, BASE)}


def linked(*sources: dict[str, Graph]) -> tuple[Pairs, Pairs]:
    """The certain and the possible pairs, by the last parts of their IRIs."""
    graph = link({name: graph for source in sources for name, graph in source.items()}, BASE)
    same, possible = (
        {
            (str(one).rpartition("/")[2], str(other).rpartition("/")[2])
            for one, other in graph.subject_objects(by)
        }
        for by in (NS.sameEventAs, NS.possiblySameEventAs)
    )
    return same, possible


def test_agreement_of_kind_participants_place_and_day_is_identity() -> None:
    """Two sources with the same meeting under different keys are linked, once."""
    assert linked(source("a", MEETING), source("b", replace(MEETING, key="event/n"))) == ({("m", "n")}, set())


def test_one_thing_needs_no_link() -> None:
    """An event with the same key in two sources is one already."""
    assert linked(source("a", MEETING), source("b", MEETING)) == (set(), set())


def test_rounds_are_linked_as_events_are() -> None:
    """The same holds for rounds of talks."""
    other = source("b", rounds=(replace(TALKS, key="round/s"),))
    assert linked(source("a", rounds=(TALKS,)), other) == ({("r", "s")}, set())


def test_refusals_of_one_round_by_one_agent_are_one() -> None:
    """A refusal is known by who refuses and what, whether or not it has a place and a date of its own."""
    refusal = Event("event/m", "Refusal", "Refusal", (Span(0, 4),), agents=(CHAD,), refuses="round/r")
    sources = [
        source("a", refusal, rounds=(TALKS,)),
        source("b", replace(refusal, key="event/n"), rounds=(TALKS,)),
        source("c", replace(refusal, key="event/o", agents=(NIGER,)), rounds=(TALKS,)),
    ]
    assert linked(*sources) == ({("m", "n")}, set())


def test_a_vaguer_account_is_a_candidate() -> None:
    """A wider time, a missing place or fewer participants leave the decision to a person."""
    for change in ({"time": MONTH}, {"place": None}, {"participants": (CHAD,)}):
        other = replace(MEETING, key="event/n", **change)
        assert linked(source("a", MEETING), source("b", other)) == (set(), {("m", "n")})


def test_a_contradiction_is_no_candidate() -> None:
    """Another kind, place, day or company, or no date at all, makes no link."""
    later = TimeSpan(date(2024, 3, 5), date(2024, 3, 5), "day", "2024-03-05")
    changes = (
        {"type": "MilitaryOperation"},
        {"place": GENEVA},
        {"time": later},
        {"time": None},
        {"participants": ()},
    )
    for change in changes:
        other = replace(MEETING, key="event/n", **change)
        assert linked(source("a", MEETING), source("b", other)) == (set(), set())


def test_what_one_source_tells_apart_stays_apart() -> None:
    """Two meetings of one source are not joined, and which of them another source means is left open."""
    twice = source("a", MEETING, replace(MEETING, key="event/n"))
    third = source("b", replace(MEETING, key="event/o"))
    assert linked(twice) == (set(), set())
    assert linked(twice, third) == (set(), {("m", "o"), ("n", "o")})


def test_the_order_of_sources_does_not_matter() -> None:
    """Whatever the order of the sources, the links are the same, and certain ones start from one event."""
    sources = [source(key, replace(MEETING, key=f"event/{key}")) for key in ("a", "b", "c")]
    found = [linked(*order) for order in permutations(sources)]
    assert all(links == ({("a", "b"), ("a", "c")}, set()) for links in found)
