"""How many people an event concerns, as whoever is quoted counts: "said that 40 rebels were killed"."""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Count, Event, Proposition, Statement
from kg.reading.dates.words import NUMBERS
from kg.reading.lasting.told import Told
from kg.reading.statements.propositions import proposition
from kg.reading.text.tokens import Range
from kg.reading.words.details import detail_table
from kg.reading.words.grammar import grammar
from kg.reading.words.lasting import lasting_table

_BEHIND = 6  # tokens between a number and the word for what befell those counted
_LED = 5  # tokens between "killed" and a number
_BOUND = 2  # tokens of "more than"
_MARKS = frozenset({",", ";", ".", ":"})
Made = tuple[tuple[Statement, ...], tuple[Proposition, ...]]


def counted(told: Told) -> Made:
    """The statements with the counts that their words make, and the contents of these."""
    written = (word for word in told.analysis.document.vocabulary if word[0].isdecimal())
    numbers = frozenset(NUMBERS).union(written)
    made: dict[str, Proposition] = {}
    statements = []
    for said in told.reading.statements:
        counts = list(_counts(told, said, numbers)) if said.polarity == "positive" else []
        made.update({one.key: one for one in counts})
        keys = tuple(dict.fromkeys((*said.propositions, *(one.key for one in counts))))
        statements.append(replace(said, propositions=keys) if counts else said)
    return tuple(statements), tuple(made.values())


def _counts(told: Told, said: Statement, numbers: frozenset[str]) -> Iterator[Proposition]:
    analysis = told.analysis
    for span in said.content:
        part = analysis.tokens_of(span)
        for index in analysis.document.positions(numbers, part):
            number = _number(analysis.document.tokens[index].lower)
            if number is None or index in analysis.time_tokens:
                continue
            of, words = _befallen(told, index, part)
            events = told.events_at if of else {}
            event = next((events[i] for i in range(words.first, words.last) if i in events), None)
            if of and event:
                yield _proposition(told, index, number, of, event, words)


def _proposition(told: Told, index: int, number: int, of: str, event: Event, words: Range) -> Proposition:
    low, high = _bounds(told, index, number)
    value = told.analysis.document.words(words)
    made = proposition(event.key, "numbers", (), value, "positive", told.labels)
    label = f"{of} number {_range(low, high)}: {event.label}"
    return replace(made, label=label, count=Count(of, low, high, event.key))


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _number(word: str) -> int | None:
    if not word[0].isdecimal():
        return None if word in grammar().determiners else NUMBERS.get(word)
    plain = word.replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else None


def _befallen(told: Told, index: int, part: Range) -> tuple[str | None, Range]:
    """What befell those whom a number counts, and the words from the number, or from what leads to it, on."""
    words, document = lasting_table().count, told.analysis.document
    people = False
    for at in range(index + 1, min(index + 1 + _BEHIND, part.last)):
        lower = document.tokens[at].lower
        if lower in lasting_table().befallen:
            did = _done_by(told, at)
            return (None if did else lasting_table().befallen[lower]), Range(index, at + 1)
        if lower in _MARKS or lower in {"and", "or"} or _number(lower) is not None:
            break
        if people and lower not in words.skipped:
            break
        people = people or lower in words.people
    last = index + 1
    for at in range(index - 1, max(part.first, index - _LED) - 1, -1):
        lower = document.tokens[at].lower
        if lower in lasting_table().befallen and document.tokens[at - 1].lower != "were":
            end = _counted_end(told, index, part)
            return (lasting_table().befallen[lower], Range(at, end)) if end else (None, Range(index, last))
        if lower not in words.skipped:
            break
    return None, Range(index, last)


def _done_by(told: Told, index: int) -> bool:
    """ "12 soldiers killed a rebel": those who are counted did it."""
    verb, tokens = told.analysis.verb_at(index), told.analysis.document.tokens
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    objects = behind and behind.text[0].isalnum() and behind.lower not in grammar().prepositions | {"and"}
    active = verb is not None and verb.form == "finite" and bool(objects)
    return active and told.analysis.document.tokens[index].lower not in lasting_table().count.own


def _counted_end(told: Told, index: int, part: Range) -> int | None:
    """Behind the noun for people that a number counts: "killed 40 suspected rebels"."""
    tokens = told.analysis.document.tokens
    near = range(index + 1, min(index + 4, part.last))
    return next((at + 1 for at in near if tokens[at].lower in lasting_table().count.people), None)


def _bounds(told: Told, index: int, number: int) -> tuple[int, int | None]:
    """The lowest and the highest number; a rough one is taken as it stands, and "nearly 40" may be none."""
    before = set(told.analysis.document.lowers(Range(max(0, index - _BOUND), index)))
    if before & detail_table().lowest:
        return number, None
    upper = before & detail_table().highest - {"to"} or before >= {"up", "to"}
    return (0 if upper else number), number
