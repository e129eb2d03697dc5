"""Markdown as the parts of docs/benchmarks.md need it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Result = Mapping[str, Any]
_BUSY = " Others used the machine meanwhile, so that times are too long, and ratios of little worth."


def machine(result: Result) -> str:
    held = result["machine"]
    after = f" before and {held['load_after']} after" if "load_after" in held else ""
    return (
        f"{held['when']}, {held['processor']}, {held['cores']} cores, {held['memory_gib']} GiB; "
        f"load {held['load']}{after}.{_BUSY if _shared(held) else ''}"
    )


def _shared(held: Mapping[str, Any]) -> bool:
    """Whether others worked at the start, or, as somebody noted in the file, later."""
    return held["load"] > held["cores"] or bool(held.get("shared"))


def met(goal: bool) -> str:
    return "met" if goal else "**missed**"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
        for line in lines
    ]
