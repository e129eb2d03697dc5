"""Tests of query processes that are spawned: on a real server on Linux, and without what only Linux has."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from command_line import ROOT, environment, parley
from process_tree import works
from running_server import Server, kill, running, until
from server_graph import put

from kg.store import DataFolder
from server.engine import frames, wire
from server.engine.contract import Question
from server.engine.spawned_reader import Birth

TRIPLES = 3000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
VERSION = "SELECT ?v { ?s <http://e/v> ?v }"
GREEDY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
LIMITS = {"timeout": "20s", "memory": "96MiB", "rows": "3000", "size": "300000"}
LATE = 0.5 + 1.5  # seconds: what the design promises, and what a machine that is busy with tests takes
_PATIENCE = 60  # seconds


def graph(folder: Path, version: str) -> DataFolder:
    triples = "".join(f"<http://e/{n}> <http://e/p> <http://e/{n + 1}> .\n" for n in range(TRIPLES - 1))
    marked = f"<http://e/> <http://e/v> '{version}' ."
    put(data := DataFolder(folder), version, f"<http://e/g> {{ {triples} {marked} }}")
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of some thousand triples, and a folder for answers."""
    folder: Path = tmp_path_factory.mktemp("spawned")
    graph(folder / "data", "one")
    (folder / "spool").mkdir()
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A server with small limits."""
    limits = [word for name, value in LIMITS.items() for word in (f"--query-{name}", value)]
    options = ("--pool-start", "spawned", "--pool-processes", "2", "--spool", str(folder / "spool"))
    with running(folder / "data", *options, *limits) as server:
        until(lambda: ask(server, "ASK {}")[0] == 200)  # processes may not start in time beside other tests
        yield server
    until(lambda: list((folder / "spool").iterdir()) == [])


def ask(server: Server, query: str, more: str = "", kind: str = "text/csv") -> tuple[int, str, bytes]:
    """Status, version and body."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=_PATIENCE)
    connection.request("GET", f"/sparql?query={quote(query)}{more}", headers={"Accept": kind})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers["Parley-Data-Version"], body


def problem(server: Server, query: str, more: str = "") -> tuple[int, str]:
    status, _, body = ask(server, query, more, "application/json")
    return status, json.loads(body)["type"].rpartition("#")[2]


def readers(server: Server) -> set[int]:
    return set(server.descendants("server.engine.spawned_reader"))


def idle(server: Server) -> int:
    """How many processes wait for a query, as the server saw it in the last second."""
    with urlopen(f"{server.url}/metrics", timeout=_PATIENCE) as answer:
        found = re.search(rb"^parley_query_processes_idle ([0-9]+)", answer.read(), re.MULTILINE)
    assert found
    return int(found[1])


def test_answers(server: Server) -> None:
    """Short and long ones are whole; no process holds the graph for others."""
    assert ask(server, VERSION) == (200, "one", b"v\r\none\r\n")
    status, _, body = ask(server, "SELECT ?s { ?s ?p ?o }")
    assert (status, len(body.splitlines())) == (200, TRIPLES + 1)
    assert len(body) > 64 * 1024 / 2
    assert not server.nurseries()
    assert len(readers(server)) == 3


def test_limits(server: Server) -> None:
    """Time, memory, bytes and rows end a query as they do where processes are forked."""
    began = time.monotonic()
    assert problem(server, ENDLESS, "&timeout=1") == (503, "deadline-passed")
    assert 1 <= time.monotonic() - began < 1 + LATE
    assert problem(server, GREEDY) == (507, "out-of-memory")
    assert problem(server, "SELECT * { ?s ?p ?o }") == (413, "answer-too-large")
    two = "SELECT ?x { { ?x ?p ?o } UNION { ?s ?p ?x } }"
    assert problem(server, two) == (413, "answer-too-large")
    status, _, body = ask(server, two, "&partial=1", "application/sparql-results+json")
    assert (status, len(json.loads(body)["results"]["bindings"])) == (200, int(LIMITS["rows"]))
    assert problem(server, "SELECT") == (400, "syntax-error")


