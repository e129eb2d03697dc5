"""Queries that never end: what the others noticed, and how each of them ended."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bench.service import endless, tables
from bench.service.tables import Result


def write(result: Result) -> str:
    """Two tables: the small queries of the others, and how each hanging one ended."""
    rows = result["rows"]
    base = rows[0]["small"]["p99"]
    small = (
        [
            row["when"],
            f"{row['small']['median'] * 1000:.1f}",
            f"{row['small']['p99'] * 1000:.1f}",
            f"{row['small']['p99'] / base:.2f}",
            f"{row['small']['longest'] * 1000:.0f}",
            ", ".join(f"{count} × {status}" for status, count in row["small"]["statuses"].items()),
        ]
        for row in rows
    )
    by_name: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        for one in row["ended"]:
            by_name[one["name"]].append(one)
    ended = (
        [name, *(f"{one['status']} in {one['seconds']:.2f} s" for one in ones)]
        for name, ones in by_name.items()
    )
    first = rows[1]["ended"]  # of those at once some wait for their turn, which is not their time
    late = [one["name"] for one in first if not one["seconds"] <= result["deadline"] + 0.5]
    odd = [one["name"] for row in rows for one in row["ended"] if one["status"] not in endless.HONEST]
    return "\n".join(
        [
            "## Queries that never end\n",
            f"`make bench-service`: {result['quads']:,} quads, deadline {result['deadline']:g} s. Ten other "
            f"clients ask a small query each, every 0.1 s, that no cache holds. {tables.machine(result)}\n",
            *tables.table(
                ["small queries", "median ms", "p99 ms", "p99 beside before", "longest ms", "answers"], small
            ),
            "",
            *tables.table(["hanging query", *(row["when"] for row in rows[1:])], ended),
            f"\nLater than the deadline and half a second: {', '.join(late) or 'none'}. With another "
            f"status than {', '.join(map(str, sorted(endless.HONEST)))}: {', '.join(odd) or 'none'}. "
            f"Processes still busy afterwards: {result['still_busy']}.\n",
        ]
    )
