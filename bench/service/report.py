"""Results of the benches as files, and docs/benchmarks.md made of them.

.venv/bin/python -m bench.service.report
"""

import json
from collections.abc import Callable
from pathlib import Path

from bench.service.sections import (
    closure,
    dereferencing,
    fairness,
    growth,
    hanging,
    pages,
    reconciliation,
    shapes,
    soak,
)
from bench.service.tables import Result

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "benchmarks"
PAGE = ROOT / "docs" / "benchmarks.md"
_SECTIONS: dict[str, Callable[[Result], str]] = {
    "shapes": shapes.write,
    "growth": growth.write,
    "hanging": hanging.write,
    "fairness": fairness.write,
    "soak": soak.write,
    "closure": closure.write,
    "dereferencing": dereferencing.write,
    "pages": pages.write,
    "reconciliation": reconciliation.write,
}


def save(name: str, result: Result) -> None:
    """Write one result and render the page anew."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    render()


def render() -> None:
    """Write docs/benchmarks.md from the results that are there, and from what a person says of them."""
    first, *others = [section(name) for name in _SECTIONS if (RESULTS / f"{name}.json").exists()]
    head = "# Measured\n\nWritten by `python -m bench.service.report` from `docs/benchmarks/*`.\n"
    PAGE.write_text("\n".join([head, first, (RESULTS / "cost.md").read_text("utf-8"), *others]), "utf-8")


def section(name: str) -> str:
    """One part of the page."""
    return written(name, json.loads((RESULTS / f"{name}.json").read_text("utf-8")))


def written(name: str, result: Result) -> str:
    """A result as it stands on the page."""
    return _SECTIONS[name](result)


if __name__ == "__main__":
    render()
