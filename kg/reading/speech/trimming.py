"""Reported words without the marks, conjunctions and empty ends that are not part of them."""

from kg.reading.analysis import Analysis
from kg.reading.text.tokens import Range

MARKS = frozenset({",", ":", ";", "."})
_BEFORE_CONTENT = MARKS | {"that"}  # "That is, …" opens a quotation


def trim(analysis: Analysis, part: Range) -> Range:
    """Without "that" and marks at the ends; a quotation mark stays if its partner is inside."""
    tokens = analysis.document.tokens
    first, last = part.first, part.last
    while first < last and tokens[first].text in _BEFORE_CONTENT:
        first += 1
    while last > first and (tokens[last - 1].text in MARKS or _closes_nothing(analysis, first, last)):
        last -= 1
    return _without_quotes(analysis, first, last) if first < last else Range(first, last)


def _closes_nothing(analysis: Analysis, first: int, last: int) -> bool:
    """A bracket at the end that opens before what is said."""
    tokens = analysis.document.tokens
    return tokens[last - 1].text == ")" and all(token.text != "(" for token in tokens[first:last])


def _without_quotes(analysis: Analysis, first: int, last: int) -> Range:
    """Without a pair of quotation marks that encloses all, or a mark whose partner is outside."""
    document = analysis.document
    opens = first in document.quote_marks
    closes = last - 1 in document.quote_marks
    several = last - first > 1
    if several and opens and closes:
        if document.quote_around(first + 1) == Range(first + 1, last - 1):
            return _without_commas(analysis, first + 1, last - 1)
    elif several and opens and document.quote_around(last - 1):
        return Range(first + 1, last)
    elif closes and first > 0 and document.quote_around(first):
        return _without_commas(analysis, first, last - 1)
    return Range(first, last)


def _without_commas(analysis: Analysis, first: int, last: int) -> Range:
    """Without the commas that stand before a closing quotation mark."""
    while last > first and analysis.document.tokens[last - 1].text == ",":
        last -= 1
    return Range(first, last)
