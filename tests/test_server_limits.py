"""Tests of what one query may take, on a real server: time, memory, rows, bytes; and of what it leaves."""

import json
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from browsing import Browser
from command_line import answering
from playwright.sync_api import Page
from process_tree import descendants, state, works
from server_graph import put

from kg.store import DataFolder

SECONDS = 1.0
SLACK = 0.5  # seconds over the deadline that an answer may take, by the promise of the design
BUSY_MACHINE = 1.5  # seconds more, since tests run beside others
ROWS, BYTES = 1000, 100_000
LIMITS = (
    "--query-timeout",
    "1s",
    "--query-memory",
    "96MiB",
    "--query-rows",
    str(ROWS),
    "--query-size",
    str(BYTES),
)
TRIPLES = 3000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
ALL = "SELECT * { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


@dataclass(frozen=True)
class Server:
    """A server that runs; `process` is the one that `parley serve` is."""

    url: str
    process: subprocess.Popen[str]

    def connect(self) -> HTTPConnection:
        at = urlsplit(self.url)
        assert at.hostname
        return HTTPConnection(at.hostname, at.port, timeout=20)

    def ask(self, query: str, more: str = "", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = self.connect()
        connection.request("GET", f"/sparql?query={quote(query)}{more}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of some thousand triples."""
    folder = tmp_path_factory.mktemp("data")
    triples = "".join(f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> .\n" for n in range(TRIPLES))
    put(DataFolder(folder), "one", f"<http://e/g> {{ {triples} }}")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A server with small limits."""
    with _answering(folder, *LIMITS) as running:
        yield running


@contextmanager
def _answering(folder: Path, *options: str) -> Iterator[Server]:
    with answering(*options, data=folder) as running:
        yield Server(running.url, running.process)


def _until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        time.sleep(0.02)


def test_time(server: Server) -> None:
    """A query ends at its deadline with 503, and no part of an answer was sent before."""
    began = time.monotonic()
    answer, body = server.ask(ENDLESS, Accept="application/json")
    assert SECONDS <= time.monotonic() - began < SECONDS + SLACK + BUSY_MACHINE
    assert answer.status == 503
    assert json.loads(body)["type"].endswith("#deadline-passed")


def test_a_client_may_ask_for_less_time(server: Server) -> None:
    """timeout= counts in seconds, below the cap."""
    began = time.monotonic()
    assert server.ask(ENDLESS, "&timeout=0.2")[0].status == 503
    assert time.monotonic() - began < SECONDS


def test_memory(server: Server) -> None:
    """A query that wants more memory than it may have ends with 507, and no other query notices."""
    answer, body = server.ask(GREEDY, "&timeout=20", Accept="application/json")
    assert (answer.status, json.loads(body)["type"].rpartition("#")[2]) == (507, "out-of-memory")
    assert server.ask("ASK {}")[0].status == 200


@pytest.mark.parametrize(
    ("query", "media"),
    [
        (ALL, "application/sparql-results+json"),
        (ALL, "application/sparql-results+xml"),
        (ALL, "text/csv"),
        (ALL, "text/tab-separated-values"),
        (GRAPH, "text/turtle"),
        (GRAPH, "application/n-triples"),
        (GRAPH, "application/ld+json"),
        (GRAPH, "application/rdf+xml"),
    ],
)
def test_too_many_rows(server: Server, query: str, media: str) -> None:
    """An answer over the limit is 413 with a reason in every syntax, not the part that was ready."""
    answer, body = server.ask(query, Accept=f"{media}, application/problem+json;q=0.5")
    assert answer.status == 413
    assert "more than 1,000 rows or triples" in body.decode() or "bytes" in body.decode()


@pytest.mark.parametrize(
    ("media", "syntax"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ],
)
def test_a_part_of_the_rows(server: Server, media: str, syntax: ox.QueryResultsFormat) -> None:
    """partial=1 gives whole rows up to the limit; a header and the answer itself say that it is cut."""
    answer, body = server.ask("SELECT ?s { ?s ?p ?o }", "&partial=1", Accept=media)
    assert (answer.status, answer.headers["Parley-Cut"]) == (200, "more than 1,000 rows or triples")
    assert b"parley:cut" in body
    solutions = ox.parse_query_results(body, format=syntax)
    assert isinstance(solutions, ox.QuerySolutions)
    assert len(list(solutions)) == ROWS


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_a_part_of_a_graph(server: Server, media: str) -> None:
    """The same for triples; what is there parses."""
    answer, body = server.ask(GRAPH, "&partial=1", Accept=media)
    assert answer.status == 200
    assert answer.headers["Parley-Cut"]
    assert b"parley:cut" in body
    syntax = ox.RdfFormat.from_media_type(media)
    assert syntax
    assert 0 < len(list(ox.parse(body, format=syntax))) <= ROWS


def test_a_page_says_what_was_cut(server: Server, browser: Browser) -> None:
    """The editor shows the rows up to the limit, and says that it cut the answer and that there is more."""

    def look(page: Page) -> str:
        page.wait_for_selector("#panel-table[data-drawn=done]")
        return page.inner_text("#state")

    address = f"{server.url}/sparql?query={quote('SELECT ?s { ?s ?p ?o }')}"
    said = browser.look(address, look, strict=True, status=413)
    assert said.startswith(f"{ROWS:,} rows in ")
    assert "A limit of the server cut the answer: more than 1,000 rows or triples. There is more." in said


@pytest.mark.parametrize(("query", "media"), [(ALL, "text/csv"), (GRAPH, "application/ld+json")])
def test_no_part_where_it_could_not_say_so(server: Server, query: str, media: str) -> None:
    """CSV, TSV and JSON-LD have no place for a remark, so a part of them would look whole."""
    answer, body = server.ask(query, "&partial=1", Accept=f"{media}, text/plain;q=0.1")
    assert answer.status == 413
    assert b"no place to say" in body


def test_an_answer_just_within_the_limits_is_whole(server: Server) -> None:
    """As many rows as there may be, and no mark on them."""
    answer, body = server.ask(f"SELECT ?s {{ ?s ?p ?o }} LIMIT {ROWS}", Accept="text/csv")
    assert (answer.status, answer.headers["Parley-Cut"]) == (200, None)
    assert len(body.splitlines()) == ROWS + 1


def test_a_client_that_leaves_takes_its_query_along(server: Server) -> None:
    """The process that ran the query is ended long before the deadline that the client asked for."""
    before = set(descendants(server.process.pid))
    at = urlsplit(server.url)
    with socket.create_connection((at.hostname, at.port), 5) as client:
        client.sendall(f"GET /sparql?timeout=60&query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        _until(lambda: any(map(works, descendants(server.process.pid))))
    _until(lambda: bool(before - set(descendants(server.process.pid))))
    _until(lambda: not any(map(works, descendants(server.process.pid))))


def test_nothing_is_left_behind(server: Server) -> None:
    """After many ended queries there are as many processes and open files as before, and no zombies."""
    server.ask(ENDLESS, "&timeout=0.1")
    time.sleep(0.5)
    before, files = descendants(server.process.pid), _files(server)
    for _ in range(15):
        server.ask(ENDLESS, "&timeout=0.05")
        server.ask(GRAPH, "&partial=1", Accept="text/turtle")
    _until(lambda: len(descendants(server.process.pid)) == len(before))
    assert not [process for process in descendants(server.process.pid) if state(process) == "Z"]
    _until(lambda: _files(server) <= files + 2)


def _files(server: Server) -> int:
    everyone = [server.process.pid, *descendants(server.process.pid)]
    return sum(len(list(Path(f"/proc/{process}/fd").iterdir())) for process in everyone)


def test_a_query_process_that_is_killed_is_replaced(server: Server) -> None:
    """Whoever kills a process, the answer is honest and the next query is answered."""
    for process in descendants(server.process.pid):
        if "nursery" in Path(f"/proc/{process}/cmdline").read_text() and descendants(process) == []:
            os.kill(process, signal.SIGKILL)
    _until(lambda: server.ask("ASK {}")[0].status == 200)


def test_the_holder_of_the_graph_is_replaced(server: Server) -> None:
    """When the process that holds the graph dies, queries get 503 with Retry-After until another holds it."""
    holder = next(
        process
        for process in descendants(server.process.pid)
        if "nursery" in Path(f"/proc/{process}/cmdline").read_text() and descendants(process)
    )
    os.kill(holder, signal.SIGKILL)
    seen = set()

    def answered() -> bool:
        answer, _ = server.ask("ASK {}")
        seen.add((answer.status, answer.headers["Retry-After"] is not None))
        return holder not in descendants(server.process.pid) and answer.status == 200

    _until(answered, 20)
    assert seen <= {(200, False), (503, True)}


def test_queries_that_run_are_answered_when_the_server_stops(folder: Path) -> None:
    """SIGTERM lets what runs come to its end, and leaves no process."""
    with _answering(folder, *LIMITS) as running:
        connection = running.connect()
        connection.request("GET", f"/sparql?query={quote(ENDLESS)}")
        _until(lambda: any(map(works, descendants(running.process.pid))))
        everyone = descendants(running.process.pid)
        running.process.send_signal(signal.SIGTERM)
        assert connection.getresponse().status == 503  # its own deadline, not the stop
        connection.close()
        assert running.process.wait(20) == 0
    _until(lambda: not [process for process in everyone if state(process) not in ("", "Z")])


@contextmanager
def _disk_of(size: int) -> Iterator[None]:
    """What starts meanwhile meets an error at files over this size, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_where_answers_wait(folder: Path, tmp_path: Path) -> None:
    """A long answer is 503 with the folder to look at, and leaves no file; a short one is whole."""
    long = f"SELECT * {{ ?s ?p ?o VALUES ?n {{ {' '.join(map(str, range(25)))} }} }}"
    options = ("--cache-size", "0", "--spool", str(tmp_path))
    with ExitStack() as running:
        with _disk_of(4 * 2**20):
            server = running.enter_context(_answering(folder, *options))
        for _ in range(2):
            answer, body = server.ask(long, Accept="text/csv, application/json")
            assert (answer.status, json.loads(body)["type"].rpartition("#")[2]) == (503, "store-error")
            assert b"data.spool" in body
        assert server.ask(f"{long} LIMIT 1000", Accept="text/csv")[0].status == 200
        everyone = [server.process.pid, *descendants(server.process.pid)]
        files = [file for process in everyone for file in Path(f"/proc/{process}/fd").iterdir()]
        assert not [file for file in files if file.is_symlink() and str(tmp_path) in str(file.readlink())]
        assert list(tmp_path.iterdir()) == []
