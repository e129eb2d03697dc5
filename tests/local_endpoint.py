"""A SPARQL endpoint on this machine for tests of federation: it answers from a store, or as it is told to.

It listens on one port of 127.0.0.1 and of ::1, and counts who connects, not only who asks.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

JSON = "application/sparql-results+json"
_TURTLE = b"<http://e/loaded> <http://e/p> 1 ."


@dataclass(frozen=True)
class Received:
    """A request as it came in; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        """The SPARQL query of any of the protocol's three forms."""
        if self.headers.get("content-type", "").startswith("application/sparql-query"):
            return self.body.decode()
        text = self.body.decode() or urlsplit(self.target).query
        return parse_qs(text).get("query", [""])[0]


@dataclass
class Endpoint:
    """What a test sees of the server: `connections` counts every one that was accepted."""

    port: int
    requests: list[Received] = field(default_factory=list)
    connections: int = 0

    @property
    def iri(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"


# Writes a whole answer, or breaks off, or drips: whatever the test wants.
Answering = Callable[[BaseHTTPRequestHandler, Received], None]


def send(
    handler: BaseHTTPRequestHandler, body: bytes, media_type: str = JSON, status: int = 200, **headers: str
) -> None:
    """A whole answer; underscores in the names of headers are hyphens."""
    handler.send_response(status)
    for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def from_store(store: ox.Store, syntax: ox.QueryResultsFormat = ox.QueryResultsFormat.JSON) -> Answering:
    """Answers queries over this store; a GET without a query gives a triple in Turtle."""

    def answering(handler: BaseHTTPRequestHandler, received: Received) -> None:
        if not received.query:
            return send(handler, _TURTLE, "text/turtle")
        try:
            found = store.query(received.query)
        except SyntaxError as error:
            return send(handler, str(error).encode(), "text/plain", 400)
        assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        return send(handler, found.serialize(format=syntax) or b"", syntax.media_type)

    return answering


@contextmanager
def endpoint(answering: Answering | None = None, host: str = "127.0.0.1") -> Iterator[Endpoint]:
    """The endpoint while it runs; by default it answers from an empty store's one row for `{}`."""
    seen = Endpoint(0)
    handler = _handler(seen, answering or from_store(_one_triple()))
    first = _server(socket.AF_INET, (host, 0), handler, seen)
    seen.port = first.server_address[1]
    servers = [first, _server(socket.AF_INET6, ("::1", seen.port), handler, seen)]
    threads = [threading.Thread(target=server.serve_forever, args=(0.01,)) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


def _one_triple() -> ox.Store:
    store = ox.Store()
    store.update("INSERT DATA { <http://e/s> <http://e/p> <http://e/o> }")
    return store


def _server(
    kind: socket.AddressFamily,
    address: tuple[str, int],
    handler: type[BaseHTTPRequestHandler],
    seen: Endpoint,
) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        address_family = kind

        def process_request(self, request: object, client_address: object) -> None:
            seen.connections += 1
            super().process_request(request, client_address)  # type: ignore[arg-type]

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that leaves early is what many tests want."""

    return Server(address, handler)


def _handler(seen: Endpoint, answering: Answering) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.command, self.path, headers, self.rfile.read(length))
            seen.requests.append(received)
            answering(self, received)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler
