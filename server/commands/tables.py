"""Plain-text tables for a terminal."""

import re
import shutil
import textwrap
from collections.abc import Sequence
from itertools import zip_longest

_GAP = "  "
_NARROWEST = 8  # columns of text that a cell keeps, however narrow the terminal is
_NUMBER = re.compile(r"[\d,.]+")


def render(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Head and rows in aligned columns, long cells wrapped so that lines fit `width` (the terminal's)."""
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = _widths([list(head), *cleaned], width or shutil.get_terminal_size((120, 24)).columns)
    lines = [_line(head, widths), _GAP.join("─" * size for size in widths)]
    for row in cleaned:
        lines += _wrapped(row, widths)
    return "\n".join(lines)


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """What each column needs; where that is too much, the widest give way first."""
    needed = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = max(width - len(_GAP) * (len(needed) - 1), _NARROWEST * len(needed))
    limit = max(needed)
    while sum(min(size, limit) for size in needed) > room:
        limit -= 1
    return [max(min(size, limit), 1) for size in needed]


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
    return [_line(parts, widths) for parts in zip_longest(*cells, fillvalue="")]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(_aligned(cell, size) for cell, size in zip(cells, widths, strict=True)).rstrip()


def _aligned(cell: str, size: int) -> str:
    return cell.rjust(size) if _NUMBER.fullmatch(cell) else cell.ljust(size)
