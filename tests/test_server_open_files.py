"""Tests that files which hold answers are closed, whatever becomes of those who wait for them."""

import asyncio
import os
import socket
from collections.abc import MutableMapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kg.formats import RESULT_FORMATS
from server.engine import frames
from server.engine.contract import Question
from server.engine.forked import ForkedLine
from server.engine.query_process import QueryProcess
from server.exchange import send_answer
from server.messages import HttpAnswer, HttpRequest, Spooled


def _file(content: bytes) -> int:
    descriptor = os.memfd_create("answer")
    os.write(descriptor, content)
    return descriptor


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_client_that_goes_while_it_is_sent(taken: int) -> None:
    """The file of an answer is closed at whichever message the connection breaks."""
    file, left = _file(b"12345"), [taken]

    async def send(_: MutableMapping[str, Any]) -> None:
        if not left[0]:
            raise ConnectionError
        left[0] -= 1

    with pytest.raises(ConnectionError):
        asyncio.run(send_answer(HttpAnswer(200, (), Spooled(file, 5)), HttpRequest("GET", "/"), send, 60))
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(file)


def test_an_answer_that_comes_as_nobody_waits_any_more() -> None:
    """A reply that arrives in the moment in which its receiver is cancelled leaves no file open."""

    async def cancelled_late() -> None:
        ours, theirs = socket.socketpair()
        line = partial(ForkedLine, 0, ours, os.open(os.devnull, os.O_RDONLY))
        process = QueryProcess(0, "one", line, lambda _: None)
        task = asyncio.create_task(process.ask(Question("ASK {}")))
        await asyncio.sleep(0)
        file = _file(b"12345")
        head = {"format": RESULT_FORMATS[0].name, "graph": False, "rows": None, "cut": None}
        frames.send(theirs, frames.packed(head | {"coding": "identity", "cost": 0.0, "size": 5}), [file])
        os.close(file)
        loop = asyncio.get_running_loop()
        loop.call_soon(
            loop.call_soon, task.cancel
        )  # runs just after the reply has come, before the task does
        with suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        process.close()
        theirs.close()

    before = _answers()
    asyncio.run(cancelled_late())
    assert _answers() == before


def _answers() -> int:
    """How many files that hold answers this process has open."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return sum("memfd:answer" in str(link.readlink()) for link in links)
