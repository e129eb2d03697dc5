"""What stands between quotation marks, paragraph by paragraph, also where marks are mixed up or missing."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from kg.reading.text.marks import CLOSING_DOUBLE, DOUBLE_QUOTES, OPENING_DOUBLE, SINGLE_QUOTES
from kg.reading.text.tokens import Range, Token

_MARKS = DOUBLE_QUOTES | SINGLE_QUOTES
_LOOSE_BEFORE = frozenset("([{—–/")  # as good as a space before an opening mark
_LOOSE_AFTER = frozenset(".,;:?!)]}…—–")  # as good as a space behind a closing mark
_TERMINALS = frozenset({".", "?", "!", "…", "..."})
_PAUSES = frozenset({",", "?", "!"})  # before a mark that closes what somebody says: "…," X said
_LEADING = frozenset({",", ":"})
_LONGEST_OPEN = 150  # tokens of a quotation that is never closed
_PAIR = 2


def find_quotes(text: str, tokens: tuple[Token, ...], paragraphs: tuple[Range, ...]) -> list[Range]:
    """Quotations in order, each within its paragraph; a mark of any style closes what any other opens."""
    marks = [token for token in tokens if token.text in _MARKS]
    places = [token.index for token in marks]
    found: list[Range] = []
    open_ended = False  # whether the paragraph before ends in a quotation that nothing closes
    for part in paragraphs:
        near = marks[bisect_left(places, part.first) : bisect_left(places, part.last)]
        scan = _Paragraph(text, tokens, near, part, open_ended)
        if near:
            found += scan.quotes()
        open_ended = bool(near) and scan.open_ended
    return found


@dataclass
class _Paragraph:
    """The marks of one paragraph, gone through once."""

    text: str
    tokens: Sequence[Token]
    marks: list[Token]
    part: Range
    open_ended: bool  # before: what the paragraph before left open; after: what this one does

    def quotes(self) -> list[Range]:
        """The quotations of the paragraph; one that is never closed runs to its end."""
        found: list[Range] = []
        opened: Token | None = None
        goes_on, self.open_ended = self.open_ended, False
        inner = 0
        for number, token in enumerate(self.marks):
            if opened is None:
                if self._opens(number):
                    opened, inner = token, 0
                elif (first := self._lost_opening(number, goes_on)) is not None:
                    found.append(Range(first, token.index))
            elif opened.text in SINGLE_QUOTES:
                if _closes_single(self.text, opened, token):
                    found.append(Range(opened.index + 1, token.index))
                    opened = None
            elif token.text in SINGLE_QUOTES:
                continue
            elif self._way(token) != "open" or self._misplaced(token):
                if inner:
                    inner -= 1
                    continue
                found.append(Range(opened.index + 1, token.index))
                opened = None
            elif self._nests(number):
                inner += 1
            elif self._behind(token, _TERMINALS) or not self._behind(opened, _TERMINALS | _LEADING):
                # The quotation before was never closed, or never was one.
                last = self._end_unclosed(opened, token.index)
                if last is not None:
                    found.append(Range(opened.index + 1, last))
                opened, inner = token, 0
        if opened is not None and opened.text not in SINGLE_QUOTES:
            found.append(Range(opened.index + 1, self._end_open(opened)))
            self.open_ended = found[-1].last == self.part.last
        return [quote for quote in found if quote]

    def _way(self, token: Token) -> str:
        """Whether a double mark opens or closes, by what is beside it, then by its form, or ""."""
        before = self.text[token.start - 1 : token.start]
        after = self.text[token.end : token.end + 1]
        loose_before = not before or before.isspace() or before in _LOOSE_BEFORE
        loose_after = not after or after.isspace() or after in _LOOSE_AFTER
        if loose_before != loose_after:
            return "open" if loose_before else "close"
        if token.text in OPENING_DOUBLE:
            return "open"
        return "close" if token.text in CLOSING_DOUBLE else ""

    def _opens(self, number: int) -> bool:
        token = self.marks[number]
        if token.text in SINGLE_QUOTES:
            return _opens_single(self.text, token) and number < self._last_closing.get(_closer(token), -1)
        return self._way(token) != "close"

    @cached_property
    def _last_closing(self) -> dict[str, int]:
        """For each style of single mark the number of the last that may close."""
        return {
            token.text: number
            for number, token in enumerate(self.marks)
            if token.text in SINGLE_QUOTES and _ends_word(self.text, token)
        }

    @cached_property
    def _first_double(self) -> int:
        """The number of the first double mark."""
        return next((i for i, token in enumerate(self.marks) if token.text in DOUBLE_QUOTES), len(self.marks))

    def _nests(self, number: int) -> bool:
        """Whether a mark that opens inside a quotation is closed there: two marks that close come next."""
        behind = (self.marks[i] for i in range(number + 1, len(self.marks)))
        following = list(islice((token for token in behind if token.text in DOUBLE_QUOTES), _PAIR))
        return len(following) == _PAIR and all(self._way(token) == "close" for token in following)

    def _misplaced(self, token: Token) -> bool:
        """`"We go, "she said`: a mark that closes, glued to the wrong word."""
        pause = self.tokens[token.index - 1].text in _PAUSES
        return pause and self.text[token.end : token.end + 1].islower()

    def _behind(self, token: Token, words: frozenset[str]) -> bool:
        """Whether what a mark opens stands behind one of these, or opens the paragraph."""
        before = token.index - 1
        while before >= self.part.first and self.tokens[before].text in _MARKS:
            before -= 1
        return before < self.part.first or self.tokens[before].text in words

    def _end_unclosed(self, opened: Token, index: int) -> int | None:
        """Where a quotation ends that another mark opens after: at a single mark, or its last full stop."""
        within = range(index - 1, opened.index, -1)
        pauses = _PAUSES | _TERMINALS
        single = (i for i in within if self._text(i) in {"’", "'"} and self._text(i - 1) in pauses)
        stops = (i + 1 for i in within if self._text(i) in _TERMINALS)
        return next(single, None) or next(stops, None)

    def _text(self, index: int) -> str:
        return self.tokens[index].text

    def _end_open(self, opened: Token) -> int:
        """The end of the paragraph; the end of a sentence in one far too long to be quoted whole."""
        if self.part.last - opened.index <= _LONGEST_OPEN:
            return self.part.last
        stops = (i for i in range(opened.index + 1, self.part.last) if self.tokens[i].text in _TERMINALS)
        return next(stops, self.part.last - 1) + 1

    def _lost_opening(self, number: int, goes_on: bool) -> int | None:
        """Where a quotation begins whose opening mark is not written; None where this closes none."""
        token = self.marks[number]
        before = self.tokens[token.index - 1].text if token.index > self.part.first else ""
        if token.text in SINGLE_QUOTES or self._way(token) != "close":
            return None
        if goes_on and number <= self._first_double and before in _TERMINALS | _PAUSES:
            return self.part.first  # a paragraph in the middle of what somebody says
        if before not in _PAUSES:
            return None
        first = token.index - 1
        bounds = _TERMINALS | DOUBLE_QUOTES | {":"}
        while first > self.part.first and self.tokens[first - 1].text not in bounds:
            first -= 1
        return first


def _opens_single(text: str, token: Token) -> bool:
    """A single mark before a word, and behind none: no apostrophe, and no "'90s"."""
    before = text[token.start - 1 : token.start]
    after = text[token.end : token.end + 1]
    return (not before or before.isspace() or before in "([—–") and after.isalpha() and token.text != "’"


def _closes_single(text: str, opened: Token, token: Token) -> bool:
    """A single mark of the same style behind which no word goes on."""
    return token.text == _closer(opened) and _ends_word(text, token)


def _closer(opened: Token) -> str:
    return "’" if opened.text == "‘" else "'"


def _ends_word(text: str, token: Token) -> bool:
    return not text[token.end : token.end + 1].isalnum()
