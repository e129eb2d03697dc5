"""Precision, recall and F1 from counts that are added up over texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.evaluation.outcomes import Outcome

# Every kind in the order in which it is shown → the kind whose matched items it is a point of.
KINDS: dict[str, str | None] = {
    "mentions": None,
    "entities": None,
    "types": "entities",
    "statements": None,
    "stance": "statements",
    "modality": "statements",
    "events": None,
    "status": "events",
    "dates": "events",
    "formats": None,
    "mediators": None,
    "corridors": None,
    "corridor_members": None,
}


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1, each from 0 to 1, and the number of items in the gold."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True)
class Counts:
    """How many items are right, how many a person wrote down, and how many were read."""

    right: int = 0
    expected: int = 0
    offered: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.expected + other.expected, self.offered + other.offered)

    def figures(self) -> Figures:
        """What was neither written down nor read is wholly right; else a share of nothing is nothing."""
        if not self.expected and not self.offered:
            return Figures(1.0, 1.0, 1.0, 0)
        return Figures(
            self.right / self.offered if self.offered else 0.0,
            self.right / self.expected if self.expected else 0.0,
            2 * self.right / (self.expected + self.offered),
            self.expected,
        )


def counted(outcomes: Iterable[Mapping[str, Outcome[Any]]]) -> dict[str, Counts]:
    """The counts of all texts together (micro-average), for each kind that any of them was asked for."""
    whole: dict[str, Counts] = {}
    for one in outcomes:
        for kind, outcome in one.items():
            right, offered = len(outcome.right), len(outcome.right) + len(outcome.spurious)
            counts = Counts(right, right + len(outcome.missed), offered)
            whole[kind] = whole.get(kind, Counts()) + counts
    return {kind: whole[kind] for kind in KINDS if kind in whole}


def figures(counts: Mapping[str, Counts]) -> dict[str, Figures]:
    """The figures of each kind; a point of matched items fares as these do where there are none."""
    found = {kind: of.figures() for kind, of in counts.items()}
    for kind, parent in KINDS.items():
        if parent and kind in found and found[kind].n == 0:
            whole = found[parent]
            found[kind] = Figures(whole.f1 and 1.0, whole.f1 and 1.0, whole.f1 and 1.0, 0)
    return found
