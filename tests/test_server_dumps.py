"""Dumps over HTTP from a real server: whole, in ranges, and to clients that read slowly or not at all."""

import email
import hashlib
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from command_line import serving
from server_graph import put

from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

LONG = 24_000_000  # characters of one literal: more than the system holds for a client that does not read
MANY = 80  # more clients than there are threads for pages
FILE = "/dumps/one/parley.nq"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A graph of two triples, whose dump is large, in a folder with a name that no header takes as it is."""
    folder = DataFolder(tmp_path_factory.mktemp("data") / "Երևան, 100 % dät")
    put(folder, "one", f'<http://e/g> {{ <http://e/a> <http://e/b> "c", "{"0123456789" * (LONG // 10)}" }}')
    return folder


@pytest.fixture(scope="module")
def dump(data: DataFolder) -> bytes:
    """What it holds."""
    return (data.current().dumps / "parley.nq").read_bytes()


@pytest.fixture(scope="module")
def client(data: DataFolder) -> Iterator[httpx.Client]:
    """A client of its server, which waits a second for those that read nothing."""
    with (
        serving(data.path, "--listen-stall", "1s", "--workers", "1") as url,
        httpx.Client(base_url=url, timeout=60, headers={"Accept-Encoding": "identity"}) as client,
    ):
        yield client


def test_whole(client: httpx.Client, dump: bytes) -> None:
    """All bytes, with type, length and tag, and nothing of how they are sent; HEAD has the same headers."""
    answer, head = client.get(FILE), client.head(FILE)
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(dump).digest()
    told = {"content-type": "application/n-quads", "content-length": str(len(dump))}
    told |= {"cache-control": "public, max-age=31536000, immutable"}
    told |= {"accept-ranges": "bytes", "parley-data-version": "one", "x-content-type-options": "nosniff"}
    for one in (answer, head):
        assert {name: one.headers.get(name) for name in told} == told
        assert one.headers["ETag"] == answer.headers["ETag"]
    assert head.content == b""


RANGES = {
    "bytes=2-4": (2, 5),
    "bytes=0-0": (0, 1),
    "bytes=-5": (-5, None),
    "bytes=20000000-": (20_000_000, None),
}


@pytest.mark.parametrize("asked", RANGES)
def test_ranges(client: httpx.Client, dump: bytes, asked: str) -> None:
    """A range gives those bytes, where the file is still the same."""
    start, end = RANGES[asked]
    tag = client.head(FILE).headers["ETag"]
    part = client.get(FILE, headers={"Range": asked, "If-Range": tag})
    assert (part.status_code, part.content == dump[start:end]) == (206, True)
    changed = client.get(FILE, headers={"Range": asked, "If-Range": '"another"'})
    assert (changed.status_code, len(changed.content)) == (200, len(dump))


WHOLE = {
    "another unit": {"Range": "lines=0-1"},
    "a broken header": {"Range": "bytes=4-2"},
    "a date, which tells too little": {"Range": "bytes=0-1", "If-Range": "Sun, 29 Nov 2026 00:00:00 GMT"},
    "a weak tag": {"Range": "bytes=0-1", "If-Range": 'W/"{tag}"'},
    "more than the file, in overlaps": {"Range": "bytes=0-,0-"},
}


@pytest.mark.parametrize("case", WHOLE)
def test_ranges_that_do_not_hold(client: httpx.Client, dump: bytes, case: str) -> None:
    """What cannot be met is passed over, and the whole file comes."""
    tag = client.head(FILE).headers["ETag"].strip('"')
    headers = {name: value.replace("{tag}", tag) for name, value in WHOLE[case].items()}
    with client.stream("GET", FILE, headers=headers) as answer:
        assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(len(dump)))


def test_several_ranges(client: httpx.Client, dump: bytes) -> None:
    """Several come in one answer, in parts that each say which they are; what the file lacks is left out."""
    answer = client.get(FILE, headers={"Range": "bytes=0-4, -3, 99999999-"})
    assert answer.status_code == 206
    head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
    parts = email.message_from_bytes(head + answer.content).get_payload()
    assert isinstance(parts, list)
    told = [(part["Content-Range"], part.get_payload(decode=True)) for part in parts]
    size = len(dump)
    assert told == [
        (f"bytes 0-4/{size}", dump[:5]),
        (f"bytes {size - 3}-{size - 1}/{size}", dump[-3:].rstrip(b"\n") + b"\n"),
    ]
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_latest_leads_to_the_version(client: httpx.Client, dump: bytes) -> None:
    """`latest` and addresses without a version lead to the current one, and are asked for again each time."""
    places = {"/dumps/latest/": "/dumps/one/", "/dumps/latest/parley.nq": FILE, "/dumps/parley.nq": FILE}
    places |= {"/dumps/latest": "/dumps/one/"}
    places |= {"/dumps/latest/SHA256SUMS": "/dumps/one/SHA256SUMS", "/dumps/one": "/dumps/one/"}
    for asked, place in places.items():
        answer = client.get(asked)
        assert (answer.status_code, answer.headers["Location"]) == (302, place), asked
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        *("/dumps/../dumps/one/parley.nq/../../manifest.json", "/dumps/one/..%2fmanifest.json"),
        *("/dumps/%2e%2e/manifest.json", "/dumps/one/%2e%2e%2fmanifest.json", "/dumps/latest/x.nq"),
        *("/dumps/one/graphs/../../manifest.json.nq", "/dumps/one/graphs/%2e%2e/%2e%2e/manifest.json"),
        *(
            "/dumps/two/parley.nq",
            "/dumps/two/",
            "/dumps/..%2fone/parley.nq",
            "/dumps/one/%00",
            "/dumps/one/x/y",
        ),
    ],
)
def test_names_lead_nowhere_else(client: httpx.Client, path: str) -> None:
    """Only listed names of kept versions are served."""
    url = urlsplit(str(client.base_url))
    with socket.create_connection((url.hostname or "", url.port or 0)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert connection.makefile("rb").readline().split()[1] == b"404"


def test_a_dump_that_is_gone(data: DataFolder, client: httpx.Client) -> None:
    """A file that vanished after it was listed is a 404 that says so, whole or in a range, and by HEAD."""
    gone, aside = (data.current().dumps / name for name in ("parley.nq.gz", "aside"))
    path = "/dumps/one/parley.nq.gz"
    assert client.get(path).status_code == 200
    gone.rename(aside)
    try:
        answers = [client.get(path), client.head(path), client.get(path, headers={"Range": "bytes=0-1"})]
    finally:
        aside.rename(gone)
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "no longer kept" in answers[0].text
    assert client.get(path).status_code == 200


def test_no_body(client: httpx.Client, dump: bytes) -> None:
    """Who has the file gets 304, and a range beyond it 416, with the length that there is."""
    tag = client.head(FILE).headers["ETag"]
    known, beyond = (
        client.get(FILE, headers=headers)
        for headers in ({"If-None-Match": tag}, {"Range": "bytes=99999999-", "Accept": "application/json"})
    )
    assert (known.status_code, known.content) == (304, b"")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(dump)}")
    assert client.get(FILE, headers={"If-None-Match": "*", "Range": "bytes=0-1"}).status_code == 304
    refused = client.get(FILE, headers={"Accept-Encoding": "gzip, identity;q=0"})
    assert refused.status_code == 406


def test_slow_readers_hold_up_nobody(client: httpx.Client) -> None:
    """More of them than there are threads: pages are answered, and each of them is cut off in the end."""
    at = urlsplit(str(client.base_url))
    assert at.hostname
    assert at.port
    before = _sent(client)
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.socket()) for _ in range(MANY)]
        for one in slow:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.settimeout(60)
            one.connect((at.hostname, at.port))
            one.sendall(f"GET {FILE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        for one in slow:
            assert one.recv(12) == b"HTTP/1.1 200"
        assert client.get("/queries/").status_code == 200
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        until = time.monotonic() + 60
        while _sent(client) < before + MANY:
            assert time.monotonic() < until
        assert 0 < _rest(slow[0]) < LONG


def _sent(client: httpx.Client) -> int:
    """How many times the server is done with a whole dump, or with what was taken of one, as it says."""
    counted = 'parley_http_requests_total{route="dumps",status="200"} '
    line = next(
        (line for line in client.get("/metrics").text.splitlines() if line.startswith(counted)), f"{counted}0"
    )
    return int(float(line.removeprefix(counted)))


def _rest(connection: socket.socket) -> int:
    """How many bytes still come before the connection ends."""
    return sum(len(piece) for piece in iter(lambda: _received(connection), b""))


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1 << 20)
    except ConnectionResetError:
        return b""


def test_earlier_versions_stay(tmp_path: Path) -> None:
    """Dumps of earlier versions are there as long as these are kept, and the page lists them."""
    folder = DataFolder(tmp_path / "data", kept=2)
    graphs = [f"<http://e/g> {{ <http://e/a> <http://e/b> {number} }}" for number in range(3)]
    put(folder, "first", graphs[0])
    with create_app(StoreEngine(folder)).test_client() as client:
        before = client.get("/dumps/first/parley.nq").data
        put(folder, "second", graphs[1])
        page = client.get("/dumps/", headers={"Accept": "text/html"}).text
        assert 'href="/dumps/first/"' in page
        assert client.get("/dumps/latest/parley.nq").headers["Location"] == "/dumps/second/parley.nq"
        earlier = client.get("/dumps/first/parley.nq")
        assert (earlier.data, earlier.headers["Parley-Data-Version"]) == (before, "first")
        put(folder, "third", graphs[2])
        gone = client.get("/dumps/first/parley.nq")
        assert (gone.status_code, "not kept" in gone.text) == (404, True)
        assert client.get("/dumps/second/parley.nq").status_code == 200