def test_a_client_that_leaves_takes_its_query_along(server: Server) -> None:
    """Its process is ended long before the deadline, and another takes its place."""
    until(lambda: idle(server) == 3)
    before = readers(server)
    client = HTTPConnection(urlsplit(server.url).netloc, timeout=_PATIENCE)
    client.request("GET", f"/sparql?timeout=60&query={quote(ENDLESS)}")
    until(lambda: any(map(works, before)))
    client.close()
    until(lambda: before - readers(server))
    until(lambda: len(readers(server)) == 3)
    assert ask(server, "ASK {}")[0] == 200


def test_another_generation(server: Server, folder: Path) -> None:
    """A graph that is built meanwhile is served, and the processes over the one before go."""
    before = readers(server)
    data = graph(folder / "data", "two")
    until(lambda: ask(server, VERSION) == (200, "two", b"v\r\ntwo\r\n"))
    until(lambda: not before & readers(server))
    graph(folder / "data", "three")
    data.rollback("two")
    until(lambda: ask(server, VERSION)[1:] == ("two", b"v\r\ntwo\r\n"))


def test_no_process_outlives_its_worker(server: Server) -> None:
    """A worker that is killed leaves neither processes nor files, though a query runs; another one comes."""
    client = HTTPConnection(urlsplit(server.url).netloc, timeout=_PATIENCE)
    until(lambda: idle(server) == 3)
    client.request("GET", f"/sparql?timeout=60&query={quote(ENDLESS)}")
    until(lambda: any(map(works, readers(server))))
    before, (worker,) = readers(server), [one for one in server.workers() if one not in readers(server)]
    kill(worker)
    until(lambda: not before & readers(server))
    client.close()

    def served() -> bool:
        try:
            return ask(server, "ASK {}")[0] == 200
        except OSError:
            return False

    until(served)


def test_no_worker_outlives_its_server(folder: Path) -> None:
    """A server that is killed takes all along."""
    with running(folder / "data", "--pool-start", "spawned", "--pool-processes", "1") as server:
        until(lambda: ask(server, "ASK {}")[0] == 200)
        everyone = server.descendants("")
        assert len(everyone) >= 3
        os.kill(server.process, signal.SIGKILL)
        until(lambda: not any(map(_runs, everyone)))


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}/cmdline").exists() and bool(Path(f"/proc/{process}/cmdline").read_bytes())


def test_what_is_refused(tmp_path: Path) -> None:
    """A store that changes, since that needs fork: one line that says so."""
    done = parley("serve", "--store", ":memory:", "--pool-start", "spawned", data=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "a store that changes needs query processes that are forked" in done.stderr


def test_imports_need_nothing_of_linux() -> None:
    """Everything that serves spawned processes is imported where Python has no name of POSIX alone."""
    names = ["serve", "query", "build"]
    modules = ["asgi", "listener", "engine.spawned", *(f"commands.{name}" for name in names)]
    done = _elsewhere("import", *(f"server.{name}" for name in ("cli", *modules))).communicate()
    assert done == (b"", b"")


def test_a_process_without_what_linux_has(folder: Path, tmp_path: Path) -> None:
    """It answers and ends with its input, its folder too, though no name of POSIX alone is there."""
    room = tmp_path / "answers" / "1"
    room.mkdir(parents=True)
    birth = Birth(str(folder / "data"), "one", str(room), memory=2**28)
    process = _elsewhere("run", "server.engine.spawned_reader", birth.to_json())
    assert process.stdin
    assert process.stdout
    told = frames.Incoming()
    process.stdin.write(frames.packed(wire.question_head(Question(VERSION))))
    process.stdin.flush()
    heard: list[tuple[dict[str, object], bytes]] = []
    while len(heard) < 2:
        heard += told.take(os.read(process.stdout.fileno(), 4096))
    assert heard[0][0] == {"ready": True}
    assert json.loads(heard[1][1])["results"]["bindings"] == [{"v": {"type": "literal", "value": "one"}}]
    _, said = process.communicate()
    assert (process.returncode, said, room.parent.exists()) == (0, b"", False)


def _elsewhere(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(Path(__file__).with_name("elsewhere.py")), *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe)
