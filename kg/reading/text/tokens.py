"""A text as tokens, with offsets into its untouched characters."""

import itertools
import re
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from kg.reading.text.runs import NO_ADDRESS, OWN_INFIXES, OWN_PREFIXES, OWN_SUFFIXES, words_of

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_RUN = re.compile(r"\S{1,400}")  # spaCy takes quadratic time for longer ones
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


@cache
def spacy_tokenizer() -> "Tokenizer":
    """spaCy's English tokenizer with our rules, and without its own for addresses."""
    # Loaded only for a run that needs it.
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    nlp = English()
    words = nlp.Defaults
    infixes = [
        infix.replace(r"\.(?=[", rf"\.{NO_ADDRESS}(?=[", 1) if infix.startswith("(?<=[a-z") else infix
        for infix in words.infixes or ()
    ]
    return Tokenizer(
        nlp.vocab,
        rules=words.tokenizer_exceptions,
        prefix_search=compile_prefix_regex([*(words.prefixes or ()), *OWN_PREFIXES]).search,
        suffix_search=compile_suffix_regex([*(words.suffixes or ()), *OWN_SUFFIXES]).search,
        infix_finditer=compile_infix_regex([*infixes, *OWN_INFIXES]).finditer,
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; white space is not a token."""
    # As Token(…) does it, but for the call of a function for each of many thousand tokens.
    made, tokens = partial(tuple.__new__, Token), list[Token]()
    for run in _RUN.finditer(text):
        at = run.start()
        for start, end, word, lower in _words(run[0]):
            tokens.append(made((len(tokens), at + start, at + end, word, lower)))
    return tuple(tokens)


@lru_cache(maxsize=_REMEMBERED)
def _words(run: str) -> tuple[tuple[int, int, str, str], ...]:
    """The tokens of characters without a space between them, with their offsets.

    spaCy splits each such run by itself too, so it need not see the text: most runs come again and again.
    """
    words = words_of(run) or [token.text for token in spacy_tokenizer()(run)]
    ends = [*itertools.accumulate(map(len, words))]
    return tuple((end - len(word), end, word, word.lower()) for word, end in zip(words, ends, strict=True))
