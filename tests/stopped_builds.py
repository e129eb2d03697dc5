"""Builds a graph over and over, each time in a process that is killed or finds no room at another point.

    python tests/stopped_builds.py FOLDER ARTICLE

FOLDER holds a graph without the article, which each build is to add to a copy of it. This process opens no
store itself, so that those it forks can, and imports first what they need. It prints a JSON object: per
stop its name, how the build ended, what it said, and what was there afterwards.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from stopping import forked, kill_at_event, no_file_over

from kg import durable
from kg.draft import shipped
from kg.known import index
from kg.store import DataFolder
from kg.vocab import DEFAULT_BASE, Base
from server import cli
from server.commands import build  # noqa: F401 - imported once, for all that are forked

SIZES = (0, 1_000, 100_000, 3_000_000)  # bytes of the longest file that may be written
STEP = 12  # things that are done to files between one kill and the next


def parley(stop: Callable[[], None], *arguments: str) -> tuple[int, list[str]]:
    """How `parley` ended in a process of its own, and what it said on standard error, through a pipe."""
    heard, said = os.pipe()

    def run() -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(said, 2)
        stop()
        cli.main(list(arguments), prog_name="parley")

    ended = forked(run)
    os.close(said)
    with open(heard) as lines:  # noqa: PTH123 - a descriptor
        return ended, lines.read().splitlines()


def looked(folder: DataFolder, version: str) -> int:
    """0: the version is current and sound; 1: another one that is sound; 2: something is wrong."""
    current = folder.current()
    sound = len(current.open()) > 0 and (current.dumps / "SHA256SUMS").exists()
    return int(current.version != version) if sound else 2


def stops() -> Iterator[tuple[Callable[[Any], None], int]]:
    """First full disks, then kills, later and later."""
    yield from ((no_file_over, size) for size in SIZES)
    yield from ((kill_at_event, number) for number in count(0, STEP))


def tried(base: Path, article: str) -> Iterator[dict[str, Any]]:
    """Build until a build is not stopped any more."""
    version = DataFolder(base).current().version
    path = base.with_name("tried")
    for stop, at in stops():
        if not path.exists():  # links suffice, since no file of a generation is ever written to
            shutil.copytree(base, path, symlinks=True, copy_function=os.link)
        ended, said = parley(partial(stop, at), "build", article, "--data", str(path))
        found = forked(partial(looked, DataFolder(path), version))
        left = [one.name for one in path.rglob(f"{durable.PARTIAL}*")]
        yield {"stop": stop.__name__, "at": at, "ended": ended, "found": found, "left": left, "said": said}
        if ended == 0:
            return
        if found == 1:
            shutil.rmtree(path)


if __name__ == "__main__":
    index()
    shipped(Base(DEFAULT_BASE))
    print(json.dumps(list(tried(Path(sys.argv[1]), sys.argv[2]))))
