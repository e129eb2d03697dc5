"""The guard: what it connects to, what it sends, and which answers it takes, on real sockets."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

import httpcore
import pytest
from local_endpoint import Answering, Endpoint, Received, endpoint, send

from server.engine.contract import ServiceFailed
from server.federation.guard import AGENT, Guard, Reply, Request
from server.federation.policy import Allowed, Policy
from server.quantities import Target

TYPE = "application/sparql-results+json"
ASK = Request(accept=TYPE, accepts=frozenset((TYPE,)), form=b"query=ASK")


def allowed(iri: str, private: bool = True) -> Allowed:
    """The address as an entry of the list that names it allows it."""
    found = Policy((Target(iri, private),)).allowed(iri)
    assert found
    return found


def sent(
    guard: Guard, to: Allowed, seconds: float = 10, size: int = 10_000, request: Request = ASK, times: int = 1
) -> list[Reply]:
    """What came back, each time."""

    async def work() -> list[Reply]:
        try:
            return [await guard.send(to, request, seconds, size) for _ in range(times)]
        finally:
            await guard.close()

    return asyncio.run(work())


def answer(body: bytes = b"{}", media_type: str = TYPE, status: int = 200, **headers: str) -> Answering:
    """Always the same answer."""
    return lambda handler, _: send(handler, body, media_type, status, **headers)


def resolver(*answers: list[str]) -> Callable[[str, int], Awaitable[Iterable[str]]]:
    """A resolver that changes its mind."""
    left = list(answers)

    async def resolve(host: str, port: int) -> Iterable[str]:
        return left.pop(0)

    return resolve


@dataclass
class Diverted(httpcore.AsyncNetworkBackend):
    """The internet as far as the tests go: every address is a local server; keeps what was to be called."""

    port: int
    called: list[tuple[str, int]] = field(default_factory=list)

    async def connect_tcp(self, host: str, port: int, *more: Any) -> httpcore.AsyncNetworkStream:
        self.called.append((host, port))
        return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port, 5)


def test_the_request() -> None:
    """It goes to the address found, with the name in Host, and says no more than it must."""
    with endpoint(answer()) as server:
        network = Diverted(server.port)
        guard = Guard(resolver(["8.8.8.8"]), network)
        replies = sent(guard, allowed("http://e.example:8080/sparql?a=%20b", private=False))
    assert replies == [Reply(TYPE, b"{}")]
    assert network.called == [("8.8.8.8", 8080)]
    (received,) = server.requests
    assert (received.method, received.target, received.body) == ("POST", "/sparql?a=%20b", b"query=ASK")
    assert received.headers == {
        "host": "e.example:8080",
        "user-agent": AGENT,
        "accept": TYPE,
        "accept-encoding": "identity",
        "content-type": "application/x-www-form-urlencoded",
        "content-length": "9",
    }
    assert AGENT.startswith("Parley/")


def test_a_name_that_changes_its_mind() -> None:
    """DNS rebinding: the address that was vetted is called, and the next connection is vetted anew."""
    with endpoint(answer()) as server:
        network = Diverted(server.port)
        guard = Guard(resolver(["8.8.8.8"], ["127.0.0.1"]), network)
        with pytest.raises(ServiceFailed, match="leads to no public address but to this machine"):
            sent(guard, allowed("http://e.example/", private=False), times=2)
    assert network.called == [("8.8.8.8", 80)]
    assert server.connections == 1


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["8.8.8.8", "10.0.0.1"],
        ["::ffff:8.8.8.8"],
        ["169.254.169.254"],
        ["0.0.0.0"],
        ["fe80::1"],
    ],
    ids=str,
)
def test_names_that_lead_inside(addresses: list[str]) -> None:
    """No connection where any of a name's addresses is not public, unless the entry says private."""
    with endpoint(answer()) as server:
        network = Diverted(server.port)
        with pytest.raises(ServiceFailed, match="no public address"):
            sent(Guard(resolver(addresses), network), allowed("http://e.example/", private=False))
        assert network.called == []
        sent(Guard(resolver(addresses), network), allowed("http://e.example/", private=True))
        assert network.called == [(addresses[0], 80)]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_addresses_of_this_machine(host: str) -> None:
    """With the system's own resolver: refused without a connection, allowed where the entry says private."""
    with endpoint(answer()) as server:
        iri = f"http://{host}:{server.port}/"
        with pytest.raises(ServiceFailed, match="this machine"):
            sent(Guard(), allowed(iri, private=False))
        assert server.connections == 0
        assert sent(Guard(), allowed(iri)) == [Reply(TYPE, b"{}")]


def test_another_address_of_the_same_name() -> None:
    """Where the first address does not answer, the next one is called."""
    with endpoint(answer()) as server, closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        assert sent(Guard(resolver(["127.0.0.2", "127.0.0.1"])), allowed(server.iri))
        with pytest.raises(ServiceFailed, match="it cannot be reached"):
            sent(Guard(), allowed(f"http://127.0.0.1:{silent.getsockname()[1]}/"))
        with pytest.raises(ServiceFailed, match="no address"):
            sent(Guard(resolver([])), allowed(server.iri))


def test_tls_names_the_host() -> None:
    """The handshake asks for the name of the list (SNI), not for the address."""
    hello: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def take() -> None:
            with server.accept()[0] as connection:
                hello.append(connection.recv(2000))

        thread = threading.Thread(target=take)
        thread.start()
        guard = Guard(resolver(["8.8.8.8"]), Diverted(server.getsockname()[1]), ssl.create_default_context())
        with pytest.raises(ServiceFailed, match="cannot be reached"):
            sent(guard, allowed("https://e.example/", private=False))
        thread.join()
    assert b"e.example" in hello[0]


