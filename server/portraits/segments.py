"""Cuts a text wherever a mark begins or ends: marks may nest, overlap, coincide, or reach beyond it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Whatever stands at characters [start, end) of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Mark = TypeVar("Mark", bound=Placed)


@dataclass(frozen=True)
class Segment(Generic[Mark]):
    """Characters [start, end) that all lie in the same marks: the widest first, equal ones as they came."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(
    start: int, end: int, marks: Iterable[Mark], cuts: Iterable[int] = ()
) -> tuple[Segment[Mark], ...]:
    """The characters [start, end) in order, without a gap, cut at the edges of marks and at `cuts` as well.

    A mark without characters, or outside, has no effect.
    """
    opening, closing = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    seen = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
    for number, mark in enumerate(seen):
        opening[max(mark.start, start)].append(number)
        closing[min(mark.end, end)].append(number)
    inner = {cut for cut in cuts if start < cut < end}
    edges = sorted({start, end, *opening, *closing, *inner})
    found: list[Segment[Mark]] = []
    active: set[int] = set()
    for first, after in pairwise(edges):
        active = (active - {*closing[first]}) | {*opening[first]}
        ranked = sorted(active, key=lambda number: (seen[number].start - seen[number].end, number))
        found.append(Segment(first, after, tuple(seen[number] for number in ranked)))
    return tuple(found)
