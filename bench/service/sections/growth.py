"""Time and memory as the graph grows: a plot, and its numbers."""

from collections.abc import Mapping
from typing import Any

from bench.service import peers, tables
from bench.service.tables import Result

_QUARTER = 0.25  # the goal: memory of a further query process as a part of the store's


def write(result: Result) -> str:
    """The plot and one table."""
    rows = result["rows"]
    kinds = list(rows[0]["latency"])
    head = [
        "quads",
        "",
        "ready s",
        "memory MB",
        "query process MB (of the store)",
        *(f"{k} ms" for k in kinds),
    ]
    return "\n".join(
        [
            "## Growth\n",
            f"`make bench-service`: latency of one client, no cache. {tables.machine(result)}\n",
            "![Latency and memory by number of quads](benchmarks/growth.svg)\n",
            *tables.table(head, (_row(row, kinds) for row in rows)),
            "",
            *_goal(rows),
        ]
    )


def _row(row: Mapping[str, Any], kinds: list[str]) -> list[str]:
    reader = f"{row['reader']:.1f} ({row['reader'] / row['store']:.2f})" if "reader" in row else ""
    title = peers.KINDS[row["engine"]].title
    times = [_milliseconds(row["latency"][kind]) for kind in kinds]
    return [f"{row['quads']:,}", title, f"{row['ready']:.1f}", f"{row['memory']:.0f}", reader, *times]


def _milliseconds(seconds: float | None) -> str:
    return "no answer" if seconds is None else f"{seconds * 1000:.3g}"


def _goal(rows: list[Mapping[str, Any]]) -> list[str]:
    """At a million quads."""
    parts = [row["reader"] / row["store"] for row in rows if "reader" in row and row["quads"] == 1_000_000]
    if not parts:
        return []
    met = tables.met(parts[0] < _QUARTER)
    return [
        f"A query process has {parts[0]:.2f} of the store at rest; goal < {_QUARTER}: {met}. While it works "
        "it copies pages that it reads, and is replaced when it has copied many.\n"
    ]
