"""Which thing of the gold each thing of the reading stands for, told by the mentions that they share."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.evaluation import spans
from kg.evaluation.items import Named, Thing
from kg.evaluation.matching import match

_Fit = tuple[bool, int]  # whether two mentions end together, and how many characters they have in common


class Identity:
    """Things paired one to one; each of the reading stands for that with which it shares most mentions."""

    def __init__(self, gold: Sequence[Thing], found: Sequence[Thing]) -> None:
        self._nearest = _nearest(gold, found)
        weights = {
            (left, right): _weight(own, other, self._nearest[other.id][own.id])
            for left, own in enumerate(gold)
            for right, other in enumerate(found)
            if own.id in self._nearest.get(other.id, {})
        }
        self.pairs = {gold[own].id: found[key].id for own, key in match(weights).items()}
        self._paired = {key: own for own, key in self.pairs.items()}

    def stand_for(self, key: str, own: str) -> bool:
        """Whether a thing of the reading stands for this one; where it is not paired, as one of equals."""
        if key in self._paired:
            return self._paired[key] == own
        return own in self._nearest.get(key, {})

    def half(self, owns: Sequence[str], keys: Sequence[str]) -> bool:
        """Whether at least half of the things in the gold have one of the reading that stands for them."""
        return 2 * sum(any(self.stand_for(key, own) for key in keys) for own in owns) >= len(owns)


def mentions(things: Sequence[Thing]) -> tuple[Named, ...]:
    """Every mention of every thing, in the order of the text."""
    found = [Named(thing.id, span) for thing in things for span in thing.mentions]
    return tuple(sorted(found, key=lambda named: (named.span, named.of)))


def _weight(own: Thing, other: Thing, shared: int) -> int:
    """Mentions shared; of equals, such as a capital and its state, first those of one type, then name."""
    return 4 * shared + 2 * (own.type == other.type) + (own.name == other.name)


def _nearest(gold: Sequence[Thing], found: Sequence[Thing]) -> dict[str, dict[str, int]]:
    """For each thing of the reading those that it shares most mentions with, and how many.

    Mentions that overlap are shared unless one of them fits another better: of "Norlandian" and "Berg" in
    "Norlandian President Berg", the second does, because it ends there.
    """
    own, theirs = mentions(gold), mentions(found)
    fits = {pair: _fit(own[pair[0]], theirs[pair[1]]) for pair in spans.overlapping(own, theirs)}
    best: tuple[dict[int, _Fit], dict[int, _Fit]] = ({}, {})
    for pair, fit in fits.items():
        for side in (0, 1):
            best[side][pair[side]] = max(fit, best[side].get(pair[side], fit))
    shared = {
        (theirs[right].of, left)
        for (left, right), fit in fits.items()
        if fit == best[0][left] == best[1][right]
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, left in shared:
        counts[key][own[left].of] += 1
    return {
        key: {of: count for of, count in owns.items() if count == max(owns.values())}
        for key, owns in counts.items()
    }


def _fit(own: Named, other: Named) -> _Fit:
    return own.span.end == other.span.end, spans.common(own.spans, other.spans)
