"""Query processes that a nursery forks, as their worker sees them. For Linux."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from server.engine import endings, frames, served
from server.engine.births import Begun, Heard, Told
from server.engine.channel import Channel
from server.engine.frames import Head
from server.engine.served import Served
from server.messages import Spooled


class ForkedLine:
    """A socket to a process, and a descriptor that signals it alone, whatever takes its number later."""

    def __init__(
        self, number: int, connection: socket.socket, handle: int, heard: Heard, closed: Callable[[], None]
    ) -> None:
        self._number, self._handle = number, handle
        self._closed = closed
        self._channel = Channel(connection, heard, self._lost)

    def send(self, message: bytes) -> None:
        self._channel.send(message)

    def close(self) -> None:
        self._channel.close()
        self._drop()

    def kill(self) -> None:
        with suppress(ProcessLookupError):  # it ended by itself
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def prioritize(self, nice: int) -> bool:
        """Each thread has a niceness of its own, and the query runs in the second one."""
        try:
            for thread in os.listdir(f"/proc/{self._number}/task"):  # noqa: PTH208 (their names are all)
                os.setpriority(os.PRIO_PROCESS, int(thread), nice)
        except OSError:  # it ended by itself, or only the superuser may
            return False
        return True

    def spooled(self, head: Head) -> Spooled | None:
        descriptors = self._channel.descriptors
        return Spooled(descriptors.popleft(), head["size"]) if descriptors else None

    def _lost(self) -> None:
        self._drop()
        self._closed()

    def _drop(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class Nursery:
    """The connection to a nursery, which forks, changes what it holds, and tells how processes ended."""

    def __init__(self, served: Served, told: Told) -> None:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(served.socket)
        self.version = served.version
        self._told = told
        self._channel = Channel(connection, self._heard, told.lost)

    def order(self) -> None:
        self._channel.send(frames.packed({"want": "reader"}))

    def change(self, head: Head, body: bytes) -> None:
        self._channel.send(frames.packed({"want": "change"} | dict(head), body))

    def close(self) -> None:
        self._channel.close()

    def _heard(self, head: dict[str, Any], body: bytes) -> None:
        if "reader" in head:
            connection, handle = (self._channel.descriptors.popleft() for _ in range(2))
            number, line = head["reader"], socket.socket(fileno=connection)
            self._told.come(number, head["version"], partial(ForkedLine, number, line, handle))
        elif "ended" in head:
            self._told.ended(head["ended"], head["said"])
        else:
            self._told.changed(head)


class Nurseries:
    """Whichever nursery serves now, as it says in the folder of the server."""

    def __init__(self, run: Path) -> None:
        self._run = run

    def text(self) -> str:
        return served.link(self._run)

    def version(self, text: str) -> str:
        return served.version(text)

    def births(self, text: str) -> Begun:
        return partial(_nursery, served.read(self._run, text))


def _nursery(now: Served, told: Told) -> Nursery:
    try:
        return Nursery(now, told)
    except OSError:  # it is gone; the keeper starts another
        raise endings.loading() from None
