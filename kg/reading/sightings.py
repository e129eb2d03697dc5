"""One place where a text tells of an event, and how its time, place and participants are found around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at
from kg.reading.document import Range
from kg.reading.grammar import grammar
from kg.reading.references import Reference
from kg.reading.verbs import Verb

AGENTS = frozenset({"Person", "State", "Organisation", "IntergovernmentalOrganisation", "NonStateGroup"})
PLACES = frozenset({"Place", "State"})
# Verbs whose object does what follows: "led X to cancel".
CONTROLLED = frozenset({"lead", "force", "prompt", "urge", "ask", "order", "allow", "want", "push"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where the text tells of an event; several sightings can be one event."""

    kind: str
    trigger: Range
    evidence: Range
    code: str | None = None
    agents: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    place: str | None = None
    time: TimeSpan | None = None
    status: str = "occurred"
    factuality: str = "asserted"
    definite: bool = False  # "the operation": one that was told before
    cause: int | None = None  # a token of the noun that names the event's cause


def keys_of(phrase: Phrase | None, types: frozenset[str]) -> tuple[str, ...]:
    references = phrase.references if phrase else ()
    return tuple(dict.fromkeys(r.key for r in references if r.type in types))


def cover(*parts: Range) -> Range:
    kept = [part for part in parts if part]
    return Range(min(part.first for part in kept), max(part.last for part in kept))


def clause_end(analysis: Analysis, index: int, sentence: Range) -> Range:
    """From a token to the end of its clause: a comma, a semicolon, a full stop or a further finite clause."""
    tokens = analysis.document.tokens
    last = index
    if last < sentence.last and tokens[last].text in {'"', "”"}:
        last += 1  # a verb in quotation marks goes on behind them
    while last < sentence.last and tokens[last].text not in {",", ";", ".", "–", "—", '"', "”", ":"}:
        if tokens[last].lower in {"which", "who", "while", "but"}:
            break
        last += 1
    return Range(index, max(last, index))


def time_of(analysis: Analysis, part: Range, sentence: Range) -> TimeSpan | None:
    """The time inside the event's own words, or one that opens the sentence ("In October, …")."""
    inside = next(iter(analysis.times_in(part)), None)
    if inside:
        return inside.time
    fronted = next(iter(analysis.times_in(sentence)), None)
    if fronted is None:
        return None
    index = analysis.tokens_of(fronted.span).first
    governed = (
        index == sentence.first + 1
        and analysis.document.tokens[sentence.first].lower in grammar().prepositions
    )
    return fronted.time if index == sentence.first or governed else None


def time_within(analysis: Analysis, index: int, end: Range) -> TimeSpan | None:
    part = Range(index + 1, end.last)
    found = next(iter(analysis.times_in(part)), None) if part else None
    return found.time if found else None


def place_of(analysis: Analysis, part: Range) -> Reference | None:
    """The first place that a preposition of place governs."""
    if not part:
        return None
    for reference in analysis.references.within(part):
        before = analysis.document.lowers(
            Range(max(part.first, reference.range.first - 4), reference.range.first)
        )
        if (
            reference.type in PLACES
            and not reference.adjective
            and {"in", "at", "near", "capital"} & set(before)
        ):
            return reference
    return None


def object_places(analysis: Analysis, verb: Verb, sentence: Range) -> Iterable[Reference]:
    phrase = phrase_at(analysis, verb.last, sentence.last)
    last = min(sentence.last, (phrase.range.last if phrase else verb.last) + 4)
    yield from (
        r for r in analysis.references.within(Range(verb.last, last)) if r.type == "Place" and not r.adjective
    )
    tokens = analysis.document.tokens
    after = verb.last + (tokens[min(verb.last, len(tokens) - 1)].text in {'"', "”"})
    if last > after and tokens[after].lower in grammar().pronouns_thing:
        yield from _places_before(analysis, verb.first, 1)
    for index in range(verb.first - 1, sentence.first, -1):
        if tokens[index].lower == "which":
            near = Range(max(sentence.first, index - 4), index)
            yield from (r for r in analysis.references.within(near) if r.type == "Place" and not r.adjective)


def _places_before(analysis: Analysis, index: int, back: int) -> list[Reference]:
    number = analysis.document.sentence_number(index)
    parts = analysis.document.sentences[max(0, number - back) : number]
    found = [
        r for part in parts for r in analysis.references.within(part) if r.type == "Place" and not r.adjective
    ]
    return found[-1:]


def published(analysis: Analysis) -> TimeSpan | None:
    day = analysis.source.citation.date
    return TimeSpan(day, day, "day", day.isoformat()) if day else None
