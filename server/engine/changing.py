"""The changes of a writable store, one by one: each is made in a process that may be ended, then kept."""

import json
import os
import signal
import socket
from collections import deque
from dataclasses import dataclass
from typing import Any

from kg.errors import ParleyError
from server.engine import contract, rlimits, sandbox, wire
from server.engine.changes import Change
from server.engine.forking import Child, forked
from server.engine.frames import Head
from server.engine.holding import Held


@dataclass(frozen=True)
class Wanted:
    """A change that a worker wants, by the number that it gave it; seconds are what it may take."""

    worker: socket.socket
    number: int
    change: Change
    seconds: float


@dataclass(frozen=True)
class _Attempt:
    wanted: Wanted
    child: Child
    result: int  # the end of a pipe


class Changing:
    """Holds the queue. `take` adds to it; `ended` is told of every process that ends."""

    def __init__(self, held: Held, memory: int) -> None:
        self._held, self._memory = held, memory
        self._queue: deque[Wanted] = deque()
        self._attempt: _Attempt | None = None

    def take(self, wanted: Wanted) -> None:
        """Make the change when those before it are made."""
        self._queue.append(wanted)
        self._next()

    def ended(self, process: int, code: int) -> tuple[Wanted, Head] | None:
        """What came of the change that this process made; None where it made none."""
        attempt = self._attempt
        if attempt is None or attempt.child.process != process:
            return None
        with os.fdopen(attempt.result, "rb") as pipe:
            said = pipe.read()
        told = json.loads(said) if said else wire.error_head(_why(code, attempt))
        if said:
            attempt.child.last_words()
        if "version" in told:
            self._held.accept(attempt.wanted.change, told["version"])
        self._attempt = None
        self._next()
        return attempt.wanted, told

    def _next(self) -> None:
        if self._attempt or not self._queue:
            return
        wanted = self._queue.popleft()
        ours, theirs = os.pipe()
        child = forked(lambda: self._make(wanted, theirs), kept=theirs)
        os.close(theirs)
        self._attempt = _Attempt(wanted, child, ours)

    def _make(self, wanted: Wanted, result: int) -> None:
        """In the process of its own: make the change, and write down what came of it."""
        if sandbox.obstacle() is None:
            sandbox.close_network()
        rlimits.limit_memory(self._memory)
        signal.setitimer(signal.ITIMER_REAL, wanted.seconds)
        told: dict[str, Any]
        try:
            outcome, version = self._held.attempt(wanted.change)
            told = {"created": outcome.created, "found": outcome.found, "version": version}
        except ParleyError as error:
            told = dict(wire.error_head(error))
        except MemoryError:
            told = dict(wire.error_head(_memory()))
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.write(result, json.dumps(told).encode())


def _why(code: int, attempt: _Attempt) -> ParleyError:
    """What it means that the process ended before it could say what came of the change."""
    said = attempt.child.last_words()
    if code == -signal.SIGALRM:
        seconds = attempt.wanted.seconds
        return contract.DeadlinePassed(f"the change was ended after {seconds:g} s; nothing has changed")
    if "memory allocation" in said:
        return _memory()
    return contract.EngineLost("the process that made the change ended unexpectedly; nothing has changed")


def _memory() -> ParleyError:
    return contract.OutOfMemory("the change wants more memory than it may have; nothing has changed")
