"""The words of a stretch that no list names: which of them are a name."""

from collections.abc import Iterator

from kg.reading.names.kinds import Part, is_code, is_foreign, trimmed
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary

_BARE = name_table().people.suffixes
_TOLD = frozenset({"told", "tells", "by", "with", "in"})


class Unlisted:
    """Finds such names in one document; before those at `polite` stands an honorific."""

    def __init__(self, document: Document, listed: References, polite: set[int]) -> None:
        self.document, self.listed, self.polite = document, listed, polite

    def between_listed(self, part: Range, sentence: Range, titled: bool) -> Iterator[Part]:
        """The words of a stretch that no list names, with a listed name that belongs to them."""
        first = part.first
        while first < part.last:
            known = self.listed.at(first)
            if known is None:
                last = next((i for i in range(first, part.last) if self.listed.at(i)), part.last)
                yield from self._unlisted(Range(first, last), part, sentence, titled)
                first = last
            else:
                last = known.range.last
                if self._begins_name(known, part):
                    yield Part(part, "Organisation" if known.type == "State" else "Person")
                    return
                first = max(last, first + 1)

    def _begins_name(self, known: Reference, part: Range) -> bool:
        """ "Kazakhstan Temir Zholy"; "Petro Halych" where a Petro is listed."""
        last = known.range.last
        if known.range.first != part.first or last >= part.last or self.listed.at(last) is not None:
            return False
        token = self.document.tokens[last]
        foreign = not is_ordinary(token.lower) and token.lower not in name_table().other.nobody
        if known.type == "State":
            more = part.last - last > 1 and token.lower not in name_table().given.all
            return foreign and not known.adjective and more and token.text.isalpha()
        alone = known.range.last - known.range.first == 1
        return known.type == "Person" and alone and foreign and token.text.isalpha() and len(token.text) > 2

    def _unlisted(self, words: Range, part: Range, sentence: Range, titled: bool) -> Iterator[Part]:
        known = self.listed.at(words.last) if words.last < part.last else None
        words = trimmed(self.document, words)
        tokens = self.document.tokens
        first = words.first
        opens = first == sentence.first
        while (
            first < words.last
            and opens
            and is_ordinary(tokens[first].lower)
            and (tokens[first].lower not in name_table().given.all or words.last - first == 1)
        ):
            first += 1
        words = trimmed(self.document, Range(self._given(first, words.last), words.last))
        if not words or (words.last - words.first == 1 and tokens[words.first].lower in _BARE):
            return
        if tokens[words.first].lower in name_table().other.shouts:
            return
        if (
            known
            and known.type == "Person"
            and known.range.last - known.range.first == 1
            and is_foreign(self.document, words)
        ):
            yield Part(Range(words.first, known.range.last), "Person", titled)
        elif is_foreign(self.document, words) or self._alone(words, sentence) or words.first in self.polite:
            if not is_code(tokens[words.first].text):
                yield Part(words, "", titled)
        elif words.last < sentence.last and tokens[words.last].text == "ministry":
            yield Part(Range(words.first, words.last + 1), "Organisation")

    def _given(self, first: int, last: int) -> int:
        """Where the given name stands, over ordinary words before it: "Minority Whip Katherine Clark"."""
        given = name_table().given.all
        for index in range(first + 1, last - 1):
            if self.document.tokens[index].lower in given:
                ordinary = all(is_ordinary(t.lower) for t in self.document.tokens[first:index])
                return index if ordinary and self.document.tokens[first].lower not in given else first
        return first

    def _alone(self, words: Range, sentence: Range) -> bool:
        """ "the Senate", "told the Nation": one ordinary word that names a body or an outlet."""
        if words.last - words.first > 1:
            return False
        tokens, index = self.document.tokens, words.first
        if tokens[index].lower in name_table().bodies.alone:
            return True
        if tokens[index].lower not in name_table().bodies.media or index < sentence.first + 2:
            return False
        return tokens[index - 1].lower == "the" and tokens[index - 2].lower in _TOLD
