"""Rows as plain text for a terminal: a table where one fits, else one record below the other."""

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_GAP = "  "
_READABLE = 16  # columns of text below which a cell that needs more breaks up too much to be read
_NUMBER = re.compile(r"[\d,.]+")
_WIDTH = (120, 24)  # where there is no terminal to ask


def render(head: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """The rows in lines of `width` characters at most, or of the terminal's width."""
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    room = width or shutil.get_terminal_size(_WIDTH).columns
    needed = [max(map(len, column)) for column in zip(head, *cleaned, strict=True)]
    least = sum(min(size, _READABLE) for size in needed) + len(_GAP) * (len(needed) - 1)
    lines = _table(head, cleaned, _fitted(needed, room)) if least <= room else _records(head, cleaned, room)
    return "\n".join(lines)


def _fitted(needed: Sequence[int], width: int) -> list[int]:
    """What each column gets; where there is too little, the widest give way first."""
    room = width - len(_GAP) * (len(needed) - 1)
    limit = max(needed)
    while sum(min(size, limit) for size in needed) > room:
        limit -= 1
    return [max(min(size, limit), 1) for size in needed]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    yield _line(head, widths)
    yield _GAP.join("─" * size for size in widths)
    for row in rows:
        cells = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
        yield from (_line(parts, widths) for parts in zip_longest(*cells, fillvalue=""))


def _records(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    margin = max(map(len, head)) + len(_GAP)
    for number, row in enumerate(rows, start=1):
        yield f"── {number} ".ljust(margin, "─")
        for name, cell in zip(head, row, strict=True):
            if cell:
                lines = textwrap.wrap(cell, max(width - margin, _READABLE))
                yield f"\n{' ' * margin}".join((name.ljust(margin) + lines[0], *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(_aligned(cell, size) for cell, size in zip(cells, widths, strict=True)).rstrip()


def _aligned(cell: str, size: int) -> str:
    return cell.rjust(size) if _NUMBER.fullmatch(cell) else cell.ljust(size)
