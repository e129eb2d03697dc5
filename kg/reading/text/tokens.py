"""A text as tokens, with offsets into its untouched characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_LONGEST_RUN = 400  # characters without a space
_ENDLESS = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: characters [start, end) of the text."""

    index: int
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
        prefix_search=compile_prefix_regex(words.prefixes or ()).search,
        suffix_search=compile_suffix_regex([*(words.suffixes or ()), r"(?<=[A-Za-z.])-"]).search,
        infix_finditer=compile_infix_regex([*(words.infixes or ()), r"(?<=\.)-(?=[a-z])"]).finditer,
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; white space is not a token."""
    words = (
        (start + t.idx, t) for start, piece in _pieces(text) for t in _tokenizer()(piece) if not t.is_space
    )
    return tuple(Token(i, start, start + len(t.text), t.text, t.lower_) for i, (start, t) in enumerate(words))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text, cut inside what is longer than any word or address; spaCy takes quadratic time for such."""
    first = 0
    for run in _ENDLESS.finditer(text):
        for cut in range(run.start() + _LONGEST_RUN, run.end(), _LONGEST_RUN):
            yield first, text[first:cut]
            first = cut
    yield first, text[first:]
