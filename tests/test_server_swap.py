"""Tests of a running server whose data is swapped, or whose processes are killed, while it is asked.

Each generation of the graph holds one triple that names it. So every answer tells which data it came from,
and that must be what its version and its tag say.
"""

import http.client
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from asking_clients import Seen, hammering
from command_line import answering
from running_server import Server, busy, kill, running
from server_graph import CASES, put

from kg.store import KEPT, DataFolder

TRIG = (CASES / "server.trig").read_text("utf-8")
G = "https://w3id.org/parley/graph/authority"
MARK = "https://w3id.org/parley/id/mark"
QUERY = f"SELECT ?v {{ <{MARK}> <http://e/version> ?v }}"
ASKED = (
    f"/sparql?query={quote(QUERY)}",
    f"/sparql?query={quote(f'SELECT ?v (NOW() AS ?t) {{ <{MARK}> <http://e/version> ?v }}')}",
    f"/sparql?query={quote(f'CONSTRUCT WHERE {{ <{MARK}> ?p ?v }}')}",
    f"/sparql?query={quote(QUERY)}&format=html",
    "/graph/authority?format=turtle",
)
SLOW = f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }')}"
_PATIENCE = 30  # seconds


def _marked(version: str) -> str:
    return f"{TRIG}<{G}> {{ <{MARK}> <http://e/version> 'mark of {version}' }}"


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


def _get(url: str, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def _serves(server: Server, version: str) -> bool:
    status, headers, _ = _get(server.url, ASKED[0])
    return (status, headers["Parley-Data-Version"]) == (200, version)


def _check(seen: list[Seen]) -> None:
    """Each answer is of the version that it names, each tag of one version, and nothing comes back."""
    assert Counter(answer.status for answer in seen if answer.status not in (200, 304)) == {}
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for answer in seen:
        if answer.status == 200:
            assert answer.content == answer.version, answer.path
            if answer.tag:
                bodies[answer.path, answer.tag].add(answer.content)
        else:
            assert answer.tag == answer.sent
            bodies[answer.path, str(answer.tag)].add(str(answer.version))
    assert all(len(contents) == 1 for contents in bodies.values())


def _check_order(seen: list[Seen], versions: list[str]) -> None:
    """Who asks after somebody had an answer from new data never gets one from old data."""
    order = {version: number for number, version in enumerate(versions)}
    newest, last = 0.0, -1
    for answer in sorted(seen, key=lambda answer: answer.ended):
        number = order[str(answer.version)]
        if number > last:
            newest, last = answer.ended, number
        assert number == last or answer.began < newest, "stale"


@pytest.mark.parametrize("workers", [1, 2])
def test_data_is_swapped_under_load(tmp_path: Path, workers: int) -> None:
    """Six generations come while clients ask: no request fails, and none gets an answer of other data."""
    folder, versions = DataFolder(tmp_path / "data"), [f"swap-{number}" for number in range(6)]
    put(folder, versions[0], _marked(versions[0]))
    with running(folder.path, "--workers", str(workers)) as server:
        with hammering(server.url, ASKED) as clients:
            for version in versions[1:]:
                put(folder, version, _marked(version))
                _until(lambda version=version: _serves(server, version))  # type: ignore[misc]
                time.sleep(0.1)  # so that some answers of this version are kept, and asked for again
        seen = [answer for client in clients for answer in client.seen]
        assert sum(client.broken for client in clients) == 0
        _check(seen)
        _check_order(seen, versions)
        assert {answer.version for answer in seen} == set(versions)
        assert {answer.status for answer in seen} == {200, 304}
        _until(lambda: len(server.nurseries()) == 1)
    assert len(list((folder.path / "generations").glob("swap-*"))) == KEPT


def test_the_way_back_under_load(tmp_path: Path) -> None:
    """A rollback, there and back: no request fails, and each answer is of the data that it names."""
    folder, versions = DataFolder(tmp_path / "data"), ("one", "two")
    for version in versions:
        put(folder, version, _marked(version))
    with running(folder.path, "--workers", "2") as server:
        with hammering(server.url, ASKED) as clients:
            for version in ("one", "two", "one"):
                folder.rollback(version)
                _until(lambda version=version: _serves(server, version))  # type: ignore[misc]
        seen = [answer for client in clients for answer in client.seen]
    assert sum(client.broken for client in clients) == 0
    _check(seen)
    assert {answer.status for answer in seen} == {200, 304}
    assert {answer.version for answer in seen} == set(versions)


def test_processes_are_killed_under_load(tmp_path: Path) -> None:
    """Query processes and the one with the graph are killed: what fails says so, and all is well again."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", _marked("one"))
    with running(folder.path) as server:
        with hammering(server.url, ASKED) as clients:
            for _ in range(3):
                for reader in server.readers():
                    kill(reader)
                _until(lambda: _serves(server, "one"))
            for _ in range(2):
                (nursery,) = server.nurseries()
                kill(nursery)
                _until(lambda gone=nursery: server.nurseries() not in ([], [gone]))  # type: ignore[misc]
                _until(lambda: _get(server.url, ASKED[1])[0] == 200)
        seen = [answer for client in clients for answer in client.seen]
        assert sum(client.broken for client in clients) == 0
        failed = [answer for answer in seen if answer.status == 503]
        _check([answer for answer in seen if answer.status != 503])
        assert len(failed) < len(seen) / 2
        assert not any(answer.tag or answer.version for answer in failed)
        with hammering(server.url, ASKED) as clients:
            time.sleep(0.3)
        after = [answer for client in clients for answer in client.seen]
        _check(after)
        assert after


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    """A worker that is killed takes its connections with it; another comes, and after that another."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", _marked("one"))
    with running(folder.path, "--workers", "2") as server:
        workers = server.workers()
        assert len(workers) == 2
        with hammering(server.url, ASKED) as clients:
            _until(lambda: all(client.seen for client in clients))
            for _ in range(2):
                gone = next(worker for worker in server.workers() if worker != workers[1])
                kill(gone)
                _until(lambda gone=gone: len(server.workers()) == 2 and gone not in server.workers())  # type: ignore[misc]
            _until(lambda: _serves(server, "one"))
        seen = [answer for client in clients for answer in client.seen]
        _check(seen)
        assert sum(client.broken for client in clients) <= 2 * len(clients)
        assert len({answer.body for answer in seen if answer.path == ASKED[0] and answer.status == 200}) == 1


