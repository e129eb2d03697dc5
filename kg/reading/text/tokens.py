"""A text as tokens, with offsets into its untouched characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_RUN = re.compile(r"\S+")
_LONGEST_RUN = 400  # characters; spaCy takes quadratic time for longer ones
_REMEMBERED = 50_000  # runs


class Token(NamedTuple):
    """One word or mark: characters [start, end) of the text."""

    index: int  # type: ignore[assignment]  # a tuple has a method of this name, which nobody needs here
    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Range:
    """Tokens [first, last) of a document."""

    first: int
    last: int

    def __contains__(self, index: int) -> bool:
        return self.first <= index < self.last

    def __bool__(self) -> bool:
        return self.first < self.last


_SLASHES = (r"(?<=[A-Za-z])/", r"(?<=/)\.")  # "/TASS/."
_ADDRESS = r"(?!(?:Az|Am|Ge|Ru|Ua|Tr|Ir|Kz|Com|Net|Org|Info|News|Tv|Media)\b)"


def _infixes() -> Iterator[str]:
    """spaCy's own, but that "Caliber.Az" stays whole as no full stop between two sentences does."""
    for infix in English.Defaults.infixes or ():
        yield infix.replace(r"\.(?=[", rf"\.{_ADDRESS}(?=[", 1) if infix.startswith("(?<=[a-z") else infix


@cache
def _tokenizer() -> Tokenizer:
    """spaCy's English tokenizer, which also splits `U.S.-led` and `EU- and` at the hyphen.

    It has no pattern for addresses, which would keep `U.S.-led` whole.
    """
    nlp = English()
    words = nlp.Defaults
    return Tokenizer(
        nlp.vocab,
        rules=words.tokenizer_exceptions,
        prefix_search=compile_prefix_regex([*(words.prefixes or ()), "/"]).search,
        suffix_search=compile_suffix_regex([*(words.suffixes or ()), r"(?<=[A-Za-z.])-", *_SLASHES]).search,
        infix_finditer=compile_infix_regex([*_infixes(), r"(?<=\.)-(?=[A-Za-z])"]).finditer,
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; white space is not a token."""
    tokens: list[Token] = []
    for run in _RUN.finditer(text):
        at = run.start()
        for start, end, word, lower in _words(run.group()):
            tokens.append(Token(len(tokens), at + start, at + end, word, lower))
    return tuple(tokens)


@lru_cache(maxsize=_REMEMBERED)
def _words(run: str) -> tuple[tuple[int, int, str, str], ...]:
    """The tokens of characters without a space between them, with their offsets.

    spaCy splits each such run by itself too, so it need not see the text: most runs come again and again.
    """
    found = (_tokenizer()(run[i : i + _LONGEST_RUN]) for i in range(0, len(run), _LONGEST_RUN))
    words = ((n * _LONGEST_RUN + t.idx, t.text, t.lower_) for n, doc in enumerate(found) for t in doc)
    return tuple((start, start + len(word), word, lower) for start, word, lower in words)
