"""Checks which facts of the seed article a reading states, as `cases/seed/coverage.tsv` claims.

Each fact has a selector (see seed_selectors.py) that is written from the fact, not from what was read. For
each range of the fact’s offsets, the reading must also have an overlapping span; the offsets in the report
are in coverage.tsv. Where the selector asks whether the text says who relays (`explicit`), what resolved the
issuer counts as such a span. An outcome is

    found            some reading there meets every condition
    lacks a b        some reading there does except for these (at most three) conditions
    lacks offsets    some reading does, from other words of the text
    missed           no reading comes as near as that
    unstated         the text (the report) does not have the fact
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from seed_readings import CASES, Row, read_rows
from seed_selectors import Selector, candidates

from kg.model import Reading, Span

COVERAGE = CASES / "coverage.tsv"
FACTS = CASES.parent / "seed-facts.tsv"
# What a reading may lack and still be the one that the fact is about.
_LACKABLE = (
    *("when", "precision", "stance", "modality", "explicit", "through", "speaker", "participant"),
    *("factuality", "by", "user", "place", "cause", "effect", "thing"),
)
_MOST_LACKS = 3
OUTCOMES = {"found", "lacks", "missed", "unstated"}


def outcome(selector: Selector, places: list[Span], reading: Reading) -> str:
    """The outcome for a fact whose words stand at these places of the text that was read."""
    failures = {candidate.fails(selector, places) for candidate in candidates(reading, selector.kind)}
    if not places:
        return "unstated"
    if frozenset() in failures:
        return "found"
    lacks = next((names for names in _lackable() if frozenset(names) in failures), None)
    return " ".join(("lacks", *lacks)) if lacks else "missed"


def _lackable() -> Iterator[tuple[str, ...]]:
    """Fewer before more; `offsets` alone, because two readings in different places are easily two things."""
    yield ("offsets",)
    for count in range(1, _MOST_LACKS + 1):
        yield from combinations(_LACKABLE, count)


def share(rows: list[Row], name: str) -> float:
    """Facts found in `article` or `report`, of a hundred facts; those that lack a value do not count."""
    return 100 * sum(row[name] == "found" for row in rows) / len(rows)


def renewed(readings: Mapping[str, Reading]) -> list[Row]:
    """The rows of coverage.tsv with the outcomes that these readings have."""
    return [{**row, **outcomes(row, readings)} for row in read_rows(COVERAGE)]


def outcomes(row: Row, readings: Mapping[str, Reading]) -> Row:
    """What a row of coverage.tsv must say in its columns `article` and `report`."""
    selector, ranges = Selector.parse(row["selector"]), {"article": _offsets()[row["id"]]}
    ranges["report"] = row["report_offsets"]
    return {name: outcome(selector, places(ranges[name]), reading) for name, reading in readings.items()}


def places(ranges: str) -> list[Span]:
    """`0-10;12-20` as spans; `-` for none."""
    return [Span(*map(int, pair.split("-"))) for pair in ranges.split(";") if pair != "-"]


@cache
def _offsets() -> dict[str, str]:
    return {fact["id"]: fact["offsets"] for fact in read_rows(FACTS)}
