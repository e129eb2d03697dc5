"""A server that runs as a process of its own, and the processes that it is made of: to look at, to kill."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from command_line import answering

_PATIENCE = 60  # seconds


@dataclass
class Server:
    """A server that runs, and the processes that it consists of."""

    url: str
    process: int

    def descendants(self, told: str) -> list[int]:
        """Those whose command line or name has this in it, children of children too."""
        found, todo = [], [self.process]
        while todo:
            parent = todo.pop()
            for path in Path(f"/proc/{parent}/task").glob("*/children"):
                todo += [int(child) for child in _read(path).split()]
            if parent != self.process and told in _command(parent):
                found.append(parent)
        return found

    def nurseries(self) -> list[int]:
        """The processes that hold a version, and not those that they forked."""
        held = self.descendants("server.engine.nursery")
        return [process for process in held if _parent(process) not in held]

    def workers(self) -> list[int]:
        """The processes that speak HTTP."""
        nurseries = self.nurseries()
        spawned = [process for process in _children(self.process) if process not in nurseries]
        return [process for process in spawned if "resource_tracker" not in _command(process)]

    def readers(self) -> list[int]:
        """The query processes."""
        return [process for nursery in self.nurseries() for process in _children(nursery)]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _command(process: int) -> str:
    return _read(Path(f"/proc/{process}/cmdline")).replace("\0", " ")


def _parent(process: int) -> int:
    told = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return int(told[1]) if told else 0


def _children(process: int) -> list[int]:
    return [
        int(child)
        for path in Path(f"/proc/{process}/task").glob("*/children")
        for child in _read(path).split()
    ]


@contextmanager
def running(data: Path, *options: str) -> Iterator[Server]:
    """A server of this data folder, and its processes."""
    with answering(*options, data=data) as server:
        yield Server(server.url, server.process.pid)


def until(holds: Callable[[], object]) -> None:
    """Wait for something to come about."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


def busy(process: int) -> bool:
    """Whether a query process has worked for a fifth of a second, which small queries never do."""
    told = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return bool(told) and int(told[11]) > 20  # ticks of a hundredth of a second


def kill(process: int) -> None:
    """End it at once, if it is there."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
