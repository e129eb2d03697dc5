"""A text as tokens, with offsets into its untouched characters."""

from dataclasses import dataclass
from functools import cache

from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex


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
    """spaCy's English tokenizer, which also splits `U.S.-led` at the hyphen.

    It has no pattern for addresses, which would keep `U.S.-led` whole.
    """
    nlp = English()
    words = nlp.Defaults
    return Tokenizer(
        nlp.vocab,
        rules=words.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(words.prefixes or ()).search,
        suffix_search=compile_suffix_regex(words.suffixes or ()).search,
        infix_finditer=compile_infix_regex([*(words.infixes or ()), r"(?<=\.)-(?=[a-z])"]).finditer,
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; white space is not a token."""
    words = (t for t in _tokenizer()(text) if not t.is_space)
    return tuple(Token(i, t.idx, t.idx + len(t.text), t.text, t.lower_) for i, t in enumerate(words))
