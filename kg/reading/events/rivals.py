"""Who fights whom, as far as a text tells both: for fights told with one side or with a place alone."""

import itertools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.events.fights import FOUGHT_BY_TWO, fighting
from kg.reading.events.sightings import Sighting
from kg.reading.names.bodies import state_of
from kg.reading.text.tokens import Range

_BATTLES = FOUGHT_BY_TWO | {"battle", "battles"}
_OFTEN = 2  # tellings of a fight after which it is one of the text's
_JOINING = (["and"], ["nor"], ["or"], ["-"], ["–"])
_BESIDE = 3  # tokens between two names that such a word joins
_MOST = 6  # sides of one fight, however long the list


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sides of a fight, and the passage that names both."""

    at: int
    sides: tuple[str, str]
    told: Range


class Rivals:
    """The pairs of a text in its order: those whose fight it tells of, else those whom it names together."""

    def __init__(self, analysis: Analysis, found: Iterable[Sighting]) -> None:
        self.sides = fighting(analysis)
        fought = [pair for s in found if s.code == "ASSAULT" or s.kind == "Conflict" for pair in self._of(s)]
        fought.sort(key=lambda pair: pair.at)
        joined = list(self._joined(analysis))
        self._times = Counter(frozenset(pair.sides) for pair in fought)
        self._sure = [pair for pair in fought if self._is_sure(pair)] or joined
        self._main = self._mostly(fought)
        self._of_side = _by_side(joined) | _by_side(fought)

    def _mostly(self, fought: list[_Pair]) -> list[_Pair]:
        """The one fight that the text mostly tells of, if there is one."""
        main, times = next(iter(self._times.most_common(1)), (frozenset(), 0))
        sole = times >= _OFTEN and times * 2 >= len(fought)
        return [pair for pair in fought if frozenset(pair.sides) == main] if sole else []

    def _of(self, sighting: Sighting) -> Iterator[_Pair]:
        """Whoever attacks and whoever is attacked; the two of a war."""
        agents = [key for key in sighting.agents if key in self.sides]
        others = [key for key in sighting.participants if key in self.sides and key not in agents]
        if not agents and sighting.kind == "Conflict" and len(others) == 2:
            agents, others = others[:1], others[1:]
        for pair in itertools.product(agents[:_MOST], others[:_MOST]):
            if state_of(pair[0]) != pair[1] and state_of(pair[1]) != pair[0]:
                yield _Pair(sighting.trigger.first, pair, sighting.evidence)

    def _is_sure(self, pair: _Pair) -> bool:
        """Whether one of the two is an armed group, or the text tells of their fight again."""
        return self._times[frozenset(pair.sides)] >= _OFTEN or any(
            key.startswith("group/") for key in pair.sides
        )

    def _joined(self, analysis: Analysis) -> Iterator[_Pair]:
        """ "Neither the army nor the Z Front", "between the state and Z": an armed group and who is none."""
        named = [r for r in analysis.references.items if r.key in self.sides]
        for left, right in itertools.pairwise(named):
            between = Range(left.range.last, right.range.first)
            groups = left.key.startswith("group/") + right.key.startswith("group/")
            if groups != 1 or between.last - between.first > _BESIDE:
                continue
            if [word for word in analysis.document.lowers(between) if word != "the"] in _JOINING:
                told = Range(left.range.first, right.range.last)
                yield _Pair(told.first, (left.key, right.key), told)

    def near(self, at: int) -> _Pair | None:
        """The pair that was told last before a token, else the first behind it."""
        return _nearest(self._sure, at)

    def against(self, side: str, at: int) -> _Pair | None:
        """The nearest pair of which one is this side."""
        return _nearest(self._of_side.get(side, []), at)

    def in_main(self, side: str, at: int) -> _Pair | None:
        """The nearest pair of the one fight that the text mostly tells of, if this side is in it."""
        return _nearest(self._main, at) if self._main and side in self._main[0].sides else None


def _by_side(pairs: Iterable[_Pair]) -> dict[str, list[_Pair]]:
    found: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        for side in pair.sides:
            found[side].append(pair)
    return found


def _nearest(pairs: list[_Pair], at: int) -> _Pair | None:
    behind = bisect_left(pairs, at, key=lambda pair: pair.at)
    return pairs[max(0, behind - 1)] if pairs else None


def with_rivals(analysis: Analysis, sighting: Sighting, rivals: Rivals) -> Sighting:
    """ "S's civil war", "the battle for P", "fighting with Z": with those who fight there or against Z."""
    war = sighting.kind == "Conflict" and sighting.code is None
    battle = sighting.code == "ASSAULT" and not sighting.agents
    if not war and not (battle and not _BATTLES.isdisjoint(analysis.document.lowers(sighting.trigger))):
        return sighting
    sides = [key for key in sighting.participants if key in rivals.sides]
    at = sighting.trigger.first
    pair = (rivals.against(sides[0], at) if sides else None) or rivals.near(at)
    if pair is None or len(sides) > 1:
        return sighting
    place = sighting.place or ""
    there = _with(sighting, pair, place if place.startswith("state/") else "")
    pointing = sighting.definite and (battle or bool(sighting.participants))
    return replace(there, definite=pointing)


def with_opponent(sighting: Sighting, rivals: Rivals) -> Sighting:
    """Force told with nobody, that was taken for one side's: with the other side of the text's one fight."""
    sides = [key for key in sighting.participants if key in rivals.sides]
    if sighting.code != "ASSAULT" or len(sides) != 1:
        return sighting
    pair = rivals.in_main(sides[0], sighting.trigger.first)
    return _with(sighting, pair) if pair else sighting


def _with(sighting: Sighting, pair: _Pair, place: str = "") -> Sighting:
    people = (*sighting.participants, *([place] if place else []), *pair.sides)
    leans_on = (*sighting.leans_on, pair.told)
    return replace(sighting, participants=tuple(dict.fromkeys(people)), leans_on=leans_on)
