"""The first and the last thing that happens to a request: who asks, under which name, and what is told of it.

Between the two the application answers, without a word on proxies, logs or figures.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes

from server import notes, observation
from server.forwarding import Arrival, Forwarding
from server.logs import Logs
from server.messages import HttpAnswer, HttpRequest, Spooled
from server.notes import Notes
from server.request_ids import HEADER, request_id
from server.settings import Settings

_WATCHING = ("health", "ready", "metrics")  # asked every few seconds: counted, and kept out of the log
_ASCII = bytes(range(128)).decode()  # what a2wsgi takes after `?`; some clients send more
Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True)
class Visit:
    """A request that came in: what it says, where it came from, and what becomes known of it."""

    request: HttpRequest
    arrival: Arrival
    notes: Notes

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What its answer has, whatever it is."""
        return ((HEADER, self.request.id),)

    def scope(self, scope: Scope) -> Scope:
        """The ASGI scope for an application that builds addresses itself, such as Flask below a2wsgi."""
        arrival = self.arrival
        named = {"host": arrival.host, HEADER.lower(): self.request.id}
        others = [(name, value) for name, value in scope["headers"] if name.decode("latin-1") not in named]
        told = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
        return dict(scope) | {
            "scheme": arrival.scheme,
            "root_path": arrival.prefix,
            "path": arrival.prefix + arrival.path,  # ASGI: the path has the root path in it
            "query_string": quote_from_bytes(scope["query_string"], _ASCII).encode(),
            "client": (arrival.client, 0),
            "headers": [*told, *others],
        }


class Entrance:
    """One worker's; made from its settings."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError where a log cannot be opened."""
        self._forwarding = Forwarding(settings.public)
        self._logs = Logs(settings.log, lambda: observation.happened("log_lines_lost"))

    def enter(self, scope: Scope) -> Visit:
        """A request by its ASGI scope, without its body."""
        headers = tuple(
            [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        )
        peer = (scope.get("client") or ("",))[0]
        arrival = self._forwarding.arrival(peer, scope["scheme"], scope["path"], headers)
        given = next((value for name, value in headers if name == "x-request-id"), None)
        request = HttpRequest(
            method=scope["method"],
            path=arrival.path,
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            client=arrival.client,
            url=arrival.url,
            id=request_id(given),
        )
        return Visit(request, arrival, notes.begin(request.id))

    def leave(self, visit: Visit, answer: HttpAnswer) -> None:
        """Log and count a request that was answered."""
        notes = visit.notes
        if notes.query is not None:
            notes.outcome = notes.outcome or "other"
        facts = notes.facts()
        if notes.query is not None:
            observation.observe_query(facts.outcome, facts.seconds)
            self._logs.slow(visit.request, notes.query, facts)
        observation.observe_request(visit.request.path, answer.status, facts.seconds)
        if observation.route(visit.request.path) not in _WATCHING:
            self._logs.access(visit.request, answer, facts)

    def gone(self, visit: Visit) -> None:
        """Log and count a request whose client went away first, as status 499, which nobody gets."""
        notes.note(outcome="gone")
        self.leave(visit, HttpAnswer(499))

    def close(self) -> None:
        """Close the logs."""
        self._logs.close()


class Followed:
    """Hands the messages of an answer on to `send`, and keeps what a log says of them."""

    def __init__(self, send: Send, visit: Visit) -> None:
        self._send = send
        self._headers = [(name.lower().encode(), value.encode()) for name, value in visit.headers]
        self._status, self._size = 500, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message = dict(message) | {"headers": [*message.get("headers", ()), *self._headers]}
        else:
            self._size += len(message.get("body", b""))
        await self._send(message)

    def answer(self) -> HttpAnswer:
        """The answer as far as a log is concerned."""
        return HttpAnswer(self._status, (), Spooled(-1, self._size))
