"""A text as tokens, with offsets into its untouched characters."""

import itertools
import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.reading.text.runs import NO_ADDRESS, OWN_INFIXES, OWN_PREFIXES, OWN_SUFFIXES, words_of
from kg.reading.words.remembered import Remembered

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_RUN = re.compile(r"\s{1,400}|\S{1,400}")  # spaCy takes quadratic time for longer ones
_Cut = tuple[tuple[int, int, str, str], ...]


class Token(NamedTuple):
    """One word or mark: characters [start, end) of the text."""

    index: int  # type: ignore[assignment]  # a tuple has a method of this name, which nobody needs here
    start: int
    end: int
    text: str
    lower: str


@dataclass(slots=True, unsafe_hash=True)
class Range:
    """Tokens [first, last) of a document.

    Thousands are made for each text, and a frozen dataclass takes more than twice as long to make: it is the
    type checker that keeps these as they are.
    """

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
    # As Token(…) does it, but for the call of a function for each of many thousand tokens.
    made, tokens = partial(tuple.__new__, Token), list[Token]()
    runs = _RUN.findall(text)
    for run, behind in zip(runs, itertools.accumulate(map(len, runs)), strict=True):
        for start, end, word, lower in _WORDS[run]:
            tokens.append(made((len(tokens), behind + start, behind + end, word, lower)))
    return tuple(tokens)


def words_in(text: str) -> list[tuple[str, str]]:
    """The tokens of a short text, such as a name, as they stand and in lower case."""
    return [(word, lower) for run in _RUN.findall(text) for _, _, word, lower in _WORDS[run]]


def _cut(run: str) -> _Cut:
    """The tokens of characters without a space between them, with their offsets from the run's end."""
    if run.isspace():
        return ()
    words = _with_marks(run, words_of(run) or [token.text for token in spacy_tokenizer()(run)])
    ends = [end - len(run) for end in itertools.accumulate(map(len, words))]
    return tuple((end - len(word), end, word, word.lower()) for word, end in zip(words, ends, strict=True))


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
