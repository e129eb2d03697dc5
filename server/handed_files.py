"""Files that a page hands over: no thread waits for a client that reads slowly, the event loop does.

The page opens the file, so that one that is gone is a 404 and no broken answer, and leaves it in the scope of
its request; it has no body itself.
"""

from collections.abc import Mapping
from typing import Any

from server.exchange import Message, Send, send_file
from server.stretches import Opened

KEY = "parley.handover"  # in the scope


class Handover:
    """Where the page of one request leaves its file. Whoever made it closes it."""

    def __init__(self) -> None:
        self.left: Opened | None = None
        self._over = False

    def leave(self, opened: Opened) -> None:
        """Leave a file; one that an earlier try of the page left is closed, as is one that comes late."""
        self._close()
        self.left = opened
        if self._over:
            self._close()

    def end(self) -> None:
        """Nobody sends anything any more."""
        self._over = True
        self._close()

    def _close(self) -> None:
        left, self.left = self.left, None
        if left:
            left.close()


def handover(environ: Mapping[str, Any]) -> Handover | None:
    """Where a page may leave its file; None where nobody would send it."""
    found = environ.get("asgi.scope", {}).get(KEY)
    return found if isinstance(found, Handover) else None


class Handed:
    """Hands the messages of an answer on to `send`; where the page left a file, `finish` sends that.

    `stall` is how many seconds the client may take nothing.
    """

    def __init__(self, send: Send, stall: float) -> None:
        self._send, self._stall = send, stall
        self._handover = Handover()
        self._file: Opened | None = None

    @property
    def scope(self) -> dict[str, Any]:
        """What to add to the scope of the request."""
        return {KEY: self._handover}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in (200, 206):
            self._file = self._handover.left
        elif self._file:
            return  # of a file that is to come there is no body yet
        await self._send(message)

    async def finish(self, wanted: bool) -> None:
        """Send the file, if there is one and the client wants more than its headers. Raises Stalled."""
        if self._file and wanted:
            for part in self._file.spooled():
                await self._part(part)
        if self._file:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def close(self) -> None:
        """Close the file, whatever became of it."""
        self._handover.end()

    async def _part(self, part: Any) -> None:
        if isinstance(part, bytes):
            await self._send({"type": "http.response.body", "body": part, "more_body": True})
        else:
            await send_file(part, self._send, self._stall, last=False)
