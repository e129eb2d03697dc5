"""Those who stand for a named format: "A, B and C, the guarantors of the Astana process"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.talks.mediation import Mediation, able
from kg.reading.talks.sides import joined_start, listed_at
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_TALKS = 7  # words between "guarantors" and "talks"
_NUMBERS = frozenset({"two", "three", "four", "five", "six", "remaining", "other", "current"})
_COUNTS = _NUMBERS | {"co", "-", "as", "its", "states", "countries", "powers"}


def guarantors(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """The states beside such a word, if its sentence names the format that they stand for."""
    sentence = analysis.document.sentence(index)
    named = (r.range for r in analysis.references.within(sentence) if r.type == "NegotiationFormat")
    form = next(named, None) or _talks(analysis, index, sentence)
    found = (_behind(analysis, index, sentence) or _before(analysis, index, sentence)) if form else None
    if form and found:
        who, part = found
        ends = (part.first, form.first, part.last, form.last)
        yield Mediation(able(who), Range(min(ends), max(ends)))


def chaired(analysis: Analysis, first: int) -> Reference | None:
    """ "the co-chairs of F (A, B and C) hosted consultations": the format behind whose bracket A stands."""
    if first < 2 or analysis.document.tokens[first - 1].text not in {"(", ","}:
        return None
    named = analysis.references.at(first - 2)
    chairs = named and named.type == "NegotiationFormat" and of_chairs(analysis, named)
    return named if chairs else None


def of_chairs(analysis: Analysis, named: Reference) -> bool:
    """ "the co-chairs of the F", "the F co-chairs": whom the words list behind it chair and are no sides."""
    words = noun_table().talks.guarantors
    near = Range(max(0, named.range.first - 3), named.range.last + 3)
    return not words.isdisjoint(analysis.document.lowers(near))


def _talks(analysis: Analysis, index: int, sentence: Range) -> Range | None:
    """ "guarantors of the peace talks", "guarantor countries for the negotiations"."""
    heads = noun_table().talks.heads
    tokens, near = analysis.document.tokens, range(index + 1, min(index + _TALKS, sentence.last))
    at = next((i for i in near if tokens[i].lower in heads), None)
    first = index + 2 if index + 1 < sentence.last and tokens[index + 1].lower in _COUNTS else index + 1
    return Range(at, at + 1) if at and first < at and tokens[first].lower in {"of", "for", "in"} else None


def _behind(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], Range] | None:
    """ "guarantor states A, B and C", "the co-chairs (A, B and C)"."""
    tokens, at = analysis.document.tokens, index + 1
    while at < sentence.last and (
        tokens[at].text in {",", "(", ":"} | DASHES or tokens[at].lower in _COUNTS | {"the"}
    ):
        at += 1
    named = at < sentence.last and tokens[at].lower not in {"of", "for", "in"}
    who, end = listed_at(analysis, at, sentence.last) if named else ((), at)
    return (who, Range(index, end)) if len(who) > 1 else None


def _before(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], Range] | None:
    """ "A, B and C, the three guarantors", "A, B and C are the guarantors"."""
    tokens, at = analysis.document.tokens, index
    skipped = grammar().determiners | grammar().be | _COUNTS
    while at > sentence.first + 1 and (tokens[at - 1].lower in skipped or _format_at(analysis, at - 1)):
        at -= 1
    at -= tokens[at - 1].text in {","} | DASHES
    last = analysis.references.at(at - 1) if at > sentence.first else None
    if last is None or last.range.last != at:
        return None
    start = joined_start(analysis, last.range.first, sentence)
    who, _ = listed_at(analysis, start, at)
    return (who, Range(start, index + 1)) if len(who) > 1 else None


def _format_at(analysis: Analysis, index: int) -> bool:
    """ "the Minsk Group co-chairs": the name before the word."""
    named = analysis.references.at(index)
    return named is not None and named.type == "NegotiationFormat"
