"""Whom "the talks" are between that a passage does not say: those told of before, or the text's own two."""

import itertools
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.names.parties import SIDES, as_place
from kg.reading.names.references import Reference
from kg.reading.talks.grouping import Clue
from kg.reading.talks.sides import bodies_of
from kg.reading.text.tokens import Range

_NUMBERS = {"two": 2, "three": 3, "four": 4}
_PEERS = frozenset({"countries", "sides", "parties", "states", "nations", "neighbours", "neighbors"})
_BEHIND = 5  # words from "dialogue" to "the two countries"
_BACK = 3  # paragraphs in which "the talks" may have been told of


@dataclass(frozen=True)
class Earlier:
    """What is known of a text: the pair that its words join, and the two set against each other."""

    analysis: Analysis
    parties: tuple[str, ...]
    rivals: frozenset[str]
    only: Clue | None = None  # the only talks of the text whose two sides its words name, wherever it does

    def with_sides(self, clue: Clue, before: list[Clue]) -> Clue:
        """ "the talks": those told of just before, the pair of this sentence, or the text's two parties."""
        document = self.analysis.document
        sentence = document.sentence(clue.evidence[0].first)
        mediators = {r.key for r in clue.mediators}
        paragraph = document.paragraph_number(sentence.first)
        fitting = [c for c in before if not c.sides & mediators and (c.several or not clue.several)]
        near = [c for c in fitting if paragraph - document.paragraph_number(c.evidence[0].first) <= _BACK]
        for earlier in (c for c in fitting if clue.place and self._held_there(c, clue.place)):
            return self._like(clue, earlier)
        if clue.place and self.only and not self.only.sides & mediators:
            return self._like(clue, self.only)
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
        if self.only and not self.only.sides & mediators:
            return self._like(clue, self.only)
        if self.parties:
            return clue if set(self.parties) & mediators else replace(clue, sides=frozenset(self.parties))
        if (told := self._foremost(clue, mediators)) and self.analysis.strife:
            return replace(clue, sides=told, founds=True, bare=False, evidence=(self._to_peers(clue),))
        if not (mediators or clue.founds):
            return clue
        named = self._two_named(clue, mediators) if mediators else frozenset()
        return replace(clue, sides=named or self.rivals - mediators)

    def _held_there(self, clue: Clue, place: Range) -> bool:
        """ "the Jeddah talks" after "negotiations in Jeddah on a truce in Sudan"."""
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

    def _foremost(self, clue: Clue, mediators: set[str]) -> frozenset[str]:
        """ "between the two countries", of a text that joins no two: those named most before, if clearly."""
        document, evidence = self.analysis.document, clue.evidence[0]
        end = min(evidence.last + _BEHIND, document.sentence(evidence.first).last)
        words = itertools.pairwise(document.lowers(Range(evidence.first, end)))
        number = next((_NUMBERS[one] for one, after in words if one in _NUMBERS and after in _PEERS), 0)
        near = self.analysis.references.within(Range(0, evidence.first)) if number else ()
        named = Counter(r.key for r in near if r.type in SIDES and r.key not in mediators)
        ranked = named.most_common(number + 1)
        behind = ranked[number][1] if len(ranked) > number else 1
        enough = number and len(ranked) >= number and ranked[number - 1][1] > behind
        return frozenset(key for key, _ in ranked[:number]) if enough else frozenset()

    def _to_peers(self, clue: Clue) -> Range:
        """The passage with "between the two countries" behind it."""
        document, told = self.analysis.document, clue.evidence[0]
        end = min(told.last + _BEHIND, document.sentence(told.first).last)
        peers = [i + 1 for i in range(told.last, end) if document.tokens[i].lower in _PEERS]
        return Range(told.first, max([told.last, *peers]))

    def _two_named(self, clue: Clue, mediators: set[str]) -> frozenset[str]:
        """The only two others whom the paragraph has named so far."""
        document = self.analysis.document
        first = document.paragraphs[document.paragraph_number(clue.evidence[0].first)].first
        near = self.analysis.references.within(Range(first, clue.evidence[0].first))
        told = (
            r for r in near if not as_place(document, r) and (not r.adjective or r.type == "NonStateGroup")
        )
        bodies = {key for r in told for key in self._behind(r)}
        others = {key for key in bodies if key.startswith(("state/", "group/"))} - mediators
        return frozenset(others) if len(others) == 2 else frozenset()

    def _behind(self, reference: Reference) -> Set[str]:
        """Whom a name may stand for: itself, or whom that person serves."""
        own = self.analysis.employers.get(reference.key, reference.key)
        return (
            {own} if own.startswith(("state/", "group/")) else self.analysis.served.get(reference.key, {own})
        )
