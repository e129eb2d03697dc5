"""Where paragraphs and sentences begin and end."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range, Token
from kg.reading.words.grammar import grammar

_WRAPPED_LINE = 100  # a text with a longer line is not hard-wrapped, so each of its newlines ends a paragraph
_LINE_END = r"\n[ \t\r]*\n|(?<![A-Za-z0-9,])\n|(?<=[A-Za-z0-9,])\n(?![a-z])"
_LONGEST_DATELINE = 10  # tokens
_LONGEST_SENTENCE = 240  # tokens
_SHORT_WORD = 2  # letters
_TERMINALS = frozenset({".", "!", "?", "…"})
_CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "»"})
_OPENERS = frozenset({'"', "“", "‘", "'", "(", "[", "«", "—", "–", "-"})


def find_paragraphs(text: str, tokens: tuple[Token, ...]) -> list[Range]:
    """Paragraphs end at an empty line, or at each line's end where lines are not wrapped.

    Where only some are wrapped, a line that breaks off before a word in lower case goes on.
    """
    wrapped = max((len(line) for line in text.splitlines()), default=0) <= _WRAPPED_LINE
    breaks = re.finditer(r"\n[ \t\r]*\n" if wrapped else _LINE_END, text)
    ends = (found.end() for found in breaks)
    cuts = [0, *(bisect_left(tokens, end, key=attrgetter("start")) for end in ends), len(tokens)]
    return [Range(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def find_sentences(tokens: tuple[Token, ...], paragraph: Range) -> list[Range]:
    """The sentences of a paragraph; marks that close a quotation belong to the sentence before them."""
    first = _dateline_end(tokens, paragraph)
    found = [Range(paragraph.first, first)] if first > paragraph.first else []
    stops = [token.index for token in tokens[first : paragraph.last - 1] if token.text[-1] in _TERMINALS]
    for index in stops:
        if index < first or not _ends_sentence(tokens, index):
            continue
        end = index + 1
        while end < paragraph.last and _closes(tokens, end):
            end += 1
        if end < paragraph.last and _starts_sentence(tokens, end):
            found.append(Range(first, end))
            first = end
    found.append(Range(first, paragraph.last))
    return [piece for sentence in found for piece in _pieces(sentence)]


def _pieces(sentence: Range) -> Iterator[Range]:
    """A sentence, cut where it is longer than any that somebody wrote: rules look all over a sentence."""
    for first in range(sentence.first, sentence.last, _LONGEST_SENTENCE):
        yield Range(first, min(first + _LONGEST_SENTENCE, sentence.last))


def _dateline_end(tokens: tuple[Token, ...], paragraph: Range) -> int:
    """Behind "BOGOTA, May 18 (Reuters) –"; the paragraph's start where it opens with no dateline."""
    for index in range(paragraph.first, min(paragraph.first + _LONGEST_DATELINE, paragraph.last - 1)):
        token = tokens[index]
        apart = index > paragraph.first and token.start > tokens[index - 1].end
        if token.text in DASHES and apart and token.end < tokens[index + 1].start:
            goes_on = tokens[index + 1].text[0].islower()  # "Hamas – which …": an insertion
            return paragraph.first if goes_on else index + 1
        if token.text[0].islower():
            break
    return _agency_end(tokens, paragraph)


def _agency_end(tokens: tuple[Token, ...], paragraph: Range) -> int:
    """Behind "BAKU, October 4. /TASS/." and "Bangkok, Feb 21 (EFE).-"; else the paragraph's start."""
    last = min(paragraph.first + _LONGEST_DATELINE, paragraph.last - 1)
    for index in range(paragraph.first, last):
        text = tokens[index].text
        opened = text[0] == "/" or tokens[index - 1].text in {"/", "("}
        if opened and index > paragraph.first and text.strip("/().-").isupper():
            end = index + 1
            while (
                end < last and not tokens[end].text[0].isalnum() and tokens[end].text not in _OPENERS - DASHES
            ):
                end += 1
            closed = (
                "/" in text[1:]
                or ")" in text
                or any(mark.text[0] in "/)" for mark in tokens[index + 1 : end])
            )
            marked = any(mark.text[-1] in ".-–—" or "/" in mark.text for mark in tokens[index:end])
            return end if closed and marked and end < paragraph.last else paragraph.first
    return paragraph.first


def _closes(tokens: tuple[Token, ...], index: int) -> bool:
    return tokens[index].text in _CLOSERS and tokens[index].start == tokens[index - 1].end


def _ends_sentence(tokens: tuple[Token, ...], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if token.text in _TERMINALS:
        return token.text != "." or not _shortens(tokens, index)
    return (
        token.text.endswith(".")
        and len(token.text) > 1
        and following.lower in grammar().sentence_openers
        and following.text[0].isupper()
    )


def _shortens(tokens: tuple[Token, ...], index: int) -> bool:
    """ "Lt. Gen. X", "Rep. Y": the full stop belongs to a shortened word with a capital."""
    before = tokens[index - 1] if index else tokens[index]
    glued = before.end == tokens[index].start
    short = before.lower in grammar().abbreviations or (len(before.text) == 1 and before.text != "I")
    return glued and before.text[0].isupper() and short


def _starts_sentence(tokens: tuple[Token, ...], index: int) -> bool:
    token = tokens[index]
    if token.start == tokens[index - 1].end and token.text not in _OPENERS:
        return index > 1 and (
            _run_together(tokens[index - 2], tokens[index - 1], token) or _behind_words(tokens, index)
        )
    return not token.text[0].islower() and token.text not in {",", ";", ":"}


def _behind_words(tokens: tuple[Token, ...], index: int) -> bool:
    """`"One."Two`: a quotation that ends a sentence, and no space behind it."""
    closed = tokens[index - 1].text == "”" and tokens[index - 2].text in _TERMINALS
    return closed and tokens[index].text[0].isupper()


def _run_together(before: Token, mark: Token, token: Token) -> bool:
    """ "a long period.Kenya has": a full stop without a space, as on pages that were cut badly."""
    plain = before.text.isalpha() and before.text.islower() and len(before.text) > _SHORT_WORD
    name = token.text.isalpha() and token.text[0].isupper() and token.text[1:].islower()
    return plain and name and len(token.text) > 1 and mark.text in {".", "?"} and before.end == mark.start
