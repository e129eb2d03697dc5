"""Documents about things: answers a second beside those of a peer, for things asked once and again."""

from collections.abc import Mapping
from typing import Any

from bench.service import tables
from bench.service.tables import Result


def write(result: Result) -> str:
    """One table, with ratios to the first row."""
    rows = result["rows"]
    ours = next(iter(rows.values()))
    lines = [
        [name, *_figures(held["once"], ours["once"]), *_figures(held["again"], ours["again"])]
        for name, held in rows.items()
    ]
    head = [
        "asked for",
        "once: a second",
        "Parley ÷ it",
        "p95 ms",
        "again: a second",
        "Parley ÷ it",
        "p95 ms",
        "bytes",
    ]
    lines = [[*line, f"{held['again']['bytes']:,}"] for line, held in zip(lines, rows.values(), strict=True)]
    about = (
        f"`python -m bench.service.dereferencing`: {result['quads']:,} quads, {result['clients']} clients, "
        f"{result['seconds']:g} s each; each thing once, then fifty again and again."
    )
    return "\n".join(
        [
            "## Documents about things\n",
            f"{about} {tables.machine(result)}\n",
            *tables.table(head, lines),
            "\nA document holds what a thing is said to be, what points at it, and the statements about it "
            "with speakers, sources and words; DESCRIBE gives the first alone. Parley keeps answers, "
            "an Oxigraph server none.\n",
        ]
    )


def _figures(held: Mapping[str, Any], ours: Mapping[str, Any]) -> list[str]:
    return [f"{held['rate']:,.0f}", f"{ours['rate'] / held['rate']:.2f}", f"{held['p95'] * 1000:.1f}"]
