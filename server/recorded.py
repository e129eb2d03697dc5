"""Small documents about things, kept as they were sent, for whoever asks the same next."""

from server.cross_origin import ALWAYS
from server.exchange import Message, Send
from server.messages import HttpAnswer, HttpRequest

_PLACES = ("/id/", "/page/", "/data/")  # whose answers depend on what `recent_answers` finds them by alone
_LARGEST = 2**14  # bytes of a body
_ADDED_AGAIN = frozenset(name.lower() for name, _ in ALWAYS) | {"content-length", "x-request-id"}
VERSION = "parley-data-version"


class Recorded:
    """Hands the messages of a page's answer on to `send`, and remembers them while they are few."""

    def __init__(self, send: Send, request: HttpRequest) -> None:
        self._send = send
        self._wanted = request.method == "GET" and request.path.startswith(_PLACES)
        self._status, self._body, self._whole = 0, b"", False
        self._headers: tuple[tuple[str, str], ...] = ()

    async def __call__(self, message: Message) -> None:
        if self._wanted:
            self._note(message)
        await self._send(message)

    def _note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            told = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]]
            self._headers = tuple((name, value) for name, value in told if name.lower() not in _ADDED_AGAIN)
        else:
            self._body += message.get("body", b"")
            self._whole = not message.get("more_body", False)
            self._wanted = len(self._body) <= _LARGEST

    def answer(self) -> tuple[HttpAnswer, str] | None:
        """What was sent and the version of the data that it tells of; None where it is not to be kept."""
        told = {name.lower(): value for name, value in self._headers}
        version, kept = told.get(VERSION), "no-store" not in told.get("cache-control", "")
        if not (self._wanted and self._whole and version and kept and self._status in (200, 303)):
            return None
        return HttpAnswer(self._status, self._headers, self._body), version
