"""What a text says that somebody is, beside the name: "X, 36, a fisherman", "a judge named X"."""

from collections.abc import Iterator
from itertools import islice

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_MENTIONS = 4  # of a person that are looked at; it keeps the work linear
_BEFORE = 7  # tokens of what stands before a name
_BEHIND = 14  # tokens of an apposition
_CALLED = frozenset({"named", "called", "identified", "only", "himself", "herself", "gave", "giving"})
_NAMING = _CALLED | {"who", "name", "first", "her", "his", "just", "by", "known", "simply"}
_SHORT = {"dr": "doctor", "gen": "general", "prof": "professor", "col": "colonel", "amb": "ambassador"}
_CLOSED = grammar().subordinators | grammar().prepositions | grammar().determiners
_YOUNGEST = 6  # years


def said_of(analysis: Analysis, person: str) -> frozenset[str]:
    """The lower-case words in which the text introduces a person; `person` is a key."""
    memo = analysis.answers
    if ("said of", person) not in memo:
        memo["said of", person] = frozenset(_words(analysis, person))
    found = memo["said of", person]
    return found if isinstance(found, frozenset) else frozenset()


def age_of(analysis: Analysis, person: str) -> int | None:
    """How old the text says that a person is: "X, 36,", "the 36-year-old X"."""
    tokens = analysis.document.tokens
    for reference in _mentions(analysis, person):
        behind = [token.text for token in tokens[reference.range.last : reference.range.last + 3]]
        if (
            len(behind) == 3
            and behind[0] in {",", "("}
            and behind[1].isdigit()
            and behind[2] in {",", ")", "."}
        ):
            return int(behind[1]) if _YOUNGEST < int(behind[1]) < 120 else None
        before = analysis.document.lowers(
            Range(max(0, reference.range.first - _BEFORE), reference.range.first)
        )
        for at in range(len(before) - 4):
            if before[at + 1 : at + 5] == ["-", "year", "-", "old"] and before[at].isdigit():
                return int(before[at])
    return None


def _mentions(analysis: Analysis, person: str) -> Iterator[Reference]:
    named = (r for r in analysis.references.items if r.key == person and r.form in {"name", "alias"})
    return islice(named, _MENTIONS)


def _words(analysis: Analysis, person: str) -> Iterator[str]:
    for reference in _mentions(analysis, person):
        opening = analysis.document.tokens[reference.range.first].lower.rstrip(".")
        yield from (_SHORT[word] for word in (opening,) if word in _SHORT)
        yield from _before(analysis, reference)
        yield from _behind(analysis, reference)
    for appointment in analysis.appointments:
        if appointment.holder and appointment.holder.key == person:
            yield from analysis.document.lowers(appointment.evidence)


def _before(analysis: Analysis, reference: Reference) -> Iterator[str]:
    """ "the local fisherman X", "a nurse who gave her name as X": back to the article."""
    document = analysis.document
    opening = max(document.sentence(reference.range.first).first, reference.range.first - _BEFORE)
    for index in range(reference.range.first - 1, opening - 1, -1):
        token = document.tokens[index]
        beside = index == reference.range.first - 1
        if (
            token.lower in _NAMING
            or (beside and token.lower == "the")
            or (token.lower == "as" and document.tokens[index - 1].lower in _NAMING)
        ):
            continue
        if not token.text[0].isalnum() and token.text != "-":
            return
        if token.lower in _CLOSED or analysis.verb_at(index) or _is_somebody_else(analysis, index):
            return
        yield _SHORT.get(token.lower.rstrip("."), token.lower)


def _is_somebody_else(analysis: Analysis, index: int) -> bool:
    named = analysis.references.at(index)
    return named is not None and named.type == "Person"


def _behind(analysis: Analysis, reference: Reference) -> Iterator[str]:
    """ "X, 36, a fisherman from Y,", "X, who is a judge": up to the verb or to the comma that ends it."""
    document, first = analysis.document, reference.range.last
    end = min(document.sentence(reference.range.first).last, first + _BEHIND)
    if first + 1 >= end or document.tokens[first].text not in {",", "("}:
        return
    index = first + 1
    if document.tokens[index].text.isdigit() and document.tokens[index + 1].text == ",":
        index += 2
    for at in range(index, end):
        token = document.tokens[at]
        if token.text in {",", ")", ";"} or (at > index and _goes_on(analysis, at)):
            return
        yield token.lower


def _goes_on(analysis: Analysis, index: int) -> bool:
    """A verb that tells what somebody does; "who is a judge" still says who it is."""
    verb = analysis.verb_at(index)
    does = verb is not None and verb.form in {"finite", "passive"}
    return does and analysis.document.tokens[index].lower not in grammar().be
