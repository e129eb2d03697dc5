"""Links between sources: which accounts are of one event, and which may be."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import PROV, RDF, Graph

from kg.assembly import assemble
from kg.links import link, pairs
from kg.links.accounts import Account, Fit, compare
from kg.model import Citation, Entity, Event, Post, Reading, Round, Source, Span, TimeSpan
from kg.vocab import NS, VAL, Base

BASE = Base("https://example.org/")
DAY = TimeSpan(date(2024, 3, 4), date(2024, 3, 4), "day", "2024-03-04")
MONTH = TimeSpan(date(2024, 3, 1), date(2024, 3, 31), "month", "2024-03")
CHAD, NIGER, LOME, GENEVA = "state/chad", "state/niger", "place/lome", "place/geneva"
SARA, ISSA = "person/sara-mahamat", "person/issa-adam"
MEETING = Event(
    "event/m", "Encounter", "Meeting", (Span(0, 4),), participants=(CHAD, NIGER), place=LOME, time=DAY
)
TALKS = Round("round/r", "Talks", None, (CHAD, NIGER), (Span(0, 4),), LOME, DAY)
ENTITIES = tuple(
    Entity(key, "State" if key.startswith("state") else "Place", key, True, ())
    for key in (CHAD, NIGER, LOME, GENEVA)
) + tuple(Entity(key, "Person", key, False, ()) for key in (SARA, ISSA))
POSTS = (
    Post("post/president-of-chad", "President of Chad", "President", CHAD, SARA, (Span(0, 4),)),
    Post("post/president-of-niger", "President of Niger", "President", NIGER, ISSA, (Span(0, 4),)),
)
Pairs = set[tuple[str, str]]


def source(
    slug: str, *events: Event, rounds: tuple[Round, ...] = (), posts: tuple[Post, ...] = ()
) -> dict[str, Graph]:
    """The graph of one source with these events, rounds and posts, by its name."""
    text = Source("article", Citation(slug), "Text", "0" * 64, slug)
    reading = Reading(text, entities=ENTITIES, events=events, rounds=rounds, posts=posts)
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


def test_people_count_as_those_for_whom_they_hold_a_post() -> None:
    """Presidents who meet are their states, in a source that says whose presidents they are."""
    people = replace(MEETING, key="event/n", participants=(SARA, ISSA))
    assert linked(source("a", MEETING), source("b", people, posts=POSTS)) == ({("m", "n")}, set())
    assert linked(source("a", MEETING), source("b", people)) == (set(), set())


def test_a_vaguer_account_is_a_candidate() -> None:
    """A wider time, a missing place, the state for a town or fewer participants leave it to a person."""
    for change in ({"time": MONTH}, {"place": None}, {"place": CHAD}, {"participants": (CHAD,)}):
        other = replace(MEETING, key="event/n", **change)
        assert linked(source("a", MEETING), source("b", other)) == (set(), {("m", "n")})


def test_an_account_of_nobody_needs_the_same_place() -> None:
    """Where a source does not say who took part, place and time have to speak for it."""
    nobody = replace(MEETING, key="event/n", participants=())
    assert linked(source("a", MEETING), source("b", nobody)) == (set(), {("m", "n")})
    assert linked(source("a", MEETING), source("b", replace(nobody, place=None))) == (set(), set())


def test_a_conflict_is_known_by_its_parties_and_place() -> None:
    """What lasts for years need not be dated; another party or place makes it another conflict."""
    war = replace(MEETING, type="Conflict", status="ongoing", time=None)
    for change, found in (({}, {("m", "n")}), ({"time": DAY}, {("m", "n")}), ({"place": None}, set())):
        other = replace(war, key="event/n", **change)
        assert linked(source("a", war), source("b", other)) == (set(), found)
    assert (
        linked(source("a", war), source("b", replace(war, key="event/n", participants=(CHAD,))))[1] == set()
    )


def test_a_round_and_a_meeting_are_at_most_a_candidate() -> None:
    """One sitting is told as a round of talks here and as a meeting there."""
    assert linked(source("a", MEETING), source("b", rounds=(TALKS,))) == (set(), {("m", "r")})


def test_a_contradiction_is_no_candidate() -> None:
    """Another kind, place, day or company, no date at all, or a meeting that fell through makes no link."""
    later = TimeSpan(date(2024, 3, 5), date(2024, 3, 5), "day", "2024-03-05")
    changes = (
        {"type": "MilitaryOperation"},
        {"place": GENEVA},
        {"time": later},
        {"time": None},
        {"participants": (CHAD, SARA)},
        {"status": "cancelled"},
    )
    for change in changes:
        other = replace(MEETING, key="event/n", **change)
        assert linked(source("a", MEETING), source("b", other)) == (set(), set()), change


def test_a_link_says_why_and_whence() -> None:
    """Each link has a node with what the accounts agree on, what they leave open, and the sources."""
    other = replace(MEETING, key="event/n", time=MONTH)
    graph = link({**source("a", MEETING), **source("b", other)}, BASE)
    (node,) = graph.subjects(RDF.type, NS.IdentityLink)
    assert set(graph.objects(node, NS.joins)) == {BASE.id("event/m"), BASE.id("event/n")}
    agreed = {VAL[f"aspect-{name}"] for name in ("kind", "participants", "place")}
    assert set(graph.objects(node, NS.agreesOn)) == agreed
    assert set(graph.objects(node, NS.leavesOpen)) == {VAL["aspect-time"]}
    assert set(graph.objects(node, PROV.wasDerivedFrom)) == {BASE.id("article/a"), BASE.id("article/b")}


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


meetings = st.builds(
    replace,
    st.just(MEETING),
    participants=st.sampled_from([(CHAD, NIGER), (CHAD,), (SARA, ISSA), ()]),
    place=st.sampled_from([LOME, GENEVA, CHAD, None]),
    time=st.sampled_from([DAY, MONTH, None]),
    status=st.sampled_from(["occurred", "planned", "cancelled"]),
)


@settings(deadline=None)
@given(st.lists(st.lists(meetings, max_size=3), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_graph(told: list[list[Event]], random: Random) -> None:
    """However sources and what they tell are shuffled, the graph of links is the same, triple by triple."""
    texts = [
        source(f"{n}", *(replace(e, key=f"event/{n}-{m}") for m, e in enumerate(events)), posts=POSTS)
        for n, events in enumerate(told)
    ]
    shuffled = random.sample(texts, len(texts))
    first, second = (
        link({name: graph for text in order for name, graph in text.items()}, BASE)
        for order in (texts, shuffled)
    )
    assert set(first) == set(second)
    assert set(first.subject_objects(NS.sameEventAs)).isdisjoint(
        first.subject_objects(NS.possiblySameEventAs)
    )


def test_many_sources_of_one_event_need_few_links() -> None:
    """Links grow with the number of accounts and not with its square, certain ones and possible ones."""
    for change, number in (({}, 0), ({"place": None}, 1)):
        texts = [source(f"{n:03}", replace(MEETING, key=f"event/{n:03}", **change)) for n in range(120)]
        assert len(linked(*texts)[number]) == 119


def test_days_apart_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts of two thousand days take a few comparisons each, not one with every other."""
    compared: list[None] = []

    def counted(one: Account, other: Account) -> dict[str, Fit]:
        compared.append(None)
        return compare(one, other)

    monkeypatch.setattr(pairs, "compare", counted)
    days = (DAY.earliest + timedelta(days=n) for n in range(2000))
    times = (TimeSpan(day, day, "day", day.isoformat()) for day in days)
    events = [replace(MEETING, key=f"event/{n}", time=time) for n, time in enumerate(times)]
    linked(source("a", *events[::2]), source("b", *events[1::2]))
    assert 2000 <= len(compared) <= 3 * 2000
