"""What becomes of one kind of item in one text: pairs that are right, items missed, items spurious."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.evaluation import spans
from kg.evaluation.items import Item
from kg.evaluation.matching import match

One = TypeVar("One", bound=Item)


@dataclass(frozen=True)
class Outcome(Generic[One]):
    """`right` pairs an item of the gold with one of the reading."""

    right: tuple[tuple[One, One], ...] = ()
    missed: tuple[One, ...] = ()
    spurious: tuple[One, ...] = ()


def matched(
    gold: Sequence[One], found: Sequence[One], weights: Mapping[tuple[int, int], int]
) -> Outcome[One]:
    """Pairs by number, with what each is worth, as one to one and as many as there can be."""
    partner = match(weights)
    taken = set(partner.values())
    return Outcome(
        tuple((gold[left], found[right]) for left, right in sorted(partner.items())),
        tuple(item for number, item in enumerate(gold) if number not in partner),
        tuple(item for number, item in enumerate(found) if number not in taken),
    )


def paired(gold: Sequence[One], found: Sequence[One], same: Callable[[One, One], bool]) -> Outcome[One]:
    """Of items that have characters in common those that are the `same`, most characters first."""
    return matched(
        gold,
        found,
        {
            (left, right): spans.share(gold[left].spans, found[right].spans)
            for left, right in spans.overlapping(gold, found)
            if same(gold[left], found[right])
        },
    )


def judged(pairs: Iterable[tuple[One, One]], right: Callable[[One, One], bool]) -> Outcome[One]:
    """Pairs that were matched before, by whether they agree in one more point: what is wrong counts twice."""
    known = [(own, other, right(own, other)) for own, other in pairs]
    return Outcome(
        tuple((own, other) for own, other, agrees in known if agrees),
        tuple(own for own, _, agrees in known if not agrees),
        tuple(other for _, other, agrees in known if not agrees),
    )
