"""Subjects behind which a clause without "who" stands, and names behind the phrase that opens a sentence."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at, phrase_start
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_REDUCED = frozenset({"gerund", "participle"})
_GOVERNED = grammar().prepositions | grammar().subordinators | {",", "and", "or"}
_LONGEST = 8  # tokens of the clause


def described_by_clause(analysis: Analysis, start: int, end: int, within: Range) -> Phrase | None:
    """ "the coalition operating in the area said": who stands before the gerund that ends at `start`."""
    reduced = analysis.verb_ending_at(start)
    if (
        reduced is None
        or reduced.form not in _REDUCED
        or end - start > _LONGEST
        or reduced.first <= within.first
    ):
        return None
    if analysis.document.tokens[start].lower not in grammar().prepositions:
        return None  # "saying the army left": it has an object
    named = analysis.references.at(reduced.first - 1)
    first = named.range.first if named else phrase_start(analysis, reduced.first - 1)
    phrase = phrase_at(analysis, first, reduced.first)
    if phrase is None or phrase.range.last != reduced.first or _governed(analysis, first, within):
        return None
    return phrase


def person_right_before(analysis: Analysis, end: int, within: Range) -> Phrase | None:
    """ "Once in power Mr Berg announced": a person whom no preposition governs, right before the verb."""
    person = analysis.references.at(end - 1)
    if person is None or person.type != "Person" or person.range.last != end or person.form == "pronoun":
        return None
    first = analysis.introduction_of(person)
    determined = analysis.document.tokens[first - 1].lower in grammar().determiners  # "the Obama sanctions"
    if determined or _governed(analysis, first, within):
        return None
    return Phrase(Range(first, end), (person,), end - 1)


def _governed(analysis: Analysis, first: int, within: Range) -> bool:
    return first > within.first and analysis.document.tokens[first - 1].lower in _GOVERNED
