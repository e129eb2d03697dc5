"""Names that find their thing: ways to match names beside each other."""

from collections.abc import Mapping
from typing import Any

from bench.service import tables
from bench.service.tables import Result

_TITLES = {"parley": "Parley", "csv-reconcile": "csv-reconcile", "rapidfuzz": "rapidfuzz, WRatio ≥ 90"}


def write(result: Result) -> str:
    """Three tables: what is found first, what is said to be a match, and the time of it."""
    rows: dict[tuple[str, str], Mapping[str, Any]] = {
        (row["way"], row["kind"]): row for row in result["rows"]
    }
    ways = list(dict.fromkeys(way for way, _ in rows))
    kinds = list(dict.fromkeys(kind for _, kind in rows))
    titles = [_TITLES[way] for way in ways]
    return "\n".join(
        [
            "## Reconciliation: names that find their thing\n",
            f"`make bench-reconciliation`: labels of {result['things']} things of the authority data, "
            f"written in several ways, and names of nobody, against all {result['names']:,} names; "
            f"seed {result['seed']}. "
            f"{tables.machine(result)}\n",
            "### The right thing comes first\n",
            *tables.table(
                ["written as", "cases", *titles],
                (_found([rows[way, kind] for way in ways], kind) for kind in kinds if kind != "nobody"),
            ),
            "",
            "### Said to be a match, and right in it\n",
            *tables.table(
                ["written as", "cases", *titles],
                (_matched([rows[way, kind] for way in ways], kind) for kind in kinds),
            ),
            "",
            "### All of them, and the time\n",
            *tables.table(
                ["", "precision of matches", "recall of matches", "ms a name, processor", "times Parley"],
                (_whole(rows[way, "all"], rows[ways[0], "all"]) for way in ways),
            ),
            "",
        ]
    )


def _found(of_ways: list[Mapping[str, Any]], kind: str) -> list[str]:
    return [kind, str(of_ways[0]["meant"]), *(f"{row['found'] / row['meant']:.3f}" for row in of_ways)]


def _matched(of_ways: list[Mapping[str, Any]], kind: str) -> list[str]:
    return [kind, str(of_ways[0]["cases"]), *(f"{row['matches']}, {row['right']} right" for row in of_ways)]


def _whole(row: Mapping[str, Any], ours: Mapping[str, Any]) -> list[str]:
    return [
        _TITLES[row["way"]],
        f"{row['right'] / max(row['matches'], 1):.3f}",
        f"{row['right'] / row['meant']:.3f}",
        f"{1000 * row['seconds'] / row['cases']:.2f}",
        f"{row['seconds'] / ours['seconds']:.1f}",
    ]
