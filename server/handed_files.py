"""Files that a page hands over: no thread waits for a client that reads slowly, the event loop does.

The page names the file in a header, percent-encoded since a folder may have any letters, with the headers
that it is to have, and has no body itself. That header goes no further.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from server.exchange import Message, Send, send_file
from server.messages import Spooled

HEADER = "X-Sendfile"
_HEADER = HEADER.lower().encode()
Fields = list[tuple[bytes, bytes]]


class Handed:
    """Hands the messages of an answer on to `send`; where they name a file, `finish` sends it.

    `stall` is how many seconds the client may take nothing.
    """

    def __init__(self, send: Send, stall: float) -> None:
        self._send, self._stall = send, stall
        self._path: Path | None = None
        self._start = self._size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = self._taken(message)
        elif self._path:
            return  # of a file that is to come there is no body yet
        await self._send(message)

    async def finish(self, wanted: bool) -> None:
        """Send the file, if there is one and the client wants more than its headers. Raises Stalled."""
        if not self._path:
            return
        if not wanted:
            await self._send({"type": "http.response.body", "body": b""})
            return
        descriptor = os.open(self._path, os.O_RDONLY)
        try:
            await send_file(Spooled(descriptor, self._size, self._start), self._send, self._stall)
        finally:
            os.close(descriptor)

    def _taken(self, message: Message) -> Message:
        """The start of the answer without what is for us."""
        headers: Fields = list(message.get("headers", ()))
        named = _value(headers, _HEADER)
        if named is None or message["status"] not in (200, 206):
            return dict(message) | {"headers": [pair for pair in headers if pair[0] != _HEADER]}
        self._path = Path(os.fsdecode(unquote_to_bytes(named)))
        self._size = int(_value(headers, b"content-length") or 0)
        place = _value(headers, b"content-range")  # bytes 2-4/100
        self._start = int(place.removeprefix(b"bytes ").partition(b"-")[0]) if place else 0
        return dict(message) | {"headers": [pair for pair in headers if pair[0] != _HEADER]}


def _value(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    return next((value for key, value in headers if key == name), None)
