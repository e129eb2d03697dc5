"""What the words of a capitalised run tell by themselves: where names begin and end, and of what kind."""

from collections.abc import Iterator

from kg.reading.names.capitals import runs
from kg.reading.names.kinds import Part, is_acronym, is_foreign, kind_by_head, trimmed
from kg.reading.names.references import References
from kg.reading.names.stretches import Stretches
from kg.reading.names.unlisted import Unlisted
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary


class Shapes:
    """Cuts the runs of one document into parts."""

    def __init__(
        self, document: Document, listed: References, titles: dict[int, int], polite: set[int]
    ) -> None:
        self.document, self.listed, self.polite = document, listed, polite
        self.titled = {index for first, last in titles.items() for index in range(first, last)}
        self.title_ends = set(titles.values())
        self.stretches = Stretches(document, listed, self.titled)
        self.unlisted = Unlisted(document, listed, polite)

    def parts(self, sentence: Range) -> Iterator[Part]:
        """The parts of one sentence, in order."""
        taken = sentence.first
        for run in runs(self.document, sentence):
            if run.last <= taken:
                continue
            whole = self.stretches.around(run, sentence)
            taken = whole.last
            if not self._all_listed(whole):
                yield from self._cut(whole, sentence)

    def _cut(self, whole: Range, sentence: Range) -> Iterator[Part]:
        """At the titles that stand between names; those of "Office of the Spokesperson" belong to it."""
        if self.titled.isdisjoint(range(whole.first, whole.last)):
            yield from self._named(trimmed(self.document, whole), sentence)
            return
        first = whole.first
        kept = self.document.tokens[whole.first].lower == "office"
        for index in range(whole.first, whole.last + 1):
            if index == whole.last or (index in self.titled and not kept):
                yield from self._named(trimmed(self.document, Range(first, index)), sentence)
                first = index + 1

    def _named(self, part: Range, sentence: Range) -> Iterator[Part]:
        """The names in a stretch without titles."""
        if not part:
            return
        titled = part.first in self.title_ends
        head = None if self._addressed(part) else self._head(part)
        if head:
            index, kind = head
            known = self.listed.at(index)
            if (
                known
                and known.range.first <= part.first
                and known.range.last >= index + 1
                and not (self._is_linked(part, index) and known.range.last < part.last)
            ):
                yield from self._named(trimmed(self.document, Range(known.range.last, part.last)), sentence)
                return
            last = part.last if self._is_linked(part, index) else index + 1
            first = self._opening(part, sentence) if kind else part.first
            if kind == "-" and is_acronym(self.document, Range(first, first + 1)):
                yield from self.unlisted.between_listed(Range(first, index), sentence, titled)
            elif self._is_label(Range(first, last), sentence):
                return
            elif last - first > 1 and not self._all_listed(Range(first, last)):
                whole = Range(first, last)
                yield Part(whole, "-" if kind == "Place" and self._is_share(whole) else kind)
                yield from self._named(trimmed(self.document, Range(last, part.last)), sentence)
                return
        yield from self.unlisted.between_listed(part, sentence, titled)

    def _addressed(self, part: Range) -> bool:
        """ "Mr. Robert Book": a given name behind an honorific, whatever the surname means."""
        given = self.document.tokens[part.first].lower in name_table().given.all
        return part.first in self.polite and given

    def _is_share(self, part: Range) -> bool:
        """ "Member States", "Focus Areas": ordinary words of which no place is made."""
        head = self.document.tokens[part.last - 1].lower
        plain = all(is_ordinary(t.lower) for t in self.document.tokens[part.first : part.last])
        return plain and head in {"states", "areas", "area", "state"}

    def _is_label(self, part: Range, sentence: Range) -> bool:
        """ "Updated News:", "Latest World": ordinary words that open a line, the last one of the press."""
        tokens = self.document.tokens
        corridor = tokens[part.last - 1].lower == "corridor"
        press = corridor or tokens[part.last - 1].lower in name_table().bodies.media
        opens = corridor or part.first == sentence.first
        return press and opens and not is_foreign(self.document, part) and not any(self.listed.within(part))

    def _all_listed(self, part: Range) -> bool:
        known = self.listed.at(part.first)
        return known is not None and known.range.last >= part.last

    def _is_linked(self, part: Range, head: int) -> bool:
        return any(t.lower in name_table().bodies.links for t in self.document.tokens[head + 1 : part.last])

    def _opening(self, part: Range, sentence: Range) -> int:
        """Without a word that only opens the sentence: "Yesterday Parliament", "When Congress"."""
        token = self.document.tokens[part.first]
        loose = token.lower in grammar().adverbs or token.lower.endswith("ing") or token.lower.endswith("ly")
        return part.first + 1 if part.first == sentence.first and loose else part.first

    def _head(self, part: Range) -> tuple[int, str] | None:
        """The word that tells what a stretch of two or more names, and the kind; "-" for no name."""
        tokens = self.document.tokens
        if part.last - part.first == 1 and not tokens[part.first].text.isdigit():
            return None
        if tokens[part.first].lower in name_table().other.ahead and part.last - part.first > 1:
            return part.last - 1, "-"
        linked = next(
            (i for i in range(part.first + 1, part.last) if tokens[i].lower in name_table().bodies.links),
            None,
        )
        if tokens[part.last - 1].text.isdigit() and tokens[part.last - 2].lower in name_table().bodies.media:
            return part.last - 1, "Organisation"
        if linked and (kind := kind_by_head(tokens[linked - 1].lower)):
            return linked - 1, kind
        for index in range(part.last - 1, part.first, -1):
            if kind := kind_by_head(tokens[index].lower):
                listed = self.listed.at(index)
                if listed is None or listed.range.first >= part.first:
                    return index, kind
        ahead = tokens[part.first].lower in name_table().places.ahead
        foreign = ahead and not is_ordinary(tokens[part.first].lower)  # "Tal Afar", whatever Afar is
        fresh = (self._fresh(i) for i in range(part.first, min(part.last, part.first + 2)))
        if (foreign and self._fresh(part.first)) or (ahead and all(fresh)):
            return (part.last - 1, "Place") if part.last - part.first > 1 else None
        return None

    def _fresh(self, index: int) -> bool:
        """A word that is neither listed nor that of a people or belief."""
        return (
            self.listed.at(index) is None
            and self.document.tokens[index].lower not in name_table().other.nobody
        )
