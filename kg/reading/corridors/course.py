"""The course of a route as one sentence tells it: places behind verbs and prepositions, from end to end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.reading.analysis import Analysis
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_FAR = 20  # words of what a route is, between its name and "from"
_CLOSE = 4  # words between a route's name and "from" or "through"
_SUPPLYING = frozenset({"supply", "feed"})
Stop = tuple[str, Reference]


def course(analysis: Analysis, part: Range, name: Range | None) -> list[Stop]:
    """The places of the words behind a route's name, with their roles, in the order of the route.

    `name` is where the route is named if that is right before; None where "it" or "the route" stands for it.
    """
    return _Walk(analysis, part, name).stops()


def in_order(places: Sequence[Reference]) -> list[Stop]:
    """Places from the first to the last, with their roles."""
    if len(places) < 2:
        return []
    return [("start", places[0]), *(("via", place) for place in places[1:-1]), ("end", places[-1])]


def bracketed(analysis: Analysis, index: int, last: int) -> list[Reference]:
    """ "the Middle Corridor (A, B, C and D)": three places or more and nothing else."""
    tokens, found = analysis.document.tokens, list[Reference]()
    at = index + 1
    while index < last and tokens[index].text == "(" and at < last and tokens[at].text != ")":
        place = analysis.references.at(at)
        if place and place.type in PLACES and not place.adjective:
            found.append(place)
            at = place.range.last
        elif tokens[at].lower in {",", "and", "the", "-", "–"}:
            at += 1
        else:
            return []
    return found if len(found) > 2 else []


@dataclass
class _Walk:
    """Walks over the words; each verb or preposition says what the places behind it are."""

    analysis: Analysis
    part: Range
    name: Range | None
    told: dict[str, list[Reference]] = field(default_factory=dict)

    def stops(self) -> list[Stop]:
        """In the order start, via, end; of one place the first role."""
        role: str | None = None
        aside = False  # "Rasht, a city in northern Iran": the second is no stop
        index = self.part.first
        while index < self.part.last:
            token = self.analysis.document.tokens[index]
            reference = self.analysis.references.at(index)
            inserted = self._inserted(index)
            if inserted:
                index = inserted
                continue
            if token.text in {".", ";", ":"} or (token.text == "," and not self._goes_on(index)):
                if token.text != ",":
                    break
                role = None
            elif reference:
                if self._of_goods(reference):
                    role = "start"
                    self.told.setdefault(role, []).append(reference)
                elif role and not aside and self._is_stop(reference):
                    self.told.setdefault(role, []).append(reference)
                index = reference.range.last
                aside = False
                continue
            else:
                changed = self._cue(index, role)
                aside = self._aside(index, aside) and not (role == "link" and token.lower == "with")
                role = role if changed == "same" else changed
            index += 1
        return list(self._in_order())

    def _of_goods(self, reference: Reference) -> bool:
        """ "carries Russian oil to X", "supplies X with Russian oil": where what it carries comes from."""
        tokens, goods = self.analysis.document.tokens, noun_table().route.goods
        after = tokens[reference.range.last].lower if reference.range.last < self.part.last else ""
        verb = self.analysis.verb_before(reference.range.first, self.part)
        led = verb is not None and verb.lemma in noun_table().route.carrying | _SUPPLYING
        return led and reference.adjective and reference.type == "State" and after in goods

    def _inserted(self, index: int) -> int | None:
        """Behind "Mombasa, a port in Kenya," if such words begin here."""
        tokens = self.analysis.document.tokens
        if tokens[index].text != "," or tokens[min(index + 1, len(tokens) - 1)].lower not in {"a", "an"}:
            return None
        within = range(index + 2, min(index + 12, self.part.last))
        return next((i + 1 for i in within if tokens[i].text == ","), None)

    def _cue(self, index: int, role: str | None) -> str | None:
        """What the places behind this word are: "same" as before if it says nothing."""
        lower, route = self.analysis.document.tokens[index].lower, noun_table().route
        verb = next(iter(self.analysis.verbs_in(Range(index, index + 1))), None)
        if verb:
            told = not (verb.negated or verb.form == "participle")
            return self._by_verb(verb.lemma, verb.last, role) if told else role
        lemma, tags = verb_table().forms.get(lower, ("", frozenset()))
        if "s" in tags and lemma in route.start | route.end | route.link | route.via:
            return self._by_verb(
                lemma, index + 1, role
            )  # of an unlisted subject: "the TAP pipeline starts in"
        if lower in route.passing:
            return "via" if role or self._near_name(index) else "same"
        if lower == "between" and role is None and self._near_name(index) and not self._disputed():
            return "link"
        if lower == "from":
            return "start" if role or self._near_name(index) else "same"
        if lower in {"to", "into", "onto", "towards"} and role in {"start", "via", "end"}:
            return "end"
        return "same"

    def _by_verb(self, lemma: str, last: int, role: str | None) -> str | None:
        tokens, route = self.analysis.document.tokens, noun_table().route
        after = tokens[last].lower if last < len(tokens) else ""
        if lemma in route.start and after in {"in", "at", "from"}:
            return "start"
        if lemma in route.end and (lemma == "reach" or after in {"in", "at", "to"}):
            return "end"
        if lemma in route.link:
            return "link"
        if lemma in _SUPPLYING:
            return "end"
        if lemma in route.via:
            return "via"
        return role if lemma in route.carrying else None

    def _near_name(self, index: int) -> bool:
        """Right behind the name, or behind a verb of carrying: "carries oil from"."""
        if self.name and (index - self.name.last < _CLOSE or self._described(index)):
            return True
        if self.analysis.document.tokens[index - 1].lower in noun_table().route.goods:
            return True
        verb = self.analysis.verb_before(index, self.part)
        return verb is not None and verb.lemma in noun_table().route.carrying | noun_table().route.start

    def _described(self, index: int) -> bool:
        """ "the X corridor, a network of rail and road from": nothing but what it is stands between."""
        if self.name is None or index - self.name.last > _FAR:
            return False
        between = Range(self.name.last, index)
        words = set(self.analysis.document.lowers(between))
        opened = self.analysis.document.tokens[self.name.last].text in {",", "(", "–", "-"}
        return opened and bool(words & noun_table().route.kinds) and not self.analysis.verbs_in(between)

    def _disputed(self) -> bool:
        """ "the row over the X corridor between A and B": it is the row that is between them."""
        if self.name is None:
            return True
        before = Range(max(self.part.first - _FAR, self.name.first - _CLOSE * 2, 0), self.name.first)
        talks = noun_table().talks
        nouns = talks.two_sided | talks.disputes | talks.heads
        return not nouns.isdisjoint(self.analysis.document.lowers(before))

    def _aside(self, index: int, aside: bool) -> bool:
        lower = self.analysis.document.tokens[index].lower
        if lower in noun_table().route.beside:
            before = self.analysis.document.tokens[index - 1].lower
            return (
                verb_table().forms.get(before, ("",))[0]
                not in noun_table().route.start | noun_table().route.end
            )
        return aside and lower not in {",", "and", "to", "via", "through"}

    def _is_stop(self, reference: Reference) -> bool:
        """A place, or a demonym before "territory"."""
        after = reference.range.last
        tokens = self.analysis.document.tokens
        land = after < len(tokens) and tokens[after].lower in noun_table().route.land
        return reference.type in PLACES and (not reference.adjective or land)

    def _goes_on(self, index: int) -> bool:
        """Behind the comma comes a further place or a word that leads to one."""
        then = index + 1 < self.part.last and self.analysis.document.tokens[index + 1].lower == "then"
        for at in range(index + 1, min(index + (8 if then else 5), self.part.last)):
            lower = self.analysis.document.tokens[at].lower
            if then and lower in noun_table().route.land | {"on", "in", "of"}:
                continue
            if self.analysis.references.at(at) or lower in noun_table().route.passing | {"before", "from"}:
                return True
            if lower not in grammar().determiners | {"and", "then", "or"} and at > index + 2:
                return False
        return False

    def _in_order(self) -> Iterator[Stop]:
        linked = self.told.get("link", [])
        starts, ends = self.told.get("start", []), self.told.get("end", [])
        if len(linked) == 1:
            starts = [*linked, *starts]
        elif linked:
            starts, ends = [linked[0], *starts], [linked[-1], *ends]
        between = [*linked[1:-1], *self.told.get("via", [])]
        seen: set[str] = set()
        for role, places in (("start", starts), ("via", between), ("end", ends)):
            for place in places:
                if place.key not in seen:
                    seen.add(place.key)
                    yield role, place
