"""What came of a check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.pitfalls import Check, Finding

_MOST = 5  # faults of a check that are told; what is served to strangers has to end


@dataclass(frozen=True)
class Outcome:
    """One check, what is at fault by it, and what was looked at where that is a number of things.

    `minor` where nothing that was found is more than that.
    """

    check: Check
    faults: tuple[str, ...]
    seen: str = ""
    minor: bool = False

    @property
    def passed(self) -> bool:
        return not self.faults

    @property
    def told(self) -> tuple[str, ...]:
        """The first faults, and how many more there are."""
        more = len(self.faults) - _MOST
        return self.faults[:_MOST] + ((f"and {more:,} more",) if more > 0 else ())


@dataclass(frozen=True)
class Section:
    """Checks that belong together, with a sentence on where they come from."""

    name: str
    title: str
    about: str
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.outcomes)


def graded(checks: Iterable[Check], found: Sequence[Finding]) -> tuple[Outcome, ...]:
    """Each check with what it found; who is at fault is named before what is wrong."""
    return tuple(_graded(check, [one for one in found if one.check == check.name]) for check in checks)


def _graded(check: Check, found: Sequence[Finding]) -> Outcome:
    faults = tuple(f"{one.node} {one.message}" for one in found)
    return Outcome(check, faults, minor=all(one.severity == "minor" for one in found))
