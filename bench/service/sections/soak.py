"""The soak: who asked what, what the servers held, and what was wrong."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.service import tables
from bench.service.tables import Result

_SHOWN = 6  # looks of each server


def write(result: Result) -> str:
    """Two tables and the faults."""
    asked = result["requests"]
    total = sum(sum(found.values()) for found in asked.values())
    statuses = (
        [who, ", ".join(f"{count} × {_status(key)}" for key, count in found.items())]
        for who, found in asked.items()
    )
    faults = [f"- {fault}" for fault in result["faults"]] or ["No fault."]
    return "\n".join(
        [
            "## Soak\n",
            f"`make soak`: {result['seconds']:g} s, {total:,} requests, {result['compared']:,} answers "
            f"compared with pyoxigraph in process, {result['swaps']} swaps of the data "
            f"({result['quads']:,} quads) beside. {tables.machine(result)}\n",
            *tables.table(["client", "answers"], statuses),
            "",
            *tables.table(["server", "at s", "processes", "MB", "open files"], _looks(result["usage"])),
            "",
            *faults,
            "",
        ]
    )


def _status(key: object) -> str:
    return "left, or closed" if str(key) == "0" else str(key)


def _looks(usage: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    for server in dict.fromkeys(look["server"] for look in usage):
        looks = [look for look in usage if look["server"] == server]
        step = max(1, len(looks) // _SHOWN)
        for look in looks[step - 1 :: step]:
            yield [
                server,
                f"{look['at']:.0f}",
                str(look["processes"]),
                f"{look['memory']:.0f}",
                str(look["files"]),
            ]
