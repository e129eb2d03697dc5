"""Whom "who" and "which" tell of, and whom a noun phrase before a verb describes: names beside it."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.heads import head_phrase
from kg.reading.clauses.phrases import Phrase, phrase_at, phrase_start
from kg.reading.names.references import AGENTS, BODIES, Reference
from kg.reading.text.marks import CLOSING_QUOTES, DASHES, QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words

_BEHIND_NOUN = DASHES | CLOSING_QUOTES | {","}
_IN_LIST = frozenset({",", "and", "the"})
_LONGEST_RANK = 3  # words
_PERSON = frozenset({"Person"})


def antecedent(analysis: Analysis, relative: int, within: Range) -> Phrase | None:
    """What "which" or "who" refers to: the noun phrase that ends just before it."""
    end = relative
    while end > within.first and analysis.document.tokens[end - 1].text in _BEHIND_NOUN:
        end -= 1
    reference = analysis.references.at(end - 1)
    if reference and not reference.adjective and reference.type in _told_of(analysis, relative, end):
        listed = _listed(analysis, reference, within) if _is_plural(analysis, relative, within) else None
        return listed or Phrase(reference.range, (reference,), reference.range.last - 1)
    start = clause_start(analysis, end, within, end - 1)
    phrase = head_phrase(analysis, Range(start, end)) or _right_before(analysis, relative, end)
    return (apposed(analysis, phrase, within, {"a", "an", "the"}) or phrase) if phrase else None


def _right_before(analysis: Analysis, relative: int, end: int) -> Phrase | None:
    """ "by important allies who say": what a preposition governs, if "who" stands right behind it."""
    if end != relative or analysis.document.tokens[relative].lower != "who":
        return None
    phrase = phrase_at(analysis, phrase_start(analysis, end - 1), end)
    return phrase if phrase and phrase.range.last == end else None


def _is_plural(analysis: Analysis, relative: int, within: Range) -> bool:
    """ "which have called": what is told is told of several."""
    helper = analysis.document.tokens[relative + 1].lower if relative + 1 < within.last else ""
    return helper in {"have", "are", "were"}


def _listed(analysis: Analysis, last: Reference, within: Range) -> Phrase | None:
    """ "the union, Kenya and Ghana": all the names of a list by its last."""
    tokens, first = analysis.document.tokens, last.range.first
    while first - 1 > within.first and tokens[first - 1].lower in _IN_LIST:
        mark = first - 1
        while mark > within.first and tokens[mark - 1].lower in _IN_LIST:
            mark -= 1
        before = analysis.references.at(mark - 1)
        if before is None or before.adjective or before.range.first < within.first:
            break
        first = before.range.first
    phrase = phrase_at(analysis, first, last.range.last) if first < last.range.first else None
    return phrase if phrase and phrase.range.last == last.range.last else None


def _told_of(analysis: Analysis, relative: int, end: int) -> frozenset[str]:
    """What a name right before the relative must be: "X, who", and any actor in "Israel, which"."""
    apart = end < relative and analysis.document.tokens[relative].lower == "which"
    return AGENTS if apart else _PERSON


def named_last(analysis: Analysis, phrase: Phrase, end: int) -> Phrase | None:
    """ "NATO head of planning Jane Roe said": the name stands right before the verb."""
    person = analysis.references.at(end - 1)
    if phrase.references or person is None or person.range.last != end:
        return None
    between = _between_commas(analysis, phrase, person)
    if between or person.type != "Person":
        return between
    before = analysis.document.tokens[person.range.first - 1]
    body = analysis.references.at(person.range.first - 1)
    of = analysis.document.tokens[phrase.range.last].lower == "of"
    named = before.text.islower() and before.lower not in grammar().closed
    if person.range.first <= phrase.range.last or not (named or (body and of)):
        return None  # "NATO head of planning X", "representative of the Treasury X"
    return Phrase(person.range, (person,), end - 1)


def _between_commas(analysis: Analysis, phrase: Phrase, named: Reference) -> Phrase | None:
    """ "The governor of the region, X, said", "a little-known group, the Volta Brigades, claimed"."""
    tokens, first = analysis.document.tokens, named.range.first
    first -= tokens[first - 1].lower == "the"
    if named.type == "Person":
        first = _before_rank(analysis, phrase.range.last, first)
    apart = tokens[first - 1].text == "," and tokens[named.range.last].text == ","
    if not apart or first - 1 < phrase.range.last or named.adjective:
        return None
    head = tokens[phrase.head].lower
    fits = voice_words().people if named.type == "Person" else voice_words().bodies
    of = analysis.document.lowers(Range(phrase.range.last, phrase.range.last + 1))
    near = first - 1 == phrase.range.last or of[0] in grammar().prepositions
    actor = named.type == "Person" or named.type in BODIES
    return Phrase(named.range, (named,), named.range.last - 1) if actor and near and head in fits else None


def _before_rank(analysis: Analysis, edge: int, first: int) -> int:
    """ "the army chief, General X": where the rank begins, or the name."""
    index = first
    while index > max(edge, first - _LONGEST_RANK) and analysis.document.tokens[index - 1].text[0].isupper():
        index -= 1
    return index if analysis.document.tokens[index - 1].text == "," else first


def apposed(analysis: Analysis, phrase: Phrase, within: Range, articles: set[str]) -> Phrase | None:
    """ "…," Timothy Ash, a researcher in London said: no comma closes the apposition."""
    tokens, first = analysis.document.tokens, phrase.range.first
    if first - 1 > within.first and tokens[first - 1].lower in grammar().adverbs:
        first -= 1  # "now the leader"
    if phrase.references or first - 2 < within.first or tokens[first - 1].text != ",":
        return None
    person = analysis.references.at(first - 2)
    article = tokens[phrase.range.first].lower in articles
    if person is not None and person.range.first == within.first:
        article = article or tokens[phrase.head].lower in voice_words().people
    opens = "the" in articles or (
        person is not None
        and (
            analysis.introduction_of(person) == within.first
            or tokens[person.range.first - 1].text in {","} | QUOTES
        )
    )
    if not opens:
        return None  # "…, spokesman X, an official told": two people
    if person is None or person.type != "Person" or not article:
        return None
    return Phrase(person.range, (person,), person.range.last - 1)
