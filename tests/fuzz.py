"""Feeds texts that nobody would write to everything that reads texts, for as long as it is given.

    .venv/bin/python tests/fuzz.py [--seconds 600] [--seed 1] [TARGET …]

Each target (fuzz_targets.py) has a round of examples in turn; hypothesis makes them from the texts of the
cases, and what brings out a fault is made small. Another seed gives other examples, the same seed the same.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fuzz_targets import TARGETS, Check, Target
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

_ROUND = 25  # examples
_TRIALS = 200  # attempts to make one that fails smaller
_SHOWN = 2_000  # characters of a fault


def campaign(targets: Mapping[str, Target], seconds: float, first: int) -> Iterator[tuple[str, int, str]]:
    """Target, number of examples and fault, or "", of each round until the time is up."""
    until, number = time.monotonic() + seconds, first
    while time.monotonic() < until:
        for name, target in targets.items():
            for _ in range(target.weight):
                if time.monotonic() < until:
                    number += 1
                    yield (name, *tried(target, number))


def tried(target: Target, number: int) -> tuple[int, str]:
    """How many examples were tried, and the fault that one brought out, if any, with a small such example."""
    values: list[Any] = []

    @seed(number)
    @settings(
        max_examples=_ROUND,
        database=None,
        deadline=None,
        verbosity=Verbosity.quiet,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.given)
    def examples(value: object) -> None:
        values.append(value)
        target.check(value)

    try:
        examples()
    except Exception:
        return len(values), _told(target.check, smallest(target.check, values[-1]))
    return len(values), ""


def _told(check: Check, value: Any) -> str:
    """The fault that the value brings out, with the last places in the code, and the value."""
    try:
        check(value)
    except Exception:
        return f"{traceback.format_exc(limit=-4)}\nfor {value!r}"
    return f"seen once and not again, for {value!r}"


def smallest(check: Check, value: Any) -> Any:
    """The text, also where it stands first in a tuple, without what the same kind of fault does not need."""
    if isinstance(value, tuple):
        return (smallest(lambda text: check((text, *value[1:])), value[0]), *value[1:])
    kind, size = _fault(check, value), len(value) // 2
    for _ in range(_TRIALS):
        if not size or kind is None:
            break
        shorter = (value[:start] + value[start + size :] for start in range(0, len(value), size))
        found = next((text for text in shorter if _fault(check, text) is kind), None)
        value, size = (value, size // 2) if found is None else (found, size)
    return value


def _fault(check: Check, value: Any) -> type[Exception] | None:
    try:
        check(value)
    except Exception as error:
        return type(error)
    return None


def main(names: list[str], seconds: float, first: int) -> int:
    """Tell of each fault once, and at the end how much was tried; 1 if there was any."""
    count: Counter[str] = Counter()
    faults: set[str] = set()
    targets = {name: TARGETS[name] for name in names or TARGETS}
    for name, examples, fault in campaign(targets, seconds, first):
        count[name] += examples
        where = fault.rpartition("\n  File ")[2].partition("\n")[0]
        if fault and where not in faults:
            faults.add(where)
            print(f"\n## {name}\n{fault[-_SHOWN:]}", flush=True)
    print(*(f"{name}: {number:,} examples" for name, number in count.items()), sep="\n")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[[], *TARGETS])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    sys.exit(main(told.targets, told.seconds, told.seed))
