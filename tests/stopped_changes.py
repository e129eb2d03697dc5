"""Changes a writable store over and over, each time in a process that is killed at another point, and looks.

    python tests/stopped_changes.py FOLDER

The points are all those at which Python writes, renames, links, makes or removes a file while a change is
made, and some moments in between, when the engine writes. This process opens no store itself, so that those
it forks can. It prints one JSON object: how many were killed, how many changes were there then, and faults.
"""

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from stopping import forked, kill_after, kill_at_event

from kg.writable import WritableFolder

_PARTS = {"current", "generations", "lock"}
_STEP = 9  # between points at which the change is there already, and what is old is being removed
_MOMENTS = (0.001, 0.002, 0.004, 0.007, 0.01, 0.015, 0.02, 0.03)  # seconds


def insert(folder: WritableFolder, number: int) -> None:
    folder.change("INSERT DATA", lambda store: store.update(f"INSERT DATA {{ <a:s> <a:p> {number} }}"))


def looked(path: Path, number: int, expected: int) -> int:
    """What is there after a start: 0, the change is not; 1, it is; 2, something is wrong."""
    folder = WritableFolder(path)
    store = folder.start().open()
    there = any(quad.object.value == str(number) for quad in store)
    kept = {one.version: int(one.manifest["number"]) for one in folder.generations()}
    debris = {one.name for one in (path / "generations").iterdir()} - kept.keys()
    newest = folder.generations()[-1]
    sound = not debris and len(kept) <= folder.kept and newest.manifest["number"] == max(kept.values())
    sound = sound and folder.is_current(newest.version) and {one.name for one in path.iterdir()} == _PARTS
    return int(there) if sound and len(store) == expected + there == newest.manifest["triples"] else 2


def main(path: Path) -> None:
    forked(lambda: WritableFolder(path).start() and 0)
    outcomes, held, at = Counter[str](), 0, 0
    stops: list[tuple[Callable[[Any], None], float]] = [(kill_after, moment) for moment in _MOMENTS]
    for number in count():
        stop, point = stops.pop() if stops else (kill_at_event, at)

        def work(stop: Callable[[Any], None] = stop, point: float = point, number: int = number) -> None:
            folder = WritableFolder(path, kept=1)
            stop(point)
            insert(folder, number)

        ended = forked(work)
        found = forked(partial(looked, path, number, held))
        held += found == 1
        outcomes["killed"] += ended == -signal.SIGKILL
        outcomes["lost"] += ended == 0 and found != 1
        outcomes[("absent", "there", "broken")[found]] += 1
        if stop is kill_at_event:
            at += 1 if found == 0 else _STEP
            if ended == 0:
                break
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
