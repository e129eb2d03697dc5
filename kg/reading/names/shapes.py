"""What the words of a capitalised run tell by themselves: where names begin and end, and of what kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.reading.names.capitals import is_capital, runs
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary

_LOOSE = name_table().bodies.links | grammar().possessive_marks | {"-", "&", "and", "the", "al"}
_BARE = name_table().people.suffixes
_TOLD = frozenset({"told", "tells", "by", "with", "in"})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that may be a name; its kind as far as its own words tell, "-" for no name, "" for unknown.

    `titled`: a title or an honorific stands before it.
    """

    range: Range
    kind: str
    titled: bool = False


class Shapes:
    """Cuts the runs of one document into parts."""

    def __init__(
        self, document: Document, listed: References, titles: dict[int, int], polite: set[int]
    ) -> None:
        self.document, self.listed, self.polite = document, listed, polite
        self.titled = {index for first, last in titles.items() for index in range(first, last)}
        self.title_ends = set(titles.values())

    def parts(self, sentence: Range) -> Iterator[Part]:
        """The parts of one sentence, in order."""
        taken = sentence.first
        for run in runs(self.document, sentence):
            if run.last <= taken:
                continue
            whole = self._with_links(self._joined_before(run, sentence), sentence)
            taken = whole.last
            yield from self._cut(whole, sentence)

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
        body = head in words.bodies.words or head in words.bodies.groups - {"fighters", "fighter"}
        if link == "of" and head in words.bodies.spread:
            return True
        if link == "of":
            return body or head in words.places.linked or head in words.gatherings
        if link == "for":
            return body and head not in {"house", "court", "police"}
        return head in getattr(words.bodies, f"linked_{link}", ())

    def _cut(self, whole: Range, sentence: Range) -> Iterator[Part]:
        """At the titles that stand between names; those of "Office of the Spokesperson" belong to it."""
        first = whole.first
        kept = self.document.tokens[whole.first].lower == "office"
        for index in range(whole.first, whole.last + 1):
            if index == whole.last or (index in self.titled and not kept):
                yield from self._named(self._trimmed(Range(first, index)), sentence)
                first = index + 1

    def _trimmed(self, part: Range) -> Range:
        """Without links and marks at either end."""
        tokens, first, last = self.document.tokens, part.first, part.last
        while first < last and tokens[first].lower in _LOOSE and not tokens[first].text[0].isupper():
            first += 1
        while last > first and tokens[last - 1].lower in _LOOSE and not tokens[last - 1].text[0].isupper():
            last -= 1
        return part if (first, last) == (part.first, part.last) else Range(first, last)

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
                yield from self._named(self._trimmed(Range(known.range.last, part.last)), sentence)
                return
            last = part.last if self._is_linked(part, index) else index + 1
            first = self._opening(part, sentence) if kind else part.first
            if kind == "-" and is_acronym(self.document, Range(first, first + 1)):
                yield from self._between_listed(Range(first, index), sentence, titled)
            elif self._is_label(Range(first, last), sentence):
                return
            elif last - first > 1 and not self._all_listed(Range(first, last)):
                yield Part(Range(first, last), kind)
                yield from self._named(self._trimmed(Range(last, part.last)), sentence)
                return
        yield from self._between_listed(part, sentence, titled)

    def _addressed(self, part: Range) -> bool:
        """ "Mr. Robert Book": a given name behind an honorific, whatever the surname means."""
        given = self.document.tokens[part.first].lower in name_table().given.all
        return part.first in self.polite and given

    def _is_label(self, part: Range, sentence: Range) -> bool:
        """ "Updated News:", "Latest World": ordinary words that open a line, the last one of the press."""
        tokens = self.document.tokens
        press = tokens[part.last - 1].lower in name_table().bodies.media | {"corridor"}
        opens = part.first == sentence.first or tokens[part.last - 1].lower == "corridor"
        return press and opens and not self._foreign(part) and not any(self.listed.within(part))

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

    def _between_listed(self, part: Range, sentence: Range, titled: bool) -> Iterator[Part]:
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
        words = self._trimmed(words)
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
        words = self._trimmed(Range(self._given(first, words.last), words.last))
        if not words or (words.last - words.first == 1 and tokens[words.first].lower in _BARE):
            return
        if (
            known
            and known.type == "Person"
            and known.range.last - known.range.first == 1
            and self._foreign(words)
        ):
            yield Part(Range(words.first, known.range.last), "Person", titled)
        elif self._foreign(words) or self._alone(words, sentence) or words.first in self.polite:
            if not is_code(tokens[words.first].text):
                yield Part(words, "", titled)
        elif words.last < sentence.last and tokens[words.last].text == "ministry":
            yield Part(Range(words.first, words.last + 1), "Organisation")

    def _foreign(self, words: Range) -> bool:
        return is_foreign(self.document, words)

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


def is_foreign(document: Document, words: Range) -> bool:
    """Whether one of the words is no ordinary one, or a given name with another word behind it."""
    tokens = document.tokens[words.first : words.last]
    faith = len(tokens) > 1 and tokens[1].lower in name_table().other.nobody  # "Roman Catholic"
    if len(tokens) > 1 and tokens[0].lower in name_table().given.all and not faith:
        return True
    return any(
        not is_ordinary(token.lower)
        and token.lower not in name_table().other.nobody
        and token.lower not in name_table().other.capitals
        and len(token.text) > 1
        for token in tokens
        if token.text[0].isalpha()
    )


def is_code(text: str) -> bool:
    """ "L0", "M1", "V4": a letter with digits, that names neither place nor body."""
    return len(text) < 4 and text[-1].isdigit() and text[0].isalpha()


_LONGEST_ACRONYM = 8  # letters


def is_acronym(document: Document, words: Range) -> bool:
    """One word in capitals that is no abbreviation of a common noun."""
    text = document.tokens[words.first].text
    letters = text.replace(".", "").replace("-", "")
    return (
        words.last - words.first == 1
        and 2 <= len(letters) <= _LONGEST_ACRONYM
        and sum(letter.isupper() for letter in letters) >= 2
        and letters.upper() == letters
        and letters.isalnum()
        and sum(letter.isdigit() for letter in letters) <= 2
        and letters.lower() not in name_table().other.capitals
        and not is_ordinary(text.lower())
    )


@cache
def kind_by_head(word: str) -> str:
    """The kind of what has this word for its head; "-" for what is neither actor nor place."""
    words = name_table()
    if word in words.gatherings:
        return "Gathering"
    if word == "corridor":
        return "TransportCorridor"
    if word in words.bodies.groups:
        return "NonStateGroup"
    if word in words.bodies.words or word in words.bodies.media:
        return "Organisation"
    if word in words.places.behind:
        return "Place"
    return "-" if word in words.other.things or word in words.tracks else ""
