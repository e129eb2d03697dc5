"""A query process: answers one question after another over a store that it only reads, until it is closed.

It is made to be ended: SIGALRM ends it at the deadline of a query, a limit on its address space where memory
runs out, and neither needs anybody to watch.
"""

import os
import resource
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import ParleyError, StoreError
from server.engine import endings, frames, sandbox, wire
from server.engine.contract import Question
from server.engine.evaluate import evaluate
from server.engine.frames import Head
from server.engine.scratch import INLINE, Scratch
from server.engine.writing import Written, write
from server.protocol import codings

# Reading changes reference counts in the store, and so copies pages of it, once: a query that goes through
# all of it copies three quarters, and takes six times as long as it does in the same process again. So a
# process is replaced only when it has made more memory its own than it shares, as sorting does; and never
# for so little (bytes).
_LEAST = 64 * 2**20


def run(
    connection: socket.socket,
    opened: Callable[[], ox.Store],
    prefixes: dict[str, str],
    memory: int,
    spool: Path,
) -> None:
    """Answer until the other end closes; `opened` gives the store, `memory` is in bytes above the present."""
    if sandbox.obstacle() is None:  # else the keeper says so in its log
        sandbox.close_network()
    reader = _Reader(connection, opened(), prefixes, Scratch(spool))
    sandbox.limit_memory(memory)
    with suppress(frames.Closed):
        while True:
            head, _, _ = frames.receive(connection)
            reader.answer(wire.question(head))


class _Reader:
    """Answers over one store, and knows how much memory has become its own."""

    def __init__(
        self, connection: socket.socket, store: ox.Store, prefixes: dict[str, str], scratch: Scratch
    ) -> None:
        self._connection, self._store = connection, store
        self._prefixes, self._scratch = prefixes, scratch
        self._most = max(_LEAST, sandbox.memory())
        self._faults = 0  # pages that it got when it last looked how much is its own

    def answer(self, question: Question) -> None:
        """Answer one question. Raises Closed."""
        signal.setitimer(signal.ITIMER_REAL, question.limits.seconds)
        try:
            head = self._answered(question)
        except ParleyError as error:
            head = wire.error_head(error)
        except MemoryError:
            head = wire.error_head(endings.out_of_memory())
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(self._connection, head, self._scratch)

    def _answered(self, question: Question) -> Head:
        found = evaluate(self._store, question.text, question.dataset, question.base, question.tables)
        written = write(found, question, self._prefixes, self._scratch)
        coding = _coded(question.coding, self._scratch)
        return _head(written, coding, self._scratch.size) | {"worn": self._worn()}

    def _worn(self) -> bool:
        """Whether it should be replaced; it looks closely only after it got as many pages as would matter."""
        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        if (faults - self._faults) * resource.getpagesize() < self._most:
            return False
        self._faults = faults
        return sandbox.own_memory() > self._most


def _coded(coding: str, scratch: Scratch) -> str:
    """The coding that the answer has now: none where it is too short to gain from one."""
    if coding == codings.IDENTITY or scratch.size < codings.WORTH:
        return codings.IDENTITY
    scratch.write(b"".join(codings.compressed(coding, [scratch.read()])))
    return coding


def _head(written: Written, coding: str, size: int) -> dict[str, Any]:
    return {
        "format": written.format.name,
        "graph": written.graph,
        "rows": written.rows,
        "cut": written.cut,
        "coding": coding,
        "size": size,
    }


def _send(connection: socket.socket, head: Head, scratch: Scratch) -> None:
    if head.get("size", 0) <= INLINE:
        body = scratch.read() if "size" in head else b""
        frames.send(connection, frames.packed(head, body))
        return
    try:
        descriptor = scratch.take()
    except OSError as error:
        mend = "See to the folder that data.spool names"
        head = wire.error_head(StoreError(f"the answer cannot be laid down to be sent: {error}", mend=mend))
        frames.send(connection, frames.packed(head))
        return
    try:
        frames.send(connection, frames.packed(head), [descriptor])
    finally:
        os.close(descriptor)
