"""Which thing of the gold each thing of the reading stands for, told by the mentions that they share."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.evaluation import spans
from kg.evaluation.items import Named, Thing
from kg.evaluation.matching import match


class Identity:
    """Things paired one to one; each of the reading stands for that with which it shares most mentions."""

    def __init__(self, gold: Sequence[Thing], found: Sequence[Thing]) -> None:
        self._nearest = _nearest(gold, found)
        golds, founds = [thing.id for thing in gold], [thing.id for thing in found]
        left, right = ({id_: number for number, id_ in enumerate(ids)} for ids in (golds, founds))
        weights = {
            (left[own], right[key]): shared
            for key, nearest in self._nearest.items()
            for own, shared in nearest.items()
        }
        self.pairs = {golds[own]: founds[key] for own, key in match(weights).items()}
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


def _nearest(gold: Sequence[Thing], found: Sequence[Thing]) -> dict[str, dict[str, int]]:
    """For each thing of the reading those that it shares most mentions with, and how many.

    Where several mentions of the reading lie in one of the gold, such as "Norlandian" and "Berg" in
    "Norlandian President Berg", those that end with it share it, and of these the ones that fill most of it.
    """
    own, theirs = mentions(gold), mentions(found)
    inside: dict[int, list[int]] = defaultdict(list)
    for left, right in spans.overlapping(own, theirs):
        inside[left].append(right)
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for left, rights in inside.items():
        fit = {right: _fit(own[left], theirs[right]) for right in rights}
        for key in {theirs[right].of for right in rights if fit[right] == max(fit.values())}:
            shared[key][own[left].of] += 1
    return {
        key: {of: count for of, count in counts.items() if count == max(counts.values())}
        for key, counts in shared.items()
    }


def _fit(own: Named, other: Named) -> tuple[bool, int]:
    return own.span.end == other.span.end, spans.common(own.spans, other.spans)
