"""A text cut into tokens, sentences, paragraphs and quotations."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from kg.model import Span
from kg.reading.text.furniture import is_furniture
from kg.reading.text.marks import CLOSING_DOUBLE, OPENING_DOUBLE, QUOTES, SINGLE_QUOTES
from kg.reading.text.quotations import find_quotes
from kg.reading.text.sentences import find_paragraphs, find_sentences
from kg.reading.text.tokens import Range, Token, tokenize

# Words that, in capitals and in brackets behind a name, are short for it.
_SHORT = re.compile(r"\((IS|AS|IT|OR|AM|SO|AN|BE|DO|NO|ON|IN|TO|AT|BY|IF|UP)\)")
_NOT_OPENING = SINGLE_QUOTES | CLOSING_DOUBLE
_NOT_CLOSING = SINGLE_QUOTES | OPENING_DOUBLE


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
        return " ".join(self.text[self.tokens[part.first].start : self.tokens[part.last - 1].end].split())

    def lowers(self, part: Range) -> list[str]:
        """The lower-cased tokens of a range."""
        return self._lowered[part.first : part.last]

    def positions(self, words: Set[str], within: Range | None = None) -> Sequence[int]:
        """The tokens (of a range) that are one of these lower-case words, in order: where a rule begins.

        A rule goes through `for index in document.positions(noun_table().talks.agreements)`, not through all
        tokens with a question at each: then it costs what its own words cost, however many rules there are.
        Words of several tokens ("cease-fire") are looked for by one of them, the rarest.
        """
        asked = frozenset(words)  # a frozen set is taken as it is, and remembers its hash
        found = self._found.get(asked)
        if found is None:
            hits = [self._index[word] for word in asked & self.vocabulary]
            found = hits[0] if len(hits) == 1 else sorted(itertools.chain.from_iterable(hits))
            self._found[asked] = found
        if within is None or not found:
            return found
        return found[bisect_left(found, within.first) : bisect_left(found, within.last)]

    def sentences_with(self, words: frozenset[str]) -> frozenset[int]:
        """The first tokens of the sentences that hold one of these words: others need no rule about them."""
        found = self._sentences.get(words)
        if found is None:
            found = frozenset(self.sentence(index).first for index in self.positions(words))
            self._sentences[words] = found
        return found

    @cached_property
    def _sentences(self) -> dict[frozenset[str], frozenset[int]]:
        return {}

    @cached_property
    def _found(self) -> dict[frozenset[str], list[int]]:
        """The tokens of each set of words that has been asked for: rules ask sentence by sentence."""
        return {}

    def raised(self, part: Range) -> list[int]:
        """The tokens of a range that begin with a capital letter, in order."""
        found = self._raised
        return found[bisect_left(found, part.first) : bisect_left(found, part.last)]

    @cached_property
    def written(self) -> list[str]:
        """The tokens as they stand."""
        return [token.text for token in self.tokens]

    @cached_property
    def starts(self) -> list[int]:
        """The character with which each token begins."""
        return [token.start for token in self.tokens]

    @cached_property
    def _raised(self) -> list[int]:
        return [index for index, word in enumerate(self.written) if word[0].isupper()]

    @cached_property
    def _lowered(self) -> list[str]:
        return [token.lower for token in self.tokens]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self._lowered):
            found[word].append(index)
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The lower-cased words of the text."""
        return frozenset(self._index)

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.first for quote in self.quotes]

    def sentence(self, index: int) -> Range:
        """The sentence that a token stands in."""
        return self._sentence_of[index]

    def sentence_number(self, index: int) -> int:
        """The number of the sentence that a token stands in, from 0."""
        return self._sentence_at[index]

    @cached_property
    def _sentence_of(self) -> list[Range]:
        return list(map(self.sentences.__getitem__, self._sentence_at))

    @cached_property
    def _sentence_at(self) -> list[int]:
        """For each token the number of its sentence; the last one goes on behind its end."""
        lengths = (part.last - part.first for part in self.sentences)
        numbers = itertools.starmap(itertools.repeat, enumerate(lengths))
        return [*itertools.chain.from_iterable(numbers), len(self.sentences) - 1]

    @cached_property
    def quote_marks(self) -> frozenset[int]:
        """The tokens that open or close a quotation, of whatever style."""
        edges = {edge for quote in self.quotes for edge in (quote.first - 1, quote.last)}
        return frozenset(i for i in edges if 0 <= i < len(self.tokens) and self.tokens[i].text in QUOTES)

    def opens_quote(self, part: Range) -> bool:
        """Whether a quotation begins in a range."""
        starts = self._quote_starts
        return bisect_left(starts, part.first) < bisect_left(starts, part.last)

    def quotes_in(self, part: Range) -> tuple[Range, ...]:
        """The quotations that have a token in a range or end right before it."""
        starts = self._quote_starts
        first = max(0, bisect_right(starts, part.first) - 1)
        near = self.quotes[first : bisect_left(starts, part.last)]
        return near[1:] if near and near[0].last < part.first else near

    @cached_property
    def _furniture(self) -> frozenset[int]:
        """The numbers of the paragraphs that belong to the page around the text."""
        numbered = enumerate(self.paragraphs)
        return frozenset(n for n, part in numbered if is_furniture(self.text, self.tokens, part))

    def is_furniture(self, index: int) -> bool:
        """Whether a token belongs to the page around the text: "Read more: …", "1.2k shares"."""
        return bool(self._furniture) and self.paragraph_number(index) in self._furniture

    @cached_property
    def prose(self) -> tuple[Range, ...]:
        """The sentences that belong to the text itself."""
        return tuple(s for s in self.sentences if not self.is_furniture(s.first))

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.first for paragraph in self.paragraphs]

    def paragraph_number(self, index: int) -> int:
        """The number of the paragraph that a token stands in, from 0."""
        return bisect_right(self._paragraph_starts, index) - 1

    def quote_around(self, index: int) -> Range | None:
        """The quotation that a token stands in."""
        return self._quote_at.get(index)

    def quoted(self, part: Range) -> int:
        """How many tokens of a range stand in quotations."""
        first = max(0, bisect_right(self._quote_starts, part.first) - 1)
        near = itertools.takewhile(lambda quote: quote.first < part.last, self.quotes[first:])
        return sum(max(0, min(quote.last, part.last) - max(quote.first, part.first)) for quote in near)

    @cached_property
    def _quote_at(self) -> dict[int, Range]:
        return {index: quote for quote in self.quotes for index in range(quote.first, quote.last)}


