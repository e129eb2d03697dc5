"""A text as tokens, sentences, paragraphs and quotations, all with offsets into the untouched characters."""

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

from kg.model import Span

_WRAPPED_LINE = 100  # a text with a longer line is not hard-wrapped, so each of its newlines ends a paragraph
_TERMINALS = {".", "!", "?", "…"}
_CLOSERS = {'"', "”", "’", "'", ")", "]", "»"}
_OPENERS = {'"', "“", "‘", "'", "(", "[", "«", "—", "–", "-"}
# Words that open a sentence and hardly ever follow an abbreviation inside one.
_STARTERS = {
    "the",
    "a",
    "an",
    "in",
    "on",
    "he",
    "she",
    "it",
    "they",
    "this",
    "that",
    "these",
    "both",
    "but",
    "so",
    "we",
    "i",
    "also",
    "his",
    "her",
}


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
    """spaCy's English tokenizer, which also splits `U.S.-led` at the hyphen."""
    nlp = English()
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=\.)-(?=[a-z])"]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    # `U.S.-led` would otherwise be kept whole by the pattern for abbreviations and addresses.
    nlp.tokenizer.token_match = None
    nlp.tokenizer.url_match = None
    return nlp.tokenizer


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; white space is not a token."""
    words = (t for t in _tokenizer()(text) if not t.is_space)
    return tuple(Token(i, t.idx, t.idx + len(t.text), t.text, t.lower_) for i, t in enumerate(words))


@dataclass(frozen=True)
class Document:
    """One text, cut up; every part is a range of tokens."""

    text: str
    tokens: tuple[Token, ...]
    paragraphs: tuple[Range, ...]
    sentences: tuple[Range, ...]
    quotes: tuple[Range, ...]  # the tokens between a pair of quotation marks

    def span(self, part: Range) -> Span:
        """The characters that a range of tokens covers."""
        return Span(self.tokens[part.first].start, self.tokens[part.last - 1].end)

    def words(self, part: Range) -> str:
        """The text of a range of tokens, as it stands, with line breaks as spaces."""
        span = self.span(part)
        return " ".join(self.text[span.start : span.end].split())

    def lowers(self, part: Range) -> list[str]:
        """The lower-cased tokens of a range."""
        return [token.lower for token in self.tokens[part.first : part.last]]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    def sentence(self, index: int) -> Range:
        """The sentence that a token stands in."""
        return self.sentences[self.sentence_number(index)]

    def sentence_number(self, index: int) -> int:
        """The number of the sentence that a token stands in, from 0."""
        return bisect_right(self._starts, index) - 1

    def quote_around(self, index: int) -> Range | None:
        """The quotation that a token stands in."""
        at = bisect_right([quote.first for quote in self.quotes], index) - 1
        return self.quotes[at] if at >= 0 and index in self.quotes[at] else None


def read_document(text: str) -> Document:
    """Cut a text into tokens, paragraphs, sentences and quotations; linear in its length."""
    tokens = tokenize(text)
    paragraphs = tuple(_paragraphs(text, tokens))
    quotes = tuple(quote for paragraph in paragraphs for quote in _quotes(text, tokens, paragraph))
    sentences = tuple(s for paragraph in paragraphs for s in _sentences(tokens, paragraph, quotes))
    return Document(text, tokens, paragraphs, sentences, quotes)


def _paragraphs(text: str, tokens: tuple[Token, ...]) -> list[Range]:
    wrapped = max((len(line) for line in text.splitlines()), default=0) <= _WRAPPED_LINE
    breaker = re.compile(r"\n[ \t\r]*\n" if wrapped else r"\n")
    cuts = [0]
    cuts += [
        now.index for before, now in itertools.pairwise(tokens) if breaker.search(text, before.end, now.start)
    ]
    cuts.append(len(tokens))
    return [Range(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def _sentences(tokens: tuple[Token, ...], paragraph: Range, quotes: tuple[Range, ...]) -> list[Range]:
    found, first = [], paragraph.first
    for index in range(paragraph.first, paragraph.last - 1):
        if index >= first and _ends_sentence(tokens, index):
            end = index + 1
            while (
                end < paragraph.last
                and tokens[end].text in _CLOSERS
                and tokens[end].start == tokens[end - 1].end
            ):
                end += 1
            if end < paragraph.last and _starts_sentence(tokens, end):
                found.append(Range(first, end))
                first = end
    found.append(Range(first, paragraph.last))
    return found


def _ends_sentence(tokens: tuple[Token, ...], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if token.text in _TERMINALS:
        return True
    return (
        token.text.endswith(".")
        and len(token.text) > 1
        and following.lower in _STARTERS
        and following.text[0].isupper()
    )


def _starts_sentence(tokens: tuple[Token, ...], index: int) -> bool:
    token = tokens[index]
    if token.start == tokens[index - 1].end and token.text not in _OPENERS:
        return False
    return not token.text[0].islower() and token.text not in {",", ";", ":"}


_PAIRS = {"“": "”", "«": "»", "„": "“"}


def _quotes(text: str, tokens: tuple[Token, ...], paragraph: Range) -> list[Range]:
    """Pairs of quotation marks in one paragraph; one that is never closed runs to the paragraph's end."""
    found: list[Range] = []
    opened: int | None = None
    closer = ""
    for index in range(paragraph.first, paragraph.last):
        mark = tokens[index].text
        if opened is None:
            closer = _closer(text, tokens[index])
            opened = index + 1 if closer else None
        elif mark == closer and (closer not in {"’", "'"} or _closes_single(text, tokens[index])):
            found.append(Range(opened, index))
            opened = None
    if opened is not None and closer not in {"’", "'"}:
        found.append(Range(opened, paragraph.last))
    return [quote for quote in found if quote]


def _closer(text: str, token: Token) -> str:
    """The mark that closes what this token opens, or nothing if it opens nothing."""
    if token.text == '"':
        return '"'
    if token.text in {"‘", "'"}:
        before = text[token.start - 1 : token.start]
        after = text[token.end : token.end + 1]
        opens = (not before or before.isspace() or before in "([—–") and after.isalnum()
        return ("’" if token.text == "‘" else "'") if opens else ""
    return _PAIRS.get(token.text, "")


def _closes_single(text: str, token: Token) -> bool:
    after = text[token.end : token.end + 1]
    return not after.isalnum()
