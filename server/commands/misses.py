"""Lists what a reading missed and what it has too much, with the words, for `parley evaluate --misses`."""

from collections.abc import Iterator
from typing import Any

from kg.evaluation import Evaluation, Outcome, Scored
from kg.evaluation.items import Item
from kg.evaluation.spans import share, size

_QUOTED = 120  # characters of an item's words that are shown


def misses_of(result: Evaluation, most: int) -> Iterator[str]:
    """For each kind up to so many items that were missed and that are spurious, those of most words first."""
    for kind in result.figures() if most else ():
        told = [
            (one, one.comparison.outcomes[kind]) for one in result.scored if kind in one.comparison.outcomes
        ]
        for what in ("missed", "spurious"):
            found = [(one, item, of) for one, of in told for item in getattr(of, what)]
            found.sort(key=lambda miss: -size(miss[1].spans))
            if found:
                yield f"\n{kind.replace('_', ' ')}: {len(found):,} {what}"
            for one, item, of in found[:most]:
                yield f"  {one.name}: {_shown(one, item)}"
                if what == "missed":
                    yield from _instead(one, item, of)


def _instead(one: Scored, missed: Item, of: Outcome[Any]) -> Iterator[str]:
    """What was read of the same words, if anything was."""
    shares = [(share(missed.spans, item.spans), item) for item in of.spurious]
    nearest = max(shares, key=lambda pair: pair[0], default=(0, missed))
    if nearest[0]:
        yield f"    read instead: {_shown(one, nearest[1])}"


def _shown(one: Scored, item: Item) -> str:
    words = " … ".join(_words(one, span.start, span.end) for span in item.spans)
    quoted = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
    where = f" “{quoted}” [{item.spans[0].start}–{item.spans[-1].end}]" if item.spans else ""
    return " ".join(f"{item.told()}{where}".split())


def _words(one: Scored, start: int, end: int) -> str:
    return " ".join(one.source.text[start:end].split())
