"""What each passage says of a track: who talks, who mediates, and what it is called."""

import itertools
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from functools import cached_property

from kg.reading.analysis import Analysis
from kg.reading.names.parties import SIDES, opponents
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.grouping import Clue
from kg.reading.talks.mediation import Mediation
from kg.reading.talks.mediations import find_mediations
from kg.reading.talks.negotiating import negotiating
from kg.reading.talks.passages import Passage, find_passages
from kg.reading.talks.rivals import rivals
from kg.reading.talks.sides import bodies_of
from kg.reading.talks.titled import members_behind, titled
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_BACK = 3  # paragraphs in which "the talks" may have been told of


def find_clues(analysis: Analysis) -> list[Clue]:
    """Every passage about a track, in the order of the text."""
    mediations, passages = find_mediations(analysis), find_passages(analysis)
    mediators = {r.key for m in mediations for r in m.mediators} | {
        r.key for p in passages for r in p.mediators
    }
    sides = opponents(analysis.document, analysis.references, mediators)
    return list(_Finder(analysis, sides, mediations, passages).clues())


@dataclass(frozen=True)
class _Finder:
    analysis: Analysis
    parties: tuple[str, ...]
    mediations: list[Mediation]
    passages: list[Passage]

    def clues(self) -> Iterator[Clue]:
        """Where no passage names the sides, those of the talks told of before it, or of the text."""
        before: list[Clue] = []
        told = [*self._with_talks(), *self._alone(), *titled(self.analysis), *negotiating(self.analysis)]
        for clue in sorted(told, key=lambda c: c.evidence[0].first):
            if clue.sides:
                before.append(clue)
            known = bool(clue.sides) or bool((clue.named or clue.title) and not clue.mediators)
            full = self._without_ministers(clue if known else self._with_sides(clue, before))
            if full.sides or full.mediators or full.named or full.title:
                yield from _parted(full)

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
                )

    def _behind(self, reference: Reference) -> Set[str]:
        """Whom a name may stand for: itself, or whom that person serves."""
        own = self.analysis.employers.get(reference.key, reference.key)
        return (
            {own} if own.startswith(("state/", "group/")) else self.analysis.served.get(reference.key, {own})
        )

    def _framed(self, passage: Passage, keys: frozenset[str]) -> bool:
        """ "the Norwegian-facilitated process", "a Turkish-brokered peace initiative"; no agency-led one."""
        if not passage.mediators or keys or passage.place:
            return bool(passage.mediators)
        head = self.analysis.document.tokens[passage.head].lower
        peace = passage.kind & noun_table().talks.kinds
        return self.analysis.strife and bool(peace or head in {"process", "track", "format"})

    def _broken_off(self, passage: Passage) -> bool:
        """ "broke off talks", "resumed talks": what goes on over time is a track."""
        sentence = self.analysis.document.sentence(passage.head)
        verb = self.analysis.verb_before(passage.range.first, sentence)
        uses = verb_table().uses
        return verb is not None and verb.lemma in uses.stalling | uses.resuming

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(r.key for r in self.analysis.references.items)

    @cached_property
    def _rivals(self) -> frozenset[str]:
        """The two whom the text sets against each other, but for those who mediate."""
        told = {r.key for m in self.mediations for r in m.mediators}
        return rivals(self.analysis, told | {r.key for p in self.passages for r in p.mediators})

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
        if (passage.named or passage.place) and not sides:
            end = self.analysis.document.sentence(passage.head).last
            members, last = members_behind(self.analysis, passage.range.last, end)
        keys = frozenset(bodies_of(self.analysis, sides or members))
        if passage.named and not keys:
            keys = self._seated(passage.named)
        if len(keys) == 1 and passage.open and keys <= set(self.parties):
            keys = frozenset(self.parties)
        if len(keys) == 1 and keys < self._rivals and any(k.startswith("group/") for k in self._rivals):
            keys = self._rivals  # "Afghan peace talks"
        strict = bool(passage.kind & (noun_table().talks.conflictual | noun_table().talks.strife))
        title = self._title(passage)
        framed = self.analysis.document.tokens[passage.head].lower in noun_table().talks.frames
        if framed and not (strict or passage.named or title or mediations or self._framed(passage, keys)):
            return None
        place = passage.place and Range(passage.place.first, passage.head + 1)
        if passage.place and not self._named_after(passage):
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
            named=passage.named,
            title=title,
            several=passage.several,
            bare=not (
                keys or mediators or place or strict or passage.several or passage.round or passage.named
            ),
        )

    def _named_after(self, passage: Passage) -> bool:
        """ "the Geneva 2 talks", not "the Paris Agreement negotiations"."""
        if passage.place is None:
            return False
        between = self.analysis.document.tokens[passage.place.last : passage.head]
        return all(t.text.isdigit() or t.lower in noun_table().talks.kinds for t in between)

    def _seated(self, named: Reference) -> frozenset[str]:
        """Those known to sit in a listed format whom the text names, if they are two."""
        seats = noun_table().seats.get(named.key, frozenset())
        found = seats & self._keys
        return found if len(found) > 1 else frozenset()

    def _title(self, passage: Passage) -> str:
        """ "the Juba peace process", in a text of a conflict: the place right before the word names it."""
        table, document = noun_table().talks, self.analysis.document
        framed = document.tokens[passage.head].lower in table.frames
        if passage.place is None or passage.named or not (framed and self.analysis.strife):
            return ""
        between = document.lowers(Range(passage.place.last, passage.head))
        whole = Range(passage.place.first, passage.head + 1)
        return document.words(whole) if table.kinds.issuperset(between) else ""

    def _serious(self, passage: Passage, sides: tuple[Reference, ...]) -> bool:
        """Negotiations of a conflict: by the words for them, by an armed group, or by the whole text."""
        table = noun_table().talks
        lower = self.analysis.document.tokens[passage.head].lower
        if lower in table.gatherings:
            return passage.several and set(self.parties) <= set(bodies_of(self.analysis, sides))
        if len(sides) < 2:
            return bool(passage.place or passage.round) and self.analysis.strife
        if any(r.type == "NonStateGroup" for r in sides):
            return True
        inside = all(r.range.first >= passage.range.first for r in sides)
        told = passage.kind & table.kinds or lower not in table.vague or self._broken_off(passage)
        return bool(inside or told) and self.analysis.strife

    def _with_sides(self, clue: Clue, before: list[Clue]) -> Clue:
        """ "the talks": those told of just before, the pair of this sentence, or the text's two parties."""
        document = self.analysis.document
        sentence = document.sentence(clue.evidence[0].first)
        mediators = {r.key for r in clue.mediators}
        paragraph = document.paragraph_number(sentence.first)
        fitting = [c for c in before if not c.sides & mediators and (c.several or not clue.several)]
        near = [c for c in fitting if paragraph - document.paragraph_number(c.evidence[0].first) <= _BACK]
        for earlier in (c for c in fitting if clue.place and self._held_there(c, clue.place)):
            return self._like(clue, earlier)
        pair = self._pair(sentence)
        single = () if pair else [c for c in reversed(near) if c.founds or clue.mediators]
        for earlier in (*reversed([c for c in near if len(c.sides) > 1]), *single):
            return self._like(clue, earlier)
        if pair:
            return replace(clue, sides=frozenset(bodies_of(self.analysis, pair)) - mediators)
        for earlier in reversed([c for c in fitting if len(c.sides) > 1 and c.founds]):
            return self._like(clue, earlier)
        if clue.several and not clue.mediators:
            return clue
        if self.parties:
            return clue if set(self.parties) & mediators else replace(clue, sides=frozenset(self.parties))
        if not (mediators or clue.founds):
            return clue
        named = self._two_named(clue, mediators) if mediators else frozenset()
        return replace(clue, sides=named or self._rivals - mediators)

    def _held_there(self, clue: Clue, place: Range) -> bool:
        """ "the Geneva talks" after "peace talks in Geneva on the conflict in Syria"."""
        name = self.analysis.document.tokens[place.first].text
        tokens = self.analysis.document.tokens
        return any(tokens[i].text == name for part in clue.evidence for i in range(part.first, part.last))

    def _like(self, clue: Clue, earlier: Clue) -> Clue:
        """With the sides of an earlier passage, which is evidence unless the whole text is about these."""
        known = earlier.sides == frozenset(self.parties)
        evidence = clue.evidence if known else (*clue.evidence, *earlier.evidence)
        return replace(clue, sides=earlier.sides, evidence=evidence)

    def _pair(self, sentence: Range) -> tuple[Reference, ...]:
        """ "both countries", or "both A and B", of this sentence."""
        pairs = (self.analysis.pair_at(i) for i in range(sentence.first, sentence.last))
        told = next((pair[1] for pair in pairs if pair), ())
        named = [r for r in self.analysis.references.within(sentence) if r.type in SIDES and not r.adjective]
        tokens = self.analysis.document.tokens
        for left, right in itertools.pairwise(named):
            joined = self.analysis.document.lowers(Range(left.range.last, right.range.first)) == ["and"]
            if joined and left.range.first and tokens[left.range.first - 1].lower == "both":
                return told or (left, right)
        return told

    def _two_named(self, clue: Clue, mediators: set[str]) -> frozenset[str]:
        """The only two others whom the paragraph has named so far."""
        document = self.analysis.document
        first = document.paragraphs[document.paragraph_number(clue.evidence[0].first)].first
        near = self.analysis.references.within(Range(first, clue.evidence[0].first))
        bodies = {key for r in near if not r.adjective for key in self._behind(r)}
        others = {key for key in bodies if key.startswith(("state/", "group/"))} - mediators
        return frozenset(others) if len(others) == 2 else frozenset()


def _overlap(one: Range, other: Range) -> bool:
    return one.first < other.last and other.first < one.last


def _parted(clue: Clue) -> Iterator[Clue]:
    """One for each mediator where they mediate separately."""
    if not clue.separate:
        yield clue
    else:
        yield from (replace(clue, mediators=(mediator,)) for mediator in clue.mediators)
