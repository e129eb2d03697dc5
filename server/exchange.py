"""One HTTP exchange over ASGI: a request that has arrived whole, an answer that is sent whole.

ASGI HTTP specification, version 2.4; https://asgi.readthedocs.io/en/latest/specs/www.html
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any

from server.bodies import Room
from server.messages import HttpAnswer, HttpRequest, Spooled
from server.problems import Problem

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_AT_ONCE = 0.05  # seconds
_BROKEN = "The body ends before it is whole, or its chunks break the rules of HTTP (RFC 9112, section 7.1)."
_PIECE = 256 * 1024  # bytes that are sent at a time


class Stalled(Exception):
    """The client takes nothing more of its answer; the connection breaks off, so that no part looks whole."""


class Gone(Exception):
    """The client went away before its answer was there."""


async def body(receive: Receive, announced: str | None, most: int, seconds: float, room: Room) -> bytes:
    """The body of a request. Raises Problem: 400, 408, 413, 503.

    `announced` is the Content-Length, `most` the bytes that are taken, `seconds` how long they may take, and
    `room` that for all bodies. granian tells of a broken chunk as of a client that went away, though whoever
    sent it may still listen; so either is answered.
    """
    if announced and announced.isdecimal() and int(announced) > most:
        raise _too_large(most)
    pieces, size = list[bytes](), 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                event = await receive()
                if event["type"] == "http.disconnect":
                    raise Problem(400, _BROKEN, {"Connection": "close"})
                pieces.append(event.get("body", b""))
                size += len(pieces[-1])
                if size > most:
                    raise _too_large(most)
                room.take(len(pieces[-1]))
                if not event.get("more_body"):
                    return b"".join(pieces)
    except TimeoutError:
        raise Problem(
            408, f"The body did not arrive within {seconds:g} s.", {"Connection": "close"}
        ) from None


def replayed(content: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body which was read already, then what comes after it."""
    events = iter([{"type": "http.request", "body": content, "more_body": False}])

    async def again() -> MutableMapping[str, Any]:
        event = next(events, None)
        return event if event is not None else await receive()

    return again


class Watch:
    """Cancels a task when its client goes away; starts to look only when the answer is not there at once."""

    def __init__(self, receive: Receive, task: "asyncio.Task[Any]") -> None:
        self._receive, self._task = receive, task
        self._looking: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_AT_ONCE, self._look)
        self.noticed = False

    def end(self) -> None:
        """Look no longer."""
        self._timer.cancel()
        if self._looking:
            self._looking.cancel()

    def _look(self) -> None:
        self._looking = asyncio.get_running_loop().create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.noticed = True
        self._task.cancel()


async def send_answer(answer: HttpAnswer, request: HttpRequest, send: Send, stall: float) -> None:
    """Send an answer, and close the file that its body may be; a HEAD gets its headers alone.

    `stall` is how many seconds the client may take nothing of a file. Raises Stalled.
    """
    try:
        await _send(answer, request.method != "HEAD", send, stall)
    finally:
        if isinstance(answer.body, Spooled):
            os.close(answer.body.descriptor)


async def _send(answer: HttpAnswer, wanted: bool, send: Send, stall: float) -> None:
    size = answer.body.size if isinstance(answer.body, Spooled) else len(answer.body)
    headers = [*map(_encoded, answer.headers)]
    if answer.status not in (204, 304):
        headers.append((b"content-length", str(size).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if isinstance(answer.body, Spooled) and wanted:
        await send_file(answer.body, send, stall)
    else:
        body = answer.body if wanted and isinstance(answer.body, bytes) else b""
        await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=1024)  # most headers are those of other answers
def _encoded(header: tuple[str, str]) -> tuple[bytes, bytes]:
    name, value = header
    return name.lower().encode(), value.encode("latin-1", "replace")


async def send_file(file: Spooled, send: Send, stall: float, last: bool = True) -> None:
    """Send a file piece by piece, as fast as the client takes them; `last`: the answer ends with it.

    Raises Stalled.
    """
    try:
        for place in range(0, file.size, _PIECE):
            piece = file.piece(file.start + place, min(_PIECE, file.size - place))
            async with asyncio.timeout(stall):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
    except TimeoutError:
        raise Stalled from None
    if last:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _too_large(most: int) -> Problem:
    return Problem(413, f"The body has more than the {most:,} bytes that are taken here.")
