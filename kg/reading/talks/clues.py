"""What each passage says of a track: who talks, who mediates, and what it is called."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.reading.analysis import Analysis
from kg.reading.names.parties import SIDES, opponents
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.earlier import Earlier
from kg.reading.talks.grouping import Clue
from kg.reading.talks.guarantors import chaired as chaired_by
from kg.reading.talks.guarantors import of_chairs
from kg.reading.talks.mediation import Mediation
from kg.reading.talks.mediations import find_mediations
from kg.reading.talks.negotiating import at_tables, negotiating
from kg.reading.talks.pacts import find_pacts, other_sides, pending
from kg.reading.talks.passages import Passage, find_passages
from kg.reading.talks.rivals import opposed, ranked_pairs, rivals
from kg.reading.talks.sides import bodies_of, served_by
from kg.reading.talks.summits import gathered, hosted, summits
from kg.reading.talks.titled import members_behind, seated, titled
from kg.reading.talks.worth import is_framed, is_lasting, named_after, title_of
from kg.reading.text.tokens import Range
from kg.reading.words.kinds import kinds
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def find_clues(analysis: Analysis) -> list[Clue]:
    """Every passage about a track, in the order of the text."""
    mediations, passages = find_mediations(analysis), find_passages(analysis)
    mediators = {r.key for m in mediations for r in m.mediators} | {
        r.key for p in passages for r in p.mediators
    }
    sides = opponents(analysis.document, analysis.references, mediators)
    ranked = ranked_pairs(analysis, mediators)
    if ranked and frozenset(sides) not in {pair for pair, count in ranked if count == ranked[0][1]}:
        sides = ()  # joined by some words, but not the two whom the text sets against each other
    return list(_Finder(analysis, sides, opposed(analysis, rivals(ranked)), mediations, passages).clues())


@dataclass(frozen=True)
class _Finder:
    analysis: Analysis
    parties: tuple[str, ...]
    rivals: frozenset[str]  # the two whom the text sets against each other, but for those who mediate
    mediations: list[Mediation]
    passages: list[Passage]

    def clues(self) -> Iterator[Clue]:
        """Where no passage names the sides, those of the talks told of before it, or of the text."""
        before: list[Clue] = []
        told = [*self._with_talks(), *self._alone(), *titled(self.analysis), *negotiating(self.analysis)]
        told += at_tables(self.analysis)
        told += [clue for clue in summits(self.analysis) if self._of_rivals(clue, told)]
        told += self._deals()
        many = (*gathered(self.analysis), *hosted(self.analysis))
        told += [clue for clue in many if self._both(clue)]
        earlier = Earlier(self.analysis, self.parties, self.rivals, _only(told))
        names = {clue.named.key if clue.named else clue.title for clue in told} - {""}
        for clue in sorted(told, key=lambda c: c.evidence[0].first):
            if not all(key.startswith("person/") for key in clue.sides):
                before.append(clue)  # "the talks" are no summit
            named = bool(clue.named or clue.title) and (len(names) > 1 or not clue.mediators)
            known = bool(clue.sides) or named  # of several tracks with names each has its own sides
            full = self._without_ministers(clue if known else earlier.with_sides(clue, before))
            if full.sides or full.mediators or full.named or full.title:
                yield from _parted(full)

    def _of_rivals(self, clue: Clue, told: list[Clue]) -> bool:
        """Whether two leaders meet whose states talk in this text too, and in no format with a name."""
        states = frozenset(served_by(self.analysis, key) for key in clue.sides)
        other = [c for c in told if states <= c.sides]
        pair = states in (frozenset(self.parties), self.rivals)
        return (pair or bool(other)) and not any(c.named for c in other)

    def _both(self, clue: Clue) -> bool:
        """Whether the two whom the text is about are among those who met."""
        pairs = (frozenset(self.parties), self.rivals)
        return self.analysis.strife and any(pair and pair <= clue.sides for pair in pairs)

    def _without_ministers(self, clue: Clue) -> Clue:
        """A side's own minister who chairs the talks is no mediator."""
        others = [r for r in clue.mediators if self.analysis.employers.get(r.key) not in clue.sides]
        return replace(clue, mediators=tuple(others))

    def _with_talks(self) -> Iterator[Clue]:
        for passage in self.passages:
            own = [m for m in self.mediations if _overlap(m.evidence, passage.range)]
            clue = self._clue(passage, own)
            if clue:
                yield clue

    def _alone(self) -> Iterator[Clue]:
        """Who mediates where no phrase about talks stands beside it."""
        for mediation in self.mediations:
            if not any(_overlap(mediation.evidence, p.range) for p in self.passages):
                sides = [r for r in mediation.sides if r.key not in {m.key for m in mediation.mediators}]
                yield Clue(
                    (mediation.evidence,),
                    frozenset(bodies_of(self.analysis, sides)),
                    mediation.mediators,
                    mediation.separate,
                    mediation.state,
                    concluded=mediation.concluded,
                    parts=_parts([mediation]),
                )

    def _deals(self) -> Iterator[Clue]:
        """Who brokered a deal of the two who talk, told where no word for talks stands beside it."""
        uses, text = verb_table().uses, Range(0, len(self.analysis.document.tokens))
        brokered = self.analysis.document.positions(noun_table().talks.brokering)
        if not (brokered or self.analysis.verbs_of(uses.mediating, text)):
            return
        for pact in find_pacts(self.analysis):
            own = not pact.parties and not other_sides(self.analysis, pact, self.parties)
            sides = frozenset(pact.parties or (self.parties if own else ()))
            others = sides and sides.isdisjoint(r.key for r in pact.brokers)
            if pact.brokers and others and not pending(self.analysis, pact):
                yield Clue((pact.range,), sides, pact.brokers, concluded=True)

    @cached_property
    def _mediating(self) -> frozenset[Range]:
        """Where those stand who mediate: "a delegation and Omani mediators came for talks"."""
        return frozenset(r.range for m in self.mediations for r in m.mediators)

    def _clue(self, passage: Passage, mediations: list[Mediation]) -> Clue | None:
        mediators = {r.key: r for r in passage.mediators if r.type in MEDIATORS}
        mediators |= {r.key: r for m in mediations for r in m.mediators}
        told = (*passage.sides, *(r for m in mediations for r in m.sides))
        sides = tuple(r for r in told if r.key not in mediators and r.range not in self._mediating)
        if all(r.form in {"description", "pronoun"} for r in sides):
            sides = ()  # "between the two parties": those of the talks told of before
        members: tuple[Reference, ...] = ()
        last = passage.range.last
        chaired = next((n for m in mediations if (n := chaired_by(self.analysis, m.evidence.first))), None)
        named = passage.named or chaired
        led = passage.named is not None and of_chairs(self.analysis, passage.named)
        if (passage.named or passage.place) and not (sides or led):
            end = self.analysis.document.sentence(passage.head).last
            members, last = members_behind(self.analysis, passage.range.last, end)
        keys = frozenset(bodies_of(self.analysis, sides or members))
        if named and not keys:
            keys = seated(self.analysis, named.key)
        if passage.half and len(keys) < 2 and not (named or mediators):
            return None  # whose talks these are is not known
        if len(keys) == 1 and passage.open and keys <= set(self.parties):
            keys = frozenset(self.parties)
        if len(keys) == 1 and keys < self.rivals and any(k.startswith("group/") for k in self.rivals):
            keys = self.rivals  # "Afghan peace talks"
        strict = bool(passage.kind & (noun_table().talks.conflictual | noun_table().talks.strife))
        title = title_of(self.analysis, passage)
        framed = self.analysis.document.tokens[passage.head].lower in noun_table().talks.frames
        if framed and not (strict or named or title or mediations or is_framed(self.analysis, passage, keys)):
            return None
        place = passage.place and Range(passage.place.first, passage.head + 1)
        if passage.place and not named_after(self.analysis, passage):
            place = None
        parts = [Range(passage.range.first, last), *(m.evidence for m in mediations)]
        return Clue(
            (Range(min(p.first for p in parts), max(p.last for p in parts)),),
            keys,
            tuple(mediators.values()),
            any(m.separate for m in mediations),
            next((m.state for m in mediations), "active"),
            place,
            founds=not passage.wished and (strict or self._serious(passage, sides)),
            named=named,
            title=title,
            several=passage.several,
            bare=not (keys or mediators or place or strict or passage.several or passage.round or named),
            parts=_parts(mediations) | self._compounded(passage),
        )

    def _compounded(self, passage: Passage) -> frozenset[tuple[str, str]]:
        """What those do who stand before the word for talks: "Qatari-hosted", "EU- and U.S.-facilitated"."""
        found = set()
        for mediator in passage.mediators:
            behind = self.analysis.document.lowers(Range(mediator.range.last, passage.head))
            word = next((w for w in behind if w in noun_table().talks.brokering), "")
            if word in kinds().parts:
                found.add((mediator.key, kinds().parts[word]))
        return frozenset(found)

    def _serious(self, passage: Passage, sides: tuple[Reference, ...]) -> bool:
        """Negotiations of a conflict: by the words for them, by an armed group, or by the whole text."""
        table = noun_table().talks
        lower = self.analysis.document.tokens[passage.head].lower
        if lower in table.gatherings:
            return passage.several and set(self.parties) <= set(bodies_of(self.analysis, sides))
        if len(sides) < 2:
            return bool(passage.place or passage.round) and self.analysis.strife
        if any(r.type in SIDES - {"State"} for r in sides):
            return True
        if self._foes(frozenset(bodies_of(self.analysis, sides))):
            return self.analysis.strife  # "A and B opened talks", of the two who fight each other
        inside = all(r.range.first >= passage.range.first for r in sides)
        told = passage.kind & table.kinds or lower not in table.vague or is_lasting(self.analysis, passage)
        return bool(inside or told) and self.analysis.strife

    def _foes(self, keys: frozenset[str]) -> bool:
        """Whether these are the two whom the text is about, by other words than those for these talks."""
        joined = next((count for pair, count in self.analysis.joined_sides if set(pair) == keys), 0)
        return bool(keys) and (keys == self.rivals or (keys == set(self.parties) and joined > 1))


def _only(told: list[Clue]) -> Clue | None:
    """The first clue with two sides, if all that have two sides have these."""
    sided = [c for c in told if len(c.sides) > 1 and (c.founds or c.mediators) and not c.concluded]
    return sided[0] if len({c.sides for c in sided}) == 1 else None


def _parts(mediations: list[Mediation]) -> frozenset[tuple[str, str]]:
    return frozenset((r.key, m.kind) for m in mediations if m.kind for r in m.mediators)


def _overlap(one: Range, other: Range) -> bool:
    return one.first < other.last and other.first < one.last


def _parted(clue: Clue) -> Iterator[Clue]:
    """One for each mediator where they mediate separately."""
    if not clue.separate:
        yield clue
    else:
        yield from (replace(clue, mediators=(mediator,)) for mediator in clue.mediators)
