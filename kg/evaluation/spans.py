"""Characters that items have in common: unions of spans, their sizes, and who overlaps whom."""

from collections.abc import Iterator, Sequence

from kg.evaluation.items import Item
from kg.model import Span

_SCALE = 1_000_000  # weights are whole numbers, so that equal shares are equal on every machine


def union(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same characters as spans that neither touch nor overlap, in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def size(spans: Sequence[Span]) -> int:
    """How many characters the spans hold together."""
    return sum(span.end - span.start for span in union(spans))


def common(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How many characters both hold."""
    return size(one) + size(other) - size((*one, *other))


def share(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Intersection over union in millionths, rounded down."""
    return common(one, other) * _SCALE // max(size((*one, *other)), 1)


def agree(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether at least half of the characters that either holds are held by both."""
    both = common(one, other)
    return both > 0 and 2 * both >= size((*one, *other))


def overlapping(left: Sequence[Item], right: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The numbers of all items, one of each side, that have a character in common; each pair once."""
    starts = sorted(
        (span.start, span.end, side, number)
        for side, items in enumerate((left, right))
        for number, item in enumerate(items)
        for span in item.spans
    )
    open_: tuple[dict[int, int], dict[int, int]] = ({}, {})
    seen: set[tuple[int, int]] = set()
    for start, end, side, number in starts:
        others = open_[1 - side]
        for other in [other for other, closes in others.items() if closes <= start]:
            del others[other]
        for other in others:
            pair = (number, other) if side == 0 else (other, number)
            if pair not in seen:
                seen.add(pair)
                yield pair
        open_[side][number] = max(end, open_[side].get(number, 0))
