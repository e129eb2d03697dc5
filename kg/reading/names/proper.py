"""Proper names that no list has: every capitalised name of a text becomes a reference of some type."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.lexicon import Title
from kg.reading.names.bodies import body_key, extended, local_key, same_ministry, state_bodies
from kg.reading.names.called import Named, People, folded, short_forms
from kg.reading.names.camps import camps
from kg.reading.names.capitals import is_capital, is_headline
from kg.reading.names.evidence import is_domain, votes
from kg.reading.names.gazetteer import Phrases
from kg.reading.names.kinds import Part
from kg.reading.names.references import Reference, References
from kg.reading.names.shapes import Shapes
from kg.reading.names.titles import title_ranges
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.ordinary import is_ordinary

_TYPES = frozenset({"Person", "Place", "NonStateGroup", "TransportCorridor"})  # every other kind is a body
_RULES = frozenset({"of", "the", "government", "govt", "federation", "republic"})
_RULED = frozenset({"islamic", "democratic", "people", "’s", "'s", "arab", "federal", "united", "socialist"})


class Proper:
    """Finds the names in one document; `place` is the slug of its source."""

    def __init__(
        self, document: Document, listed: References, titles: Phrases[Title], people: People, place: str
    ) -> None:
        self.document, self.listed, self.people, self.place = document, listed, people, place
        found = list(title_ranges(document, titles))
        self.titles = {first: last for first, last, _ in found}
        self.posts = {first for first, _, post in found if post}
        polite = {last for first, last, post in found if not post}
        self.shapes = Shapes(document, listed, self.titles, polite)
        self.headlines = frozenset(s.first for s in document.sentences if is_headline(document, s))
        self.domains = {word for word in document.vocabulary if "." in word and is_domain(word)}

    def references(self) -> list[Reference]:
        """A reference wherever one of the names stands."""
        forms = Phrases.of(self._named(self._voted()).items())
        titled = self.shapes.titled
        found = [
            *state_bodies(self.document, self.listed, titled, self.place),
            *camps(self.document, self.listed, self.place),
            *self._everywhere(forms),
        ]
        longer = [
            *extended(self.document, [*found, *self.listed.items], self.place),
            *self._honoured([*found, *self.listed.items]),
        ]
        return same_ministry([*longer, *found])

    def _honoured(self, found: Iterable[Reference]) -> Iterator[Reference]:
        """People with the honorific before their name, which belongs to it as a title does."""
        starts = {last: first for first, last in self.titles.items()}
        for reference in found:
            first = starts.get(reference.range.first)
            if reference.type == "Person" and first is not None and first not in self.posts:
                yield replace(reference, range=Range(first, reference.range.last))

    def _voted(self) -> dict[str, tuple[dict[str, int], Part]]:
        """Each form with what speaks for its kinds all over the text, and where it stands first."""
        found: dict[str, tuple[dict[str, int], Part]] = {}
        ends = set(self.titles.values())
        for sentence in self._prose():
            for part in (*self.shapes.parts(sentence), *self._addresses(sentence)):
                words = self.document.words(part.range)
                tally, _ = found.setdefault(words, (defaultdict(int), part))
                for kind, weight in votes(self.document, self.listed, ends, part):
                    tally[kind] += weight
        for part in self._introduced():
            tally, _ = found.setdefault(self.document.words(part.range), (defaultdict(int), part))
            tally["Person"] += 1
        return found

    def _addresses(self, sentence: Range) -> Iterator[Part]:
        """Outlets by their addresses in lower case."""
        for index in self.document.positions(self.domains, sentence):
            if self.document.tokens[index].text[0].islower():
                yield Part(Range(index, index + 1), "Organisation")

    def _prose(self) -> Iterator[Range]:
        """The sentences, but for headlines and what belongs to the page."""
        return (s for s in self.document.prose if s.first not in self.headlines)

    def _introduced(self) -> Iterator[Part]:
        """People in headlines and lists whom a title or honorific introduces."""
        for sentence in self.document.sentences:
            if sentence.first in self.headlines:
                yield from (part for part in self.shapes.parts(sentence) if part.titled and not part.kind)

    def _named(self, voted: dict[str, tuple[dict[str, int], Part]]) -> dict[str, Named]:
        """The forms that name something."""
        found: dict[str, Named] = {}
        people = self._listed_people()
        ordered = sorted(voted.items(), key=lambda item: -len(item[0].split()))
        for words, (tally, part) in ordered:
            kind = _best(tally)
            if not kind or kind == "-":
                continue
            lone = part.range.last - part.range.first == 1
            if words in people:
                if people[words].antecedents:
                    found.setdefault(words, people[words])
                continue
            named = self._thing(words, kind, part)
            found.setdefault(words, named)
            if named.type == "Person" and not lone:
                short = replace(named, form="alias", antecedents=(part.range,))
                people |= {form: short for form in short_forms(words) if form not in people}
            self._with_acronym(part.range, words, named, found)
        return found

    def _listed_people(self) -> dict[str, Named]:
        """The single names of people whom a list has: found later, by the surname alone."""
        return {
            word: Named(person.key, person.type, person.label, person.known)
            for person in self.listed.items
            if person.type == "Person"
            for word in (*person.label.split()[-1:], *self.document.words(person.range).split()[-1:])
        }

    def _thing(self, words: str, kind: str, part: Part) -> Named:
        if kind == "Person":
            listed = self._listed_person(words, part)
            if listed:
                return listed
        if government := self._government(part):
            return government
        type_ = kind if kind in _TYPES else "Organisation"
        if type_ == "NonStateGroup" and self._of_state(part):
            type_ = kind = "Organisation"
        body = type_ == "Organisation" and body_key(self.document, self.listed, part.range, self.place)
        return Named(body or local_key(kind, words, self.place), type_, words)

    def _of_state(self, part: Part) -> bool:
        """ "the U.S. Army", "the Royal Moroccan Army": a state's own."""
        own = any(r.type == "State" for r in self.listed.within(part.range))
        return own and self.document.tokens[part.range.last - 1].lower in {"army", "guard", "guards"}

    def _government(self, part: Part) -> Named | None:
        """ "the Government of Ghana" is Ghana."""
        words = {token.lower for token in self.document.tokens[part.range.first : part.range.last]}
        states = [r for r in self.listed.within(part.range) if r.type == "State"]
        if not words & (_RULES - {"of", "the"}) or len(states) != 1:
            return None
        if words - set(self.document.lowers(states[0].range)) - _RULES - _RULED:
            return None
        return Named(states[0].key, "State", states[0].label, known=True, form="metonym")

    def _listed_person(self, words: str, part: Part) -> Named | None:
        """ "Abdel Fattah Al-Burhan" for the listed Abdel Fattah al-Burhan."""
        name = folded(words)
        known = self.people.by_name.get(name)
        if known:
            return known
        last = self.listed.at(part.range.last - 1)
        if last and last.type == "Person" and set(name) <= set(folded(last.label)):
            return Named(last.key, last.type, last.label, last.known)
        return None

    def _with_acronym(self, part: Range, words: str, named: Named, found: dict[str, Named]) -> None:
        """ "Asean Observer Team (AOT)": both forms name one thing, the listed one if one is listed."""
        index = self._short_form(part)
        if index is None or named.type == "Person":
            return
        known = self.listed.at(index)
        if known is None:
            found[self.document.tokens[index].text] = named
        elif known.type not in {"State", "Place", "Person"}:
            found[words] = Named(known.key, known.type, known.label, known.known)

    def _short_form(self, part: Range) -> int | None:
        """The token in brackets or behind "or" that is short for the name."""
        tokens, last = self.document.tokens, part.last
        if part.last - part.first < 2 or last + 2 >= len(tokens):
            return None
        bracket = tokens[last].text == "(" and tokens[last + 2].text == ")"
        other = self.document.lowers(Range(last, last + 2)) == [",", "or"] and tokens[last + 2].text.isupper()
        index = last + 1 if bracket else last + 2
        inside = tokens[index]
        if not (bracket or other) or not is_capital(inside) or is_ordinary(inside.lower):
            return None
        return index

    def _everywhere(self, forms: Phrases[Named]) -> Iterator[Reference]:
        """Every place where one of the forms stands, the longest at each place."""
        words = self.document.written
        taken = 0
        for index in self.document.positions(forms.openers):
            hit = forms.at(words, index, len(words)) if index >= taken else None
            if hit is None:
                continue
            part, named = hit
            yield Reference(
                part,
                named.key,
                named.type,
                named.form,
                named.label,
                named.known,
                antecedents=named.antecedents,
            )
            taken = part.last


def _best(tally: Mapping[str, int]) -> str:
    """The kind with most that speaks for it; nothing for a form without evidence."""
    if not tally:
        return ""
    most = max(tally.values())
    return min(kind for kind, weight in tally.items() if weight == most)
