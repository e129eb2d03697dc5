"""Requests as they come in, on a real server: bodies that break, or are too many; addresses; codings."""

import gzip
import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from server_process import writable
from w3c.over_http import Server

LIMITS = (
    *("--request-size", "100kB", "--request-update-size", "150kB", "--request-bodies", "200kB"),
    *("--workers", "1"),
)
BROKEN = {
    "a length that is no number": b"zz\r\nASK {}\r\n0\r\n\r\n",
    "a chunk that is longer than it says": b"2\r\nASK {}\r\n0\r\n\r\n",
    "a length beyond all bounds": b"f" * 40 + b"\r\nASK {}\r\n0\r\n\r\n",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A writable server that takes little at a time."""
    with writable(*LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    """A client that sends addresses as they are written."""
    with httpx.Client(base_url=server.address, headers={"Authorization": f"Bearer {server.token}"}) as client:
        yield client


def _open(server: Server, method: str, path: str, headers: str) -> socket.socket:
    at = urlsplit(server.address)
    assert at.hostname
    assert at.port
    connection = socket.create_connection((at.hostname, at.port), 20)
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n{headers}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def _whole(connection: socket.socket) -> tuple[int, str, dict[str, object]]:
    """Status, header lines and members of a problem; the server has to close the connection after it."""
    said = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = said.decode().partition("\r\n\r\n")
    return int(head.split()[1]), head.lower(), json.loads(body)


def _chunked(server: Server, method: str, path: str) -> socket.socket:
    headers = "Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked"
    return _open(server, method, path, headers)


@pytest.mark.parametrize("path", ["/sparql", "/graph-store/x", "/queries/", "/health"])
@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_a_body_with_broken_chunks(server: Server, path: str, sent: bytes) -> None:
    """Wherever it goes, it is answered 400 with the reason, and the connection is closed."""
    with _chunked(server, "POST", path) as connection:
        connection.sendall(sent)
        status, head, problem = _whole(connection)
    assert (status, problem["status"]) == (400, 400)
    assert "content-type: application/problem+json" in head
    assert "its chunks break the rules of HTTP" in str(problem["detail"])


def test_a_body_that_breaks_off(server: Server, client: httpx.Client) -> None:
    """Half a body, and no more to come: 400 too; one that nobody waits for harms nothing."""
    with _chunked(server, "POST", "/sparql") as connection:
        connection.sendall(b"ff\r\nASK {}")
        connection.shutdown(socket.SHUT_WR)
        assert _whole(connection)[0] == 400
    with _chunked(server, "POST", "/sparql") as connection:
        connection.sendall(b"ff\r\nASK {}")
    assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 200


def test_all_bodies_together_have_a_limit(server: Server, client: httpx.Client) -> None:
    """Past it a request is told to come again; what others hold back is free once they end."""
    headers = {"Content-Type": "application/sparql-query", "Accept": "application/json"}
    asked: Any = {"content": b"#" * 99_000 + b"\nASK {}", "headers": headers}
    part = b"#" * 70_000
    with ExitStack() as open_requests:
        for _ in range(2):
            head = "Content-Type: application/sparql-query\r\nContent-Length: 90000"
            open_requests.enter_context(waiting := _open(server, "POST", "/sparql", head)).sendall(part)
        _until_held(client, 140_000)
        refused = client.post("/sparql", **asked)
        assert refused.status_code == 503
        assert refused.json()["type"].endswith("#busy")
        assert refused.headers["Retry-After"] == "2"
        assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 200  # a small one has room
        waiting.sendall(b"\nASK {}".rjust(20_000))
        assert waiting.recv(12) == b"HTTP/1.1 200"
    _until_held(client, 0)
    assert client.post("/sparql", **asked).status_code == 200


def _until_held(client: httpx.Client, size: int) -> None:
    """Come back once the server holds so many bytes, as it says itself."""
    until = time.monotonic() + 20
    while f"parley_request_bytes {size}.0" not in (said := client.get("/metrics").text):
        assert time.monotonic() < until, said


@pytest.mark.parametrize("path", ["/graph-store/%2e%2e/x", "/graph-store/a/../b", "/graph-store/a/%2E"])
def test_a_graph_has_one_address(server: Server, path: str) -> None:
    """What clients would read as another address names no graph, whatever is to be done with it."""
    headers = {"Content-Type": "text/turtle"}
    for method, body in (("GET", b""), ("PUT", b"<a> <b> 1 ."), ("DELETE", b"")):
        status, _, said = server.send(method, path, headers, body)
        assert (status, b"has '.' or '..' as a part" in said) == (400, True)


@pytest.mark.parametrize("path", ["//sparql", "//sparql?query=ASK%7B%7D", "/./sparql", "//x.example/sparql"])
def test_the_endpoint_has_one_address(server: Server, path: str) -> None:
    """What looks nearly like it is nothing, and leads nowhere."""
    status, headers, _ = server.send("GET", path, {"Accept": "application/json"})
    assert (status, headers.get("location")) == (404, None)


# What every kind of answer is asked with; each has fewer bytes than are coded for other clients.
SHORT = {
    "/sparql?query=ASK%7B%7D": "application/sparql-results+json",
    "/graph-store?default": "text/turtle",
    "/static/parley.svg": "*/*",
}


@pytest.mark.parametrize("path", SHORT)
def test_who_refuses_answers_as_they_are_gets_coded_ones(client: httpx.Client, path: str) -> None:
    """However short they are, once more when they are kept; others get them as they are."""
    headers = {"Accept": SHORT[path], "Accept-Encoding": "identity"}
    plain = client.get(path, headers=headers)
    assert (plain.status_code, plain.headers.get("Content-Encoding")) == (200, None)
    for _ in range(2):
        with client.stream("GET", path, headers=headers | {"Accept-Encoding": "gzip, identity;q=0"}) as coded:
            raw = b"".join(coded.iter_raw())
        assert (coded.status_code, coded.headers["Content-Encoding"]) == (200, "gzip")
        assert gzip.decompress(raw) == plain.content
        assert "Accept-Encoding" in coded.headers["Vary"]
        again = headers | {"Accept-Encoding": "gzip, identity;q=0", "If-None-Match": coded.headers["ETag"]}
        assert client.get(path, headers=again).status_code == 304


@pytest.mark.parametrize("path", [*SHORT, "/sparql", "/queries/", "/graph-store?graph=http://e/none"])
@pytest.mark.parametrize("refused", ["identity;q=0", "*;q=0", "gzip;q=0, *;q=0", "compress, identity;q=0"])
def test_nothing_is_left(client: httpx.Client, path: str, refused: str) -> None:
    """Who takes neither the answer as it is nor a coding that there is gets 406."""
    accept = {"Accept": SHORT.get(path, "*/*"), "Accept-Encoding": refused}
    answer = client.get(path, headers=accept)
    expected = 404 if path.endswith("none") else 406
    assert (answer.status_code, "Accept-Encoding" in answer.text) == (expected, expected == 406)
