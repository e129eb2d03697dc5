"""How far a name goes beyond a run of capitalised words: over "and", "of" and "for"."""

from kg.reading.names.capitals import is_capital, runs
from kg.reading.names.kinds import kind_by_head
from kg.reading.names.references import References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary


class Stretches:
    """Joins the runs of one document; `titled` are the tokens of titles."""

    def __init__(self, document: Document, listed: References, titled: set[int]) -> None:
        self.document, self.listed, self.titled = document, listed, titled

    def around(self, run: Range, sentence: Range) -> Range:
        """The run with what else of the sentence is part of its names."""
        return self._with_links(self._joined_before(run, sentence), sentence)

    def _joined_before(self, run: Range, sentence: Range) -> Range:
        """ "Hostages and Missing Families Forum": ordinary words before "and" begin the name of a body."""
        tokens, last = self.document.tokens, run.last
        if (
            last + 1 >= sentence.last
            or tokens[last].lower not in {"and", "&"}
            or not is_capital(tokens[last + 1])
        ):
            return run
        if not all(self._plain(index) for index in range(run.first, last)):
            return run
        following = next(runs(self.document, Range(last + 1, sentence.last)))
        long = following.last - following.first > 1
        body = long and kind_by_head(tokens[following.last - 1].lower) not in {"", "-", "Place"}
        ends_in_head = tokens[last - 1].lower in name_table().bodies.heads
        joined = body and not ends_in_head and self.listed.at(last + 1) is None
        return Range(run.first, following.last) if joined else run

    def _plain(self, index: int) -> bool:
        """An ordinary word that is neither a title nor listed."""
        token = self.document.tokens[index]
        return is_ordinary(token.lower) and index not in self.titled and self.listed.at(index) is None

    def _with_links(self, run: Range, sentence: Range) -> Range:
        """The run with what follows its head: "Ministry of Foreign Affairs and Trade of Armenia"."""
        tokens, last = self.document.tokens, run.last
        linked = False
        while last + 1 < sentence.last:
            head, link = tokens[last - 1].lower, tokens[last].lower
            start = last + 2 if tokens[last + 1].lower == "the" and link != "and" else last + 1
            if start >= sentence.last or not is_capital(tokens[start]):
                break
            if start in self.titled and not (head == "office" and link in {"of", "for"}):
                break
            if not (self._links(head, link) or (linked and self._remit(link, start))):
                break
            following = next(runs(self.document, Range(start, sentence.last)))
            known = self.listed.at(start)
            if known and known.type == "Person":
                break
            last = following.last if head == "office" else self._untitled(following)
            if known and known.type == "State" and not known.adjective:
                last = known.range.last
            linked = True
        return Range(run.first, last)

    def _untitled(self, run: Range) -> int:
        """Where a run ends or its first title begins."""
        return next((index for index in range(run.first, run.last) if index in self.titled), run.last)

    def _remit(self, link: str, start: int) -> bool:
        """ "… Affairs and Trade", "… Affairs of Armenia"."""
        if link == "and":
            return self._plain(start)
        return link == "of"

    def _links(self, head: str, link: str) -> bool:
        words = name_table()
        group = head in words.bodies.groups and head not in {"fighters", "fighter"}
        body = group or head in words.bodies.words
        if link == "of" and head in words.bodies.spread:
            return True
        if link == "of":
            return body or head in words.places.linked or head in words.gatherings
        if link == "for":
            return body and head not in {"house", "court", "police"}
        return head in getattr(words.bodies, f"linked_{link}", ())
