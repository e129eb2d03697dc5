"""A query process as its worker sees it: one question at a time, and an end whenever it is wanted."""

import asyncio
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.engine import frames, wire
from server.engine.births import Joined
from server.engine.contract import AnyFormat, Question
from server.messages import Spooled


@dataclass(frozen=True)
class Reply:
    """A whole answer as it came from a query process; a body in a file is for the receiver to close."""

    body: bytes | Spooled
    format: AnyFormat
    rows: int | None
    cut: str | None
    coding: str
    version: str  # of the data that gave it
    cost: float = math.inf  # seconds of a processor that it took


class Ended(Exception):
    """The process is gone, or told to go, before it answered."""


class QueryProcess:
    """One process, the version that it reads, and the line to it."""

    def __init__(
        self, number: int, version: str, joined: Joined, ended: "Callable[[QueryProcess], None]"
    ) -> None:
        self.number = number
        self._version = version
        self.killed = self.gone = self.slowed = False
        self.worn = False  # it says of itself that another should take its place
        self.fate: asyncio.Future[str] = asyncio.get_running_loop().create_future()  # its last words
        self._ended = ended
        self._reply: asyncio.Future[Reply] | None = None
        self._line = joined(self._heard, self._closed)

    async def ask(self, question: Question) -> Reply:
        """Its answer. Raises what the query was refused or failed for, and Ended where the process ended."""
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._reply = reply
        self._line.send(frames.packed(wire.question_head(question)))
        try:
            return await reply
        except asyncio.CancelledError:
            _discard(reply)
            raise
        finally:
            self._reply = None

    def kill(self) -> None:
        """End it now; whoever asked is told at once, since giving much memory back takes time."""
        self.killed = True
        if not self.gone:
            self._line.kill()
        if self._reply and not self._reply.done():
            self._reply.set_exception(Ended())

    def slow_down(self, nice: int) -> None:
        """Have it give way to others from now on."""
        if not (self.killed or self.gone):
            self.slowed = True
            self._line.prioritize(nice)

    def speed_up(self) -> bool:
        """Have it give way no longer; False where the system does not let us."""
        self.slowed = not self._line.prioritize(0)
        return not self.slowed

    def close(self) -> None:
        """Let it go: it ends when it has nothing more to answer."""
        self.gone = True
        self._line.close()

    def _heard(self, head: dict[str, Any], body: bytes) -> None:
        spooled = self._line.spooled(head)
        if self._reply is None or self._reply.done():
            if spooled:
                os.close(spooled.descriptor)
        elif "error" in head:
            self._reply.set_exception(wire.error(head))
        else:
            self.worn = head.get("worn", False)
            told = wire.describe(head) | {"coding": head["coding"], "cost": head["cost"]}
            self._reply.set_result(Reply(spooled or body, version=self._version, **told))

    def _closed(self) -> None:
        self.gone = True
        if self._reply and not self._reply.done():
            self._reply.set_exception(Ended())
        self._ended(self)


def _discard(reply: "asyncio.Future[Reply]") -> None:
    """Close the file of a reply that came as its receiver was cancelled."""
    if reply.done() and not reply.cancelled() and reply.exception() is None:
        body = reply.result().body
        if isinstance(body, Spooled):
            os.close(body.descriptor)
