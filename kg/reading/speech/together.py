"""Who "the two leaders" are who speak, and whose words those of leaders at a summit are."""

import itertools
from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table

_BACK = 8  # sentences
_JOINED = (["and"], [",", "and"], ["and", "the"])
_SUMMITS = frozenset({"summit", "summits"})
_WORDS = frozenset({"world", "the", "their", "all", "its"})
_LEAGUES = frozenset({"IntergovernmentalOrganisation", "Organisation"})


def two_people(analysis: Analysis, phrase: Phrase) -> tuple[Reference, ...]:
    """The two people whom the nearest sentence that names people joins by "and" or tells to have met."""
    document = analysis.document
    number = document.sentence_number(phrase.range.first)
    for back in range(number, max(-1, number - _BACK), -1):
        sentence = document.sentences[back]
        part = Range(sentence.first, min(sentence.last, phrase.range.first))
        people = [*_people(analysis, part)]
        met = not noun_table().meeting_words.isdisjoint(document.lowers(part))
        distinct = {r.key: r for r in people}
        if len(distinct) == 2 and (met or _side_by_side(analysis, people)):
            return tuple(distinct.values())
        if len(distinct) > 2:
            return ()
    return ()


def _people(analysis: Analysis, part: Range) -> Iterator[Reference]:
    named = analysis.references.within(part)
    return (r for r in named if r.type == "Person" and not analysis.document.quote_around(r.range.first))


def _side_by_side(analysis: Analysis, people: list[Reference]) -> bool:
    """ "X and Y", "President X and Prime Minister Y": two people whom "and" joins."""
    return any(
        left.key != right.key
        and left.range.last < analysis.introduction_of(right)
        and analysis.document.lowers(Range(left.range.last, analysis.introduction_of(right))) in _JOINED
        for left, right in itertools.pairwise(people)
    )


def summit_of(analysis: Analysis, phrase: Phrase) -> Reference | None:
    """ "At a G7 summit in Rome, world leaders said": the body that meets, where the sentence opens so."""
    document = analysis.document
    words = document.lowers(phrase.range)
    if words[-1] != "leaders" or set(words[:-1]) - _WORDS:
        return None
    sentence = document.sentence(phrase.range.first)
    for index in document.positions(_SUMMITS, Range(sentence.first, phrase.range.first)):
        body = analysis.references.at(index - 1)
        if body and body.type in _LEAGUES:
            return body
    return None
