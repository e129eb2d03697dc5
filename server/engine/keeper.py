"""Keeps a nursery of the version to serve running: replaces it when the graph changes, or it dies."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server import observation
from server.engine import sandbox, served
from server.engine.holding import MEMORY, Spec

_LOOK = 0.1  # seconds between two looks at what is to be served
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 10.0  # seconds before a nursery that failed is tried again
_GRACE = 5.0  # seconds that nurseries get to end by themselves
_log = logging.getLogger("parley")


@dataclass(frozen=True)
class _Nursery:
    """A process that holds the graph; its standard input is its lifeline."""

    process: subprocess.Popen[bytes]

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def retire(self) -> None:
        """Have it take no more workers, and end when those that it has are done."""
        if self.process.stdin:
            self.process.stdin.close()


class Keeper:
    """Runs in a thread of the process that `parley serve` starts.

    `wanted` says which version is to be served; None: whatever the nursery says that it serves.
    """

    def __init__(self, spec: Spec, wanted: Callable[[], str | None]) -> None:
        self._spec, self._wanted = spec, wanted
        self._current: _Nursery | None = None
        self._coming: _Nursery | None = None
        self._retired: list[_Nursery] = []
        self._differed = ""
        self._wait, self._not_before = _FIRST_WAIT, 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin; says in the log where query processes cannot be kept from the network by the kernel."""
        obstacle = sandbox.obstacle()
        if obstacle:
            _log.warning("SERVICE and LOAD are kept in by the text of queries alone: %s", obstacle)
        self._thread.start()

    def stop(self) -> None:
        """Let all nurseries go, and end those that do not."""
        self._stopping.set()
        self._thread.join()
        mine = [n for n in (self._current, self._coming, *self._retired) if n]
        for nursery in mine:
            nursery.retire()
        until = time.monotonic() + _GRACE
        for nursery in mine:
            try:
                nursery.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                nursery.process.kill()
                nursery.process.wait()

    def _run(self) -> None:
        while not self._stopping.wait(_LOOK):
            try:
                self._look()
            except Exception as error:  # whatever it is, the graph must be watched further
                _log.error("cannot serve the graph: %s", error)
                self._postpone()

    def _look(self) -> None:
        self._retired = [nursery for nursery in self._retired if nursery.alive]
        self._arrived()
        if self._current and not self._current.alive:
            lost = ", and all that was in it is lost" if self._spec.store == MEMORY else ""
            _log.error("the process that held the graph ended (%s)%s", self._current.process.returncode, lost)
            self._current = None
        if self._coming is None and time.monotonic() >= self._not_before and self._outdated():
            self._coming = _start(self._spec)

    def _outdated(self) -> bool:
        """Whether another version is to be served, and was at the last look.

        A nursery that changes its store makes the new version current a moment before it says so.
        """
        if self._current is None:
            return True
        wanted, run = self._wanted(), Path(self._spec.run)
        differs = wanted if wanted and wanted != served.read(run, served.link(run)).version else ""
        before, self._differed = self._differed, differs
        return bool(differs) and differs == before

    def _arrived(self) -> None:
        """Whether the nursery that was started serves by now, or has failed."""
        coming = self._coming
        if coming and _serves(Path(self._spec.run), coming.process.pid):
            if self._current:
                self._current.retire()
                self._retired.append(self._current)
            self._current, self._coming, self._wait = coming, None, _FIRST_WAIT
        elif coming and not coming.alive:
            _log.error("the graph cannot be loaded (%s)", coming.process.returncode)
            self._coming = None
            self._postpone()

    def _postpone(self) -> None:
        self._not_before = time.monotonic() + self._wait
        self._wait = min(2 * self._wait, _LONGEST_WAIT)


def _start(spec: Spec) -> _Nursery:
    observation.happened("nurseries_started")
    command = [sys.executable, "-m", "server.engine.nursery", spec.to_json()]
    return _Nursery(subprocess.Popen(command, stdin=subprocess.PIPE))


def _serves(run: Path, process: int) -> bool:
    text = served.link(run)
    return bool(text) and Path(served.read(run, text).socket).name == served.socket_name(process)
