"""Fifty slow queries of one client: what another one noticed."""

from collections.abc import Mapping
from typing import Any

from bench.service import tables
from bench.service.tables import Result

_TWICE = 2.0  # the goal: times as long as on an idle server


def write(result: Result) -> str:
    """One table."""
    idle, beside = result["idle"], result["beside"]
    last = beside["p95"] / idle["p95"]
    rows = [_row("idle", idle), _row(f"beside {result['slow']} slow queries", beside)]
    ratio = beside["median"] / idle["median"]
    slow = ", ".join(f"{count} × {status}" for status, count in result["statuses_of_slow"].items())
    return "\n".join(
        [
            "## One client with fifty slow queries\n",
            f"`make bench-service`: {result['quads']:,} quads; another client asks for a "
            f"point every 20 ms. {tables.machine(result)}\n",
            *tables.table(["small queries", "median ms", "p95 ms", "p99 ms", "answers"], rows),
            f"\nRatios: {ratio:.2f}, of the 95th {last:.2f}; goal "
            f"≤ {_TWICE:g}: {tables.met(ratio <= _TWICE)}. The slow ones: {slow or 'no answer yet'}.\n",
        ]
    )


def _row(name: str, held: Mapping[str, Any]) -> list[str]:
    times = [f"{held[key] * 1000:.2f}" for key in ("median", "p95", "p99")]
    return [name, *times, ", ".join(f"{count} × {status}" for status, count in held["statuses"].items())]
