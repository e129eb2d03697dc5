"""What stands between a subject and its verb: dates, insertions in commas or dashes, and relative clauses."""

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.text.marks import CLOSING_QUOTES, DASHES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

_DAYS = (["same", "day"], ["next", "day"], ["following", "day"])
_INSERTING = DASHES | {","}
_ENDS = CLOSING_QUOTES | {";", ":"}
_WHO = frozenset({"who", "which"})
_RELATIVES = _WHO | {"whose"}
_LONGEST_RANK = 3  # words before a name
_LONGEST_RELATIVE = 45  # tokens from a name to the verb behind its relative clause


def before_times(analysis: Analysis, end: int, within: Range) -> int:
    """Step over a date: "X, 15 May told …", "X on Monday said …"."""
    first = end
    tokens = analysis.document.tokens
    while first - 1 > within.first and passed(tokens[first - 1].text):
        first -= 1
    if tokens[first - 1].text != ",":
        first = end  # "X, recently, announced", not "X recently announced"
    end = first
    if analysis.document.lowers(Range(max(within.first, end - 2), end)) in _DAYS:
        first = end - 2
    while first - 1 > within.first and first - 1 in analysis.time_tokens:
        first -= 1
    if first < end and first - 1 > within.first and tokens[first - 1].text == ",":
        first -= 1
    return first


def before_insertion(analysis: Analysis, end: int, within: Range) -> int:
    """Step over an insertion: "X, for his part, said", "talks – led by Y – have"."""
    tokens = analysis.document.tokens
    mark = tokens[end - 1].text if end > within.first else ""
    if mark not in _INSERTING:
        return end
    same = DASHES if mark in DASHES else {","}
    for index in range(end - 2, within.first, -1):
        if tokens[index].text in same:
            at = index + 1 + (tokens[index + 1].lower == "the")
            inserted = analysis.references.at(at)
            apposed = (
                inserted and inserted.type not in {"Place", "State"} and inserted.range == Range(at, end - 1)
            )
            return end - 1 if apposed or _ranked(analysis, Range(at, end - 1)) else index
        if tokens[index].text in _ENDS:
            return end
    return end


def _ranked(analysis: Analysis, part: Range) -> bool:
    """ "the army chief, General X, said": nothing but a rank and a name."""
    named = analysis.references.at(part.last - 1)
    if named is None or named.type != "Person" or not 0 < named.range.first - part.first <= _LONGEST_RANK:
        return False
    rank = analysis.document.tokens[part.first : named.range.first]
    return all(token.text[0].isupper() for token in rank)


def after_comma(analysis: Analysis, index: int) -> bool:
    """Behind a comma or a dash, or behind a quotation that a comma ends: `"…," adding`."""
    tokens = analysis.document.tokens
    dashed = (
        tokens[index - 1].text in DASHES and index > 1 and tokens[index - 2].end < tokens[index - 1].start
    )
    if dashed:
        return True
    quoted = index - 1 in analysis.document.quote_marks and index > 1
    return tokens[index - 2 if quoted else index - 1].text == ","


def described_first(analysis: Analysis, verb: Verb, within: Range) -> Reference | None:
    """ "X, whose forces hold A, B and C, attended": whom a relative clause that a comma ends describes."""
    tokens = analysis.document.tokens
    if verb.form not in {"finite", "passive"} or verb.first == 0 or tokens[verb.first - 1].text != ",":
        return None
    named = analysis.references.at(within.first)
    if (
        named is None
        or named.adjective
        or not within.first + 3 < verb.first <= within.first + _LONGEST_RELATIVE
    ):
        return None
    behind = analysis.document.lowers(Range(named.range.last, named.range.last + 2))
    return named if behind[:1] == [","] and behind[1:2] and behind[1] in _RELATIVES else None


def who_is(analysis: Analysis, part: Range) -> int | None:
    """ "X, who had breakfast with Y before visiting Z": the relative clause of a verb that tells little."""
    words = grammar()
    for index in range(part.last - 2, part.first - 1, -1):
        if analysis.document.tokens[index].lower in _WHO:
            helped = analysis.document.tokens[index + 1].lower in words.be | words.have
            return index if helped else None
    return None


def passed(word: str) -> bool:
    """Whether a word is an adverb, which may stand between a subject and its verb."""
    return word in grammar().adverbs or word.endswith("ly")
