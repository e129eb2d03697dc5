"""Whence and whither people move, and by when a promise is due, by the word before the place or time."""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Event, Statement, TimeSpan
from kg.reading.lasting.told import Told
from kg.reading.names.references import PLACES, Reference
from kg.reading.words.grammar import grammar
from kg.reading.words.lasting import lasting_table

_MOVES = frozenset({"Displacement", "Return"})


def with_places(told: Told, event: Event) -> Event:
    """A displacement or a return with the places that its words say people left or went to."""
    if event.type not in _MOVES:
        return event
    ways = [(way, r.key) for r in _places(told, event) if (way := _way(told, r))]
    left, reached = (tuple(sorted({key for way, key in ways if way == wanted})) for wanted in ("from", "to"))
    return replace(event, moves_from=left, moves_to=reached)


def _places(told: Told, event: Event) -> Iterator[Reference]:
    for span in event.evidence:
        named = told.analysis.references.within(told.analysis.tokens_of(span))
        yield from (r for r in named if r.type in PLACES and not r.adjective)


def _way(told: Told, place: Reference) -> str | None:
    """ "from X", "to the X", "fled X"; None where the words leave it open."""
    tokens, at = told.analysis.document.tokens, place.range.first - 1
    at -= at > 0 and tokens[at].lower in grammar().determiners
    if at < 0:
        return None
    verb = told.analysis.verb_at(at)
    table = lasting_table().moves
    return "from" if verb and verb.lemma in table.leaving else table.ways.get(tokens[at].lower)


def with_due_time(told: Told, said: Statement) -> Statement:
    """A promise with the time "by" which it is to be kept."""
    return replace(said, due_by=_due(told, said)) if said.stance == "promise" else said


def _due(told: Told, said: Statement) -> TimeSpan | None:
    tokens, words = told.analysis.document.tokens, lasting_table().moves.due
    for span in said.content:
        for found in told.analysis.times_in(told.analysis.tokens_of(span)):
            first = told.analysis.tokens_of(found.span).first
            led = {tokens[first].lower, tokens[first - 1].lower if first else ""}
            if words & led:
                return found.time
    return None