def read_document(text: str) -> Document:
    """Cut a text into tokens, paragraphs, sentences and quotations; linear in its length."""
    tokens = tokenize(text)
    paragraphs = tuple(find_paragraphs(text, tokens))
    quotes = tuple(find_quotes(text, tokens, paragraphs))
    tokens = _with_short_names(text, _told_apart(tokens, quotes, paragraphs))
    sentences = tuple(s for paragraph in paragraphs for s in find_sentences(tokens, paragraph))
    return Document(text, tokens, paragraphs, sentences, quotes)


def _told_apart(
    tokens: tuple[Token, ...], quotes: tuple[Range, ...], paragraphs: tuple[Range, ...]
) -> tuple[Token, ...]:
    """Marks that do not show which way they are, as ones that do: single, reversed, glued to words."""
    ends = {len(tokens), *(paragraph.first for paragraph in paragraphs)}
    told = {i: "“" for q in quotes if _is_unclear(tokens, i := q.first - 1, _NOT_OPENING)}
    told |= {i: "”" for q in quotes if (i := q.last) not in ends and _is_unclear(tokens, i, _NOT_CLOSING)}
    if not told:
        return tokens
    return tuple(
        replace(t, text=told[t.index], lower=told[t.index]) if t.index in told else t for t in tokens
    )


def _is_unclear(tokens: tuple[Token, ...], index: int, reversed_marks: frozenset[str]) -> bool:
    """Whether a mark is of the other way, or a straight one without a space on either side."""
    if index < 0 or tokens[index].text in reversed_marks:
        return index >= 0
    glued = 0 < index < len(tokens) - 1 and tokens[index - 1].end == tokens[index].start
    return tokens[index].text == '"' and glued and tokens[index].end == tokens[index + 1].start


def _with_short_names(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Words in capitals that are short for a name in this text, "Islamic State (IS)", are no "is" or "as"."""
    short = set(_SHORT.findall(text)) | ({"IS"} if "Islamic State" in text else set())
    if not short:
        return tokens
    named = {t.index for t in tokens if t.text in short and not _shouted(tokens, t.index)}
    return tuple(replace(t, lower=t.text) if t.index in named else t for t in tokens)


def _shouted(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the words beside a token are in capitals as well: "THE WAR IS OVER"."""
    beside = (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    return any(len(token.text) > 2 and token.text.isupper() for token in beside)
