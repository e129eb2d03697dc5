"""The asyncio end of a connection that carries frames: messages come as calls, sending never waits."""

import array
import asyncio
import os
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

from server.engine import frames

_CHUNK = 80 * 1024  # bytes; more than an answer that comes inline
_SPACE = socket.CMSG_LEN(8 * array.array("i").itemsize)
Heard = Callable[[dict[str, Any], bytes], None]


class Channel:
    """Calls `heard` for every message and `closed` once, when the other end is gone.

    Open files that came along wait in `descriptors`, oldest first, for whoever understands the message.
    """

    def __init__(self, connection: socket.socket, heard: Heard, closed: Callable[[], None]) -> None:
        connection.setblocking(False)
        self.descriptors: deque[int] = deque()
        self._connection = connection
        self._heard, self._closed = heard, closed
        self._loop = asyncio.get_running_loop()
        self._incoming, self._outgoing = frames.Incoming(), bytearray()
        self._open = True
        self._loop.add_reader(connection, self._read)

    def send(self, message: bytes) -> None:
        """Send now what fits, and the rest as the other end takes it; nothing once the channel is closed."""
        if not self._open:
            return
        if not self._outgoing:
            message = message[self._sent(message) :]
            if message:
                self._loop.add_writer(self._connection, self._write)
        self._outgoing += message

    def close(self) -> None:
        """Close this end; `closed` is not called for it."""
        if not self._open:
            return
        self._open = False
        self._loop.remove_reader(self._connection)
        self._loop.remove_writer(self._connection)
        self._connection.close()
        while self.descriptors:
            os.close(self.descriptors.popleft())

    def _sent(self, content: bytes | bytearray) -> int:
        try:
            return self._connection.send(content)
        except BlockingIOError:
            return 0
        except OSError:
            return len(content)  # the other end is gone, as reading will tell

    def _write(self) -> None:
        del self._outgoing[: self._sent(self._outgoing)]
        if not self._outgoing:
            self._loop.remove_writer(self._connection)

    def _read(self) -> None:
        try:
            content, ancillary, _, _ = self._connection.recvmsg(_CHUNK, _SPACE)
        except BlockingIOError:
            return
        except OSError:
            content, ancillary = b"", []
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                self.descriptors.extend(array.array("i", data))
        if not content:
            self.close()
            self._closed()
            return
        for head, body in self._incoming.take(content):
            if self._open:
                self._heard(head, body)
