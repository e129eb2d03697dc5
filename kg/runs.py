"""Sorts more lines than fit in memory: in runs on disk, which are merged (external merge sort)."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

_RUN = 250_000  # lines that are in memory at once; a hundred bytes to a few hundred each
_BATCH = 5_000  # lines that are written at once


def in_order(groups: Iterable[Iterable[str]], beside: Path) -> Iterator[str]:
    """All lines of the groups, sorted; what does not fit is kept meanwhile in a folder in `beside`."""
    with TemporaryDirectory(dir=beside, prefix=".runs-") as folder:
        runs: list[Path] = []
        held: list[str] = []
        for group in groups:
            held += group
            if len(held) > _RUN:
                runs.append(_written(sorted(held), Path(folder, str(len(runs)))))
                held = []
        yield from merge(sorted(held), *map(lines, runs)) if runs else sorted(held)


def _written(run: list[str], path: Path) -> Path:
    write(run, path)
    return path


def write(content: Iterable[str], path: Path) -> None:
    """The lines as a file in UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        rest = iter(content)
        while batch := [*islice(rest, _BATCH)]:
            file.write("\n".join([*batch, ""]))


def lines(path: Path) -> Iterator[str]:
    """The lines of such a file; U+2028 and its like end none."""
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from (line.removesuffix("\n") for line in file)
