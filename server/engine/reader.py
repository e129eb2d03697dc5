"""A query process that was forked: answers one question after another over a store that it only reads.

It is made to be ended: SIGALRM ends it at the deadline of a query, a limit on its address space where memory
runs out, and neither needs anybody to watch.
"""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from server.engine import endings, frames, rlimits, sandbox, wire
from server.engine.answering import answered
from server.engine.contract import Question
from server.engine.frames import Head
from server.engine.scratch import INLINE, ScratchMemory

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
    reader = _Reader(connection, opened(), prefixes, ScratchMemory(spool))
    rlimits.limit_memory(memory)
    with suppress(frames.Closed):
        while True:
            head, _, _ = frames.receive(connection)
            reader.answer(wire.question(head))


class _Reader:
    """Answers over one store, and knows how much memory has become its own."""

    def __init__(
        self, connection: socket.socket, store: ox.Store, prefixes: dict[str, str], scratch: ScratchMemory
    ) -> None:
        self._connection, self._store = connection, store
        self._prefixes, self._scratch = prefixes, scratch
        self._most = max(_LEAST, rlimits.memory())
        self._fetched = 0  # bytes that it had got when it last looked how much is its own

    def answer(self, question: Question) -> None:
        """Answer one question. Raises Closed."""
        signal.setitimer(signal.ITIMER_REAL, question.limits.seconds)
        head = answered(self._store, question, self._prefixes, self._scratch)
        if "error" not in head:
            head = {**head, "worn": self._worn()}
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(self._connection, head, self._scratch)

    def _worn(self) -> bool:
        """Whether it should be replaced; it looks closely only after it got as much as would matter."""
        fetched = rlimits.fetched()
        if fetched - self._fetched < self._most:
            return False
        self._fetched = fetched
        return rlimits.own_memory() > self._most


def _send(connection: socket.socket, head: Head, scratch: ScratchMemory) -> None:
    if head.get("size", 0) <= INLINE:
        body = scratch.read() if "size" in head else b""
        frames.send(connection, frames.packed(head, body))
        return
    try:
        descriptor = scratch.take()
    except OSError as error:
        frames.send(connection, frames.packed(wire.error_head(endings.not_written(error))))
        return
    try:
        frames.send(connection, frames.packed(head), [descriptor])
    finally:
        os.close(descriptor)
