"""The first noun phrase of a stretch of words that no preposition governs, behind what says nothing of it."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.names.references import BODIES
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

EMPTY = (grammar().adverbs - {"both"}) | grammar().modals  # words that may stand before a subject
_EMPTY_MARKS = QUOTES | {",", "’", "(", "["}
_SOME = frozenset({"one", "some", "others", "many", "most", "several", "two", "three", "none", "few", "half"})
_ALONE = _SOME | {"both", "all", "each"}
_ROUGHLY = frozenset({"around", "about", "over", "under", "near"})
_UNITS = frozenset({"days", "weeks", "months", "years", "decades", "centuries", "hours", "generations"})
_NOW = frozenset({"now", "then", "today", "recently"})
_AT_THE_TIME = (["the", "time"], ["the", "moment"], ["that", "time"])


def head_phrase(analysis: Analysis, part: Range) -> Phrase | None:
    """The first noun phrase of a range that no preposition governs."""
    tokens = analysis.document.tokens
    words = grammar()
    index = part.first
    while index < part.last:
        lower = tokens[index].lower
        empty = lower in EMPTY or tokens[index].text in _EMPTY_MARKS
        empty = empty or (lower.endswith("ly") and tokens[index].text.islower())
        empty = empty or _opens_adverb(analysis, index)
        if empty or index in analysis.time_tokens:
            index += 1
        elif lower in _ROUGHLY and index + 1 < part.last and tokens[index + 1].text[0].isdigit():
            index += 1  # "around 500 families"
        elif lower in words.prepositions or lower in words.subordinators:
            index = _after_governed(analysis, index + 1, part.last)
        elif _opens_some(analysis, index, part.last):
            return some_of(analysis, index, part.last)
        elif lower in _ALONE and index + 1 == part.last:
            return Phrase(Range(index, index + 1), (), index)  # "Some said"
        else:
            return phrase_at(analysis, index, part.last)
    if part and tokens[part.first].lower in words.time_conjunctions:
        # "as X was expected": it opens a clause after all.
        return phrase_at(analysis, part.first + 1, part.last)
    return None


def _opens_adverb(analysis: Analysis, index: int) -> bool:
    """ "Finally" at the start of a sentence; no "Ganguly"."""
    token = analysis.document.tokens[index]
    manner = token.lower.endswith("ly") and grammar().is_adverb(token.lower)
    return manner and analysis.references.at(index) is None


def _opens_some(analysis: Analysis, index: int, last: int) -> bool:
    tokens = analysis.document.tokens
    return index + 2 < last and tokens[index].lower in _SOME and tokens[index + 1].lower == "of"


def some_of(analysis: Analysis, index: int, last: int) -> Phrase | None:
    """ "one of the advisers": somebody of those, whom the text does not name; None for anything else."""
    inner = phrase_at(analysis, index + 2, last) if _opens_some(analysis, index, last) else None
    if inner is None:
        return None
    whole = analysis.document.tokens[index].lower in {"most", "all", "much"} and len(inner.references) == 1
    body = inner.references if whole and inner.references[0].type in BODIES else ()  # "most of the party"
    return Phrase(Range(index, inner.range.last), body, inner.head)


def _after_governed(analysis: Analysis, index: int, last: int) -> int:
    """The end of the noun phrase, or of the time, that a preposition governs: "In 2011 Prime Minister X"."""
    end = index
    while end < last and end in analysis.time_tokens:
        end += 1
    if end > index:
        return end
    words = analysis.document.lowers(Range(index, min(index + 2, last)))
    if (
        len(words) > 1
        and words[0] in _UNITS
        and words[1].isalpha()
        and words[1] not in grammar().prepositions
    ):
        return index + 1  # "for years traders complained"
    if len(words) > 1 and words[0] in _NOW and words[1] in grammar().determiners:
        return index + 1  # "until now the minister"
    if words in _AT_THE_TIME and index + 2 < last:
        return index + 2  # "at the time X rejected"
    phrase = phrase_at(analysis, index, last) if index < last else None
    return phrase.range.last if phrase else last
