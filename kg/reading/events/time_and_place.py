"""When and where an event is told to be, from the words around its noun or verb."""

from collections.abc import Iterable

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.dates import FoundTime
from kg.reading.events.sentence_times import (
    before_when,
    closing,
    in_relative,
    naming,
    of_another,
    own_time,
    said_then,
)
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.marks import CLOSING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

# Behind these a sentence tells of something else.
_OTHERWISE = frozenset(
    {"after", "since", "before", "when", "while", "who", "which", "until", "following", "and", "that", "once"}
)
_UNITS = frozenset(
    {
        "minutes",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "decades",
    }
)
_CLAUSE = 6  # tokens between "after" and what happened before the rest
_APPOSED = 2  # tokens between a time that opens a sentence and what happened: ", after"
_JOINED = 2  # tokens behind "and" in which the next verb of the same doer stands: "and 90 wounded"
_GOING = frozenset({"to", "in", "at", "for", "into", "capital", "city", "town", "the", "from"})


def time_of(analysis: Analysis, part: Range, sentence: Range, trigger: int | None = None) -> TimeSpan | None:
    """The time inside the event's own words, or one beside them that dates it ("In October, …").

    `trigger` is the main word of the verb that tells of it.
    """
    led = before_when(analysis, part.first, sentence)
    own = own_time(analysis, part, trigger)
    if led or own:
        return led or (own.time if own else None)
    if next(iter(analysis.times_in(part)), None) or _set_apart(analysis, part, sentence):
        return None
    found = _fronted(analysis, sentence) or _only(analysis, part, sentence)
    if found and of_another(analysis, found, part, trigger):
        return None
    found = found or closing(analysis, sentence)
    return found.time if found else None


def _set_apart(analysis: Analysis, part: Range, sentence: Range) -> bool:
    """ "hours after X attacked", "before he fled": not when the rest of the sentence was."""
    opening = Range(max(sentence.first, part.first - _CLAUSE), part.first)
    words = analysis.document.lowers(opening)
    if words[-1:] in (["after"], ["before"]):
        return not _fronted_near(analysis, part, sentence)
    mark = next((n for n in range(len(words) - 1, 0, -1) if words[n] in {"after", "before"}), None)
    if mark is None or words[mark - 1] not in _UNITS or {",", ";"} & set(words[mark:]):
        return False
    behind = Range(opening.first + mark, part.first)
    return not any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(behind))


def _fronted_near(analysis: Analysis, part: Range, sentence: Range) -> bool:
    """ "In 2012, after a coup": a stretch of time that holds both."""
    found = _fronted(analysis, sentence)
    near = found is not None and part.first - analysis.tokens_of(found.span).last <= _APPOSED
    return near and found is not None and found.time.precision != "day"


def _only(analysis: Analysis, part: Range, sentence: Range) -> FoundTime | None:
    """The one time that a sentence tells, but for when something was said and what is named by its day."""
    named = (t for t in analysis.times_in(sentence) if not naming(analysis, t))
    times = [t for t in named if not said_then(analysis, t, sentence)]
    if len(times) != 1:
        return None
    own = analysis.tokens_of(times[0].span)
    if own.first not in part and in_relative(analysis, own.first, part):
        return None
    between = Range(part.last, max(part.last, own.first))
    clauses = [verb for verb in analysis.verbs_in(between) if verb.form in {"finite", "passive"}]
    words = analysis.document.lowers(between)
    shared = words[:1] == ["and"] and bool(clauses) and clauses[0].first <= between.first + _JOINED
    listed = {"and"} if not analysis.verbs_in(between) else frozenset[str]()  # "with guns and grenades"
    apart = len(clauses) > 1 or not (_OTHERWISE - listed).isdisjoint(words[1:] if shared else words)
    return None if apart else times[0]


def with_fronted_time(analysis: Analysis, part: Range, sentence: Range) -> Range:
    """The event's words from the time on that opens the sentence, if it is that which dates them."""
    if next(iter(analysis.times_in(part)), None) or not _fronted(analysis, sentence):
        return part
    return Range(min(part.first, sentence.first), part.last)


def _fronted(analysis: Analysis, sentence: Range) -> FoundTime | None:
    found = next(iter(analysis.times_in(sentence)), None)
    index = analysis.tokens_of(found.span).first if found else -1
    opening = analysis.document.tokens[sentence.first].lower
    governed = index == sentence.first + 1 and opening in grammar().prepositions
    return found if index == sentence.first or governed else None


def time_within(analysis: Analysis, index: int, end: Range) -> TimeSpan | None:
    """The first time between a noun and the end of its clause."""
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


def reached(analysis: Analysis, part: Range) -> Reference | None:
    """Where somebody goes: the first place of what "visit", "arrive in" or "travel to" governs."""
    for reference in analysis.references.within(part):
        before = Range(max(part.first, reference.range.first - 4), reference.range.first)
        led = not before or not _GOING.isdisjoint(analysis.document.lowers(before))
        if reference.type in PLACES and not reference.adjective and led:
            return reference
    return None


def object_places(analysis: Analysis, verb: Verb, sentence: Range) -> Iterable[Reference]:
    """The places that a verb acts on: its object, what "it" stands for, or what "which" refers to."""
    phrase = phrase_at(analysis, verb.last, sentence.last)
    last = min(sentence.last, (phrase.range.last if phrase else verb.last) + 4)
    yield from (
        r for r in analysis.references.within(Range(verb.last, last)) if r.type == "Place" and not r.adjective
    )
    tokens = analysis.document.tokens
    after = verb.last + (tokens[min(verb.last, len(tokens) - 1)].text in CLOSING_QUOTES)
    if last > after and tokens[after].lower in grammar().pronouns_thing:
        yield from _place_before(analysis, verb.first)
    for index in range(verb.first - 1, sentence.first, -1):
        if tokens[index].lower == "which":
            near = Range(max(sentence.first, index - 4), index)
            yield from (r for r in analysis.references.within(near) if r.type == "Place" and not r.adjective)


def _place_before(analysis: Analysis, index: int) -> list[Reference]:
    """The last place that the sentence before names."""
    number = analysis.document.sentence_number(index)
    if number == 0:
        return []
    before = analysis.references.within(analysis.document.sentences[number - 1])
    return [r for r in before if r.type == "Place" and not r.adjective][-1:]
