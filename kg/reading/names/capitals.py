"""Runs of capitalised words: what might be a name, before anybody asks of what."""

from collections.abc import Iterator
from functools import cache

from kg.reading.dates.words import MONTHS, WEEKDAYS
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range, Token
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table

_CALENDAR = frozenset(f"{word.lower()}{dot}" for word in (*MONTHS, *WEEKDAYS) for dot in ("", "."))
_GIVEN = frozenset({"jan", "mar"})  # given names too, unless a number stands beside them
_FINAL = frozenset({".", "”", '"', "!"})
_HEADLINE = 0.7  # share of capitalised words among those of four letters or more
_LONG = 5  # words; a line of fewer may be a name
_SHOUTED = 0.6  # share of words in capitals


@cache
def small_words() -> frozenset[str]:
    """Words that no name begins with or goes on with, however they are written."""
    return grammar().function_words | (_CALENDAR - _GIVEN)


def is_calendar(token: Token) -> bool:
    """A month or a day of the week."""
    return token.lower in _CALENDAR


def is_capital(token: Token) -> bool:
    """A capitalised word that may be part of a name."""
    return token.text[0].isupper() and token.lower not in small_words() and token.text not in {"I", "Q", "A"}


def runs(document: Document, sentence: Range) -> Iterator[Range]:
    """The longest stretches of capitalised words with the particles, hyphens and marks inside them."""
    last = sentence.first
    for index in document.raised(sentence):
        if index < last or not is_capital(document.tokens[index]) or _is_month(document, index):
            continue
        if _sided(document, index):
            continue
        last = index + 1
        while (longer := _continued(document, last, sentence.last)) > last:
            last = longer
        yield Range(index, last)


def _sided(document: Document, index: int) -> bool:
    """The second half of "pro-Kurdish": no name begins with it."""
    tokens = document.tokens
    hyphen = index > 1 and tokens[index - 1].text == "-" and tokens[index - 1].end == tokens[index].start
    return hyphen and tokens[index - 2].lower in {"pro", "anti"}


def _is_month(document: Document, index: int) -> bool:
    if document.tokens[index].lower not in _GIVEN:
        return False
    return any(token.text.isdigit() for token in document.tokens[max(0, index - 1) : index + 2])


def _continued(document: Document, index: int, end: int) -> int:
    """Where a run goes on to that has reached this token; the same index where it ends."""
    tokens = document.tokens
    if index >= end:
        return index
    token, before = tokens[index], tokens[index - 1]
    if is_capital(token) and not _breaks(document, index) and not _is_month(document, index):
        return index + 1
    if index + 1 >= end:
        return index
    following = is_capital(tokens[index + 1])
    if token.text == "-":
        return index + 2 if following and _glued(document, index) else index
    if token.lower in name_table().people.particles or token.lower in name_table().people.glued:
        return _past_particle(document, index, end)
    if token.text == "&" or (
        token.lower in grammar().possessive_marks and before.lower in name_table().bodies.possessors
    ):
        return index + 2 if following else index
    numbered = token.text.isdigit() and len(token.text) < 4 and before.lower in name_table().bodies.numbered
    return index + 1 if numbered else index


def _breaks(document: Document, index: int) -> bool:
    """Whether a line ends before this token: names in a list stand under each other."""
    text = document.text[document.tokens[index - 1].end : document.tokens[index].start]
    return "\n" in text and text.count("\n") > 1


def _glued(document: Document, index: int) -> bool:
    before, mark, after = document.tokens[index - 1 : index + 2]
    return before.end == mark.start and mark.end == after.start


def _past_particle(document: Document, index: int, end: int) -> int:
    """Behind "al-Latif", "van der Berg", "bin Salman"; the same index where no name follows."""
    tokens = document.tokens
    last = index + 1
    hyphen = last < end and tokens[last].text == "-" and tokens[last].start == tokens[index].end
    if hyphen:
        last += 1
    elif tokens[index].lower not in name_table().people.particles:
        return index
    if last >= end:
        return index
    if is_capital(tokens[last]):
        return last + 1
    if not hyphen and tokens[last].lower in name_table().people.particles:
        longer = _past_particle(document, last, end)
        return longer if longer > last else index
    return index


def _is_long(word: str) -> bool:
    """A word of four letters or more: shorter ones are small in titles too."""
    return len(word) > 3 and word[0].isalpha()


def is_headline(document: Document, sentence: Range) -> bool:
    """A line in title case or in capitals, where a capital says nothing."""
    if len(document.raised(sentence)) < _SHOUTED * _LONG:
        return False
    written = document.written[sentence.first : sentence.last]
    if written[-1] in _FINAL and not all(map(str.isupper, filter(_is_long, written))):
        return False
    words = [word for word in written if _is_long(word)]
    if len(words) < _LONG:
        return False
    opening = document.lowers(Range(sentence.first, min(sentence.first + 2, sentence.last)))
    if not name_table().other.credits.isdisjoint(opening):
        return False
    shouted = sum(map(str.isupper, words))
    raised = sum(word[0].isupper() for word in words)
    return shouted >= _SHOUTED * len(words) or raised >= _HEADLINE * len(words)