def test_proxies_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not asked."""
    with endpoint(answer()) as proxy, endpoint(answer()) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        sent(Guard(), allowed(server.iri))
        assert (proxy.connections, server.connections) == (0, 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(status: int) -> None:
    """None is followed, wherever it leads."""
    with endpoint(answer()) as other, endpoint(answer(status=status, Location=other.iri)) as server:
        with pytest.raises(ServiceFailed, match=f"status {status} and was not followed"):
            sent(Guard(), allowed(server.iri))
        assert other.connections == 0


def _endless(handler: BaseHTTPRequestHandler, _: Received) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", TYPE)
    handler.end_headers()
    for _ in count():
        handler.wfile.write(b" " * 10_000)


def _endless_headers(handler: BaseHTTPRequestHandler, _: Received) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in count():
        handler.wfile.write(b"X-%d: %s\r\n" % (number, b"x" * 1000))


def _cut(handler: BaseHTTPRequestHandler, _: Received) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", TYPE)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"{}")


def _garbage(handler: BaseHTTPRequestHandler, _: Received) -> None:
    handler.wfile.write(b"\x00\xffthis is no HTTP\r\n\r\n")


BAD = {
    "an endless answer": (_endless, "more than 10000 bytes"),
    "a large answer that says so": (answer(b" " * 10_001), "more than 10000 bytes"),
    "endless headers": (_endless_headers, "cannot be reached"),
    "an answer that breaks off": (_cut, "cannot be reached"),
    "something else than HTTP": (_garbage, "cannot be reached"),
    "a page": (answer(b"<p>", "text/html; charset=utf-8"), "in text/html, not in application/sparql"),
    "no media type": (answer(b"{}", ""), "in no media type"),
    "another status": (answer(status=500), "status 500"),
    "a part": (answer(status=206), "status 206"),
    "a wish for credentials": (answer(status=401, WWW_Authenticate="Basic"), "status 401"),
    "a coding": (answer(Content_Encoding="gzip"), "in the coding gzip"),
}


@pytest.mark.parametrize("name", BAD)
def test_answers_that_are_not_taken(name: str) -> None:
    """Each is told for what it is, and never taken for a whole answer."""
    answering, reason = BAD[name]
    with endpoint(answering) as server, pytest.raises(ServiceFailed, match=reason) as failed:
        sent(Guard(), allowed(server.iri))
    assert server.iri in str(failed.value)


FAULTS = {
    "a text": (
        answer(b"Malformed query:\r\n\x1b[31m line\t1", "text/plain", 400),
        "(Malformed query: [31m line 1)",
    ),
    "a long text": (answer(b"x" * 9_000, "text/plain", 400), f"({'x' * 300})"),
    "a page": (answer(b"<p>no</p>", "text/html", 500), "status 500"),
    "a way": (answer(b"", status=301, Location="https://e.example/new"), "(https://e.example/new)"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_endpoints_say_about_faults(name: str) -> None:
    """A few words of a public endpoint are handed on, which help to mend a query; of a private one none."""
    answering, said = FAULTS[name]
    with endpoint(answering) as server:
        network = Diverted(server.port)
        with pytest.raises(ServiceFailed) as failed:
            sent(Guard(resolver(["8.8.8.8"]), network), allowed("http://e.example/", private=False))
        assert str(failed.value).endswith(said)
        with pytest.raises(ServiceFailed) as failed:
            sent(Guard(resolver(["10.0.0.1"]), network), allowed("http://e.example/", private=True))
        assert "(" not in str(failed.value)


@dataclass
class Slow:
    """Endpoints that take their time, until the client has gone."""

    at: str
    gone: threading.Event = field(default_factory=threading.Event)

    def __call__(self, handler: BaseHTTPRequestHandler, _: Received) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
        starts = {"status": b"", "headers": head, "body": head + b"\r\n{", "drip": head + b"\r\n"}
        with suppress(OSError):
            handler.wfile.write(starts[self.at])
            while self.at == "drip":
                handler.wfile.write(b" ")
                self.gone.wait(0.01)
            handler.rfile.read(1)  # gives nothing, or fails, once the client has closed
        self.gone.set()


@pytest.mark.parametrize("at", ["status", "headers", "body", "drip"])
def test_slow_answers(at: str) -> None:
    """One clock runs over all of an answer; when it is up, the connection is closed."""
    slow = Slow(at)
    with endpoint(slow) as server:
        with pytest.raises(ServiceFailed, match=r"no whole answer within 0\.2 s"):
            sent(Guard(), allowed(server.iri), seconds=0.2)
        assert slow.gone.wait(10)


def test_slow_names() -> None:
    """The clock runs while a name is resolved."""

    async def never(host: str, port: int) -> Iterable[str]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(ServiceFailed, match=r"no whole answer within 0\.1 s"):
        sent(Guard(never), allowed("http://e.example/"), seconds=0.1)


def test_a_client_that_goes_away() -> None:
    """Where the question is given up, the connection is closed."""
    slow = Slow("body")

    async def work(server: Endpoint) -> None:
        guard = Guard()
        task = asyncio.create_task(guard.send(allowed(server.iri), ASK, 60, 10_000))
        while not server.requests:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert await asyncio.to_thread(slow.gone.wait, 10)
        await guard.close()

    with endpoint(slow) as server:
        asyncio.run(work(server))
