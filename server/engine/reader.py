"""A query process: answers one question after another over a store that it only reads, until it is closed.

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

from kg.errors import ParleyError
from server.engine import frames, sandbox, wire
from server.engine.contract import OutOfMemory, Question
from server.engine.evaluate import evaluate
from server.engine.frames import Head
from server.engine.scratch import INLINE, Scratch
from server.engine.writing import Written, write
from server.protocol import codings

_WORTH_CODING = 1024  # bytes


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
    store, scratch = opened(), Scratch(spool)
    sandbox.limit_memory(memory)
    with suppress(frames.Closed):
        while True:
            head, _, _ = frames.receive(connection)
            _answer(connection, store, wire.question(head), prefixes, scratch)


def _answer(
    connection: socket.socket, store: ox.Store, question: Question, prefixes: dict[str, str], scratch: Scratch
) -> None:
    signal.setitimer(signal.ITIMER_REAL, question.limits.seconds)
    try:
        found = evaluate(store, question.text, question.dataset, question.base, question.tables)
        written = write(found, question, prefixes, scratch)
        coding = _coded(question.coding, scratch)
    except ParleyError as error:
        head = wire.error_head(error)
    except MemoryError:
        head = wire.error_head(OutOfMemory("the query wants more memory than one query may have"))
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(connection, _head(written, coding, scratch.size), scratch)
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    frames.send(connection, frames.packed(head))


def _coded(coding: str, scratch: Scratch) -> str:
    """The coding that the answer has now: none where it is too short to gain from one."""
    if coding == "identity" or scratch.size < _WORTH_CODING:
        return "identity"
    scratch.write(b"".join(codings.compressed(coding, [scratch.read()])))
    return coding


def _head(written: Written, coding: str, size: int) -> Head:
    return {
        "format": written.format.name,
        "graph": written.graph,
        "rows": written.rows,
        "cut": written.cut,
        "coding": coding,
        "size": size,
    }


def _send(connection: socket.socket, head: Head, scratch: Scratch) -> None:
    if head["size"] <= INLINE:
        frames.send(connection, frames.packed(head, scratch.read()))
        return
    descriptor = scratch.take()
    try:
        frames.send(connection, frames.packed(head), [descriptor])
    finally:
        os.close(descriptor)
