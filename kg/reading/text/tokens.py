"""A text as tokens, with offsets into its untouched characters."""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import TYPE_CHECKING, Final

from kg.reading.text.runs import NO_ADDRESS, OWN_INFIXES, OWN_PREFIXES, OWN_SUFFIXES, words_of
from kg.reading.words.remembered import Remembered

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_RUN = re.compile(r"\S{1,400}\s*")  # spaCy takes quadratic time for longer ones
_Cut = tuple[tuple[int, int, str, str], ...]


@dataclass(slots=True, unsafe_hash=True)
class Token:
    """One word or mark: characters [start, end) of the text.

    Thousands are made for each text, and a frozen dataclass takes more than twice as long to make: it is the
    type checker that keeps these as they are. What has slots is quicker to ask than a tuple with names.
    """

    index: Final[int]
    start: Final[int]
    end: Final[int]
    text: Final[str]
    lower: Final[str]


@dataclass(slots=True, unsafe_hash=True)
class Range:
    """Tokens [first, last) of a document; not frozen for the same reason."""

    first: Final[int]
    last: Final[int]

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
    cut = list(itertools.chain.from_iterable(map(_WORDS.__getitem__, _RUN.findall(text))))
    steps, lengths, words, lowers = zip(*cut, strict=True) if cut else ((),) * 4
    starts = list(itertools.accumulate(steps, initial=len(text) - len(text.lstrip())))
    return tuple(map(Token, itertools.count(), starts, map(add, starts, lengths), words, lowers))


def words_in(text: str) -> list[tuple[str, str]]:
    """The tokens of a short text, such as a name, as they stand and in lower case."""
    return [(word, lower) for run in _RUN.findall(text) for _, _, word, lower in _WORDS[run]]


def _cut(run: str) -> _Cut:
    """The tokens of characters without a space between them: how far on the next begins, length, words."""
    bare = run.rstrip()
    words = _with_marks(bare, words_of(bare) or [token.text for token in spacy_tokenizer()(bare)])
    lengths = [len(word) for word in words]
    steps = [*lengths[:-1], lengths[-1] + len(run) - len(bare)]
    return tuple(zip(steps, lengths, words, map(str.lower, words), strict=True))


def _with_marks(run: str, words: list[str]) -> list[str]:
    """The quotation mark of two backquotes that spaCy cuts in two: ``Peace now''."""
    if "``" not in run:
        return words
    joined: list[str] = []
    for word in words:
        if word == "`" and joined[-1:] == ["`"]:
            joined[-1] = "``"
        else:
            joined.append(word)
    return joined


# spaCy splits each run by itself too, so it need not see the text: most runs come again and again.
_WORDS = Remembered(_cut)