def test_a_query_whose_process_is_killed_fails_honestly(tmp_path: Path) -> None:
    """A query that loses its process is answered 503 with a reason, never with half an answer."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", _marked("one"))
    with running(folder.path) as server:
        given: list[tuple[int, http.client.HTTPMessage, bytes]] = []
        asking = threading.Thread(target=lambda: given.append(_get(server.url, SLOW)))
        asking.start()
        _until(lambda: any(busy(reader) for reader in server.readers()))
        for reader in server.readers():
            if busy(reader):
                kill(reader)
        asking.join(_PATIENCE)
        ((status, headers, body),) = given
        assert status == 503
        assert headers["Cache-Control"] == "no-store"
        assert b"ended unexpectedly" in body
        assert _serves(server, "one")


def test_workers_that_die_again_and_again_end_the_server(tmp_path: Path) -> None:
    """The server ends with exit code 1 and a line that says why, and nothing of it is left."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", _marked("one"))
    with answering(data=folder.path) as running:
        server = Server(running.url, running.process.pid)
        for _ in range(5):
            _until(lambda: len(server.workers()) == 1)
            (worker,) = server.workers()
            everyone = server.descendants("")
            kill(worker)
            _until(lambda gone=worker: gone not in server.workers())  # type: ignore[misc]
        assert running.process.wait(_PATIENCE) == 1
        assert running.process.stdout
        assert "more than 4 workers ended within 30 s" in running.process.stdout.read()
    _until(lambda: not any(Path(f"/proc/{process}").exists() for process in everyone))
