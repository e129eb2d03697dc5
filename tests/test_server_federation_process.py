"""SERVICE on a real server: listed endpoints are called, and query processes have no network to call any."""

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from command_line import serving
from local_endpoint import Endpoint, Received, endpoint, from_store, send
from server_graph import put
from server_process import writable
from w3c.over_http import Server

from kg.store import DataFolder
from server.federation.service import LONGEST

HERE = "@prefix : <http://e/> . :g { :a :knows :b . :b :knows :c }"
THERE = 'PREFIX : <http://e/> INSERT DATA { :b :name "B" . :c :name [] }'
JOIN = (
    "PREFIX : <http://e/> SELECT * {{ ?s :knows ?o SERVICE {silent} <{iri}> {{ ?o :name ?n }} }} ORDER BY ?o"
)
FEDERATED = "http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery"


@pytest.fixture(scope="module")
def remote() -> Iterator[Endpoint]:
    """An endpoint that answers at /sparql and fails elsewhere."""
    store = ox.Store()
    store.update(THERE)
    answering = from_store(store)

    def at_its_place(handler: BaseHTTPRequestHandler, received: Received) -> None:
        if received.target == "/sparql":
            answering(handler, received)
        else:
            send(handler, b"", "text/plain", 500)

    with endpoint(at_its_place) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with a small graph."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", HERE)
    return folder


@pytest.fixture(scope="module")
def url(folder: DataFolder, remote: Endpoint) -> Iterator[str]:
    """A server that may call the endpoint, and a broken one beside it, and nobody else."""
    allow = f"private:{remote.iri},private:{remote.iri}/broken"
    with serving(folder.path, "--federation-allow", allow, "--workers", "1") as url:
        yield url


def get(url: str, query: str, accept: str = "application/json", method: str = "GET") -> tuple[int, bytes]:
    """Status and body."""
    form, headers = urlencode({"query": query}), {"Accept": accept}
    if method == "POST":
        return fetched(Request(f"{url}/sparql", form.encode(), headers))
    return fetched(Request(f"{url}/sparql?{form}", headers=headers))


def fetched(request: Request) -> tuple[int, bytes]:
    """Status and body, good or bad."""
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def rows(answer: tuple[int, bytes]) -> list[dict[str, Any]]:
    """The bindings of a good answer."""
    status, body = answer
    assert status == 200, body
    found: list[dict[str, Any]] = json.loads(body)["results"]["bindings"]
    return found


def test_an_endpoint_of_the_list(url: str, remote: Endpoint) -> None:
    """Its solutions are joined with those here, blank nodes among them; pages show them too."""
    found = rows(get(url, JOIN.format(iri=remote.iri, silent="")))
    assert [row["n"]["type"] for row in found] == ["literal", "bnode"]
    status, page = get(url, JOIN.format(iri=remote.iri, silent=""), "text/html")
    assert status == 200
    assert b"http://e/c" in page
    assert page.count(b"<tr") == 3


def test_each_time_anew(url: str, remote: Endpoint) -> None:
    """No answer with a part from elsewhere is kept."""
    before = len(remote.requests)
    for _ in range(2):
        get(url, JOIN.format(iri=remote.iri, silent=""))
    assert len(remote.requests) == before + 2


def test_an_endpoint_that_fails(url: str, remote: Endpoint) -> None:
    """502 that says who failed and how; one solution that binds nothing where SILENT asks for it."""
    status, body = get(url, JOIN.format(iri=f"{remote.iri}/broken", silent=""))
    assert (status, json.loads(body)["type"].rpartition("#")[2]) == (502, "service-failed")
    assert f"<{remote.iri}/broken>: it answered with status 500" in json.loads(body)["detail"]
    assert len(rows(get(url, JOIN.format(iri=f"{remote.iri}/broken", silent="SILENT")))) == 2


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (JOIN.format(iri="http://127.0.0.1:9/other", silent="SILENT"), "not on this server's list"),
        ("SELECT * {\n VALUES ?e { <http://e/> } SERVICE ?e { ?s ?p ?o } }", "its target must be known"),
    ],
)
def test_other_calls(url: str, query: str, reason: str) -> None:
    """403 with the reason and the place."""
    status, body = get(url, query)
    fault = json.loads(body)
    assert (status, fault["type"].rpartition("#")[2]) == (403, "service-refused")
    assert reason in fault["detail"]
    assert fault["line"] == query[: query.rindex("SERVICE")].count("\n") + 1


def test_a_long_query(url: str, remote: Endpoint) -> None:
    """One too long for its calls to be found says so; a call in a string is none."""
    before, filler = remote.connections, "#" * LONGEST
    calling = JOIN.format(iri=remote.iri, silent="") + filler
    status, body = get(url, calling, method="POST")
    fault = json.loads(body)
    assert (status, fault["type"].rpartition("#")[2]) == (403, "service-refused")
    assert fault["column"] == calling.index("SERVICE") + 1
    assert "a query with SERVICE has at most 32,768 characters, and this one 32,8" in fault["detail"]
    harmless = f'SELECT ("SERVICE <{remote.iri}> {{}}" AS ?x) {{}} {filler}'
    assert len(rows(get(url, harmless, method="POST"))) == 1
    assert remote.connections == before


CALLS = {
    "answered": JOIN.format(iri="{iri}", silent=""),
    "no-answer": JOIN.format(iri="{iri}/broken", silent=""),
    "not-listed": JOIN.format(iri="{iri}/other", silent=""),
    "not-plain": "SELECT * { VALUES ?e { <http://e/> } SERVICE ?e { ?s ?p ?o } }",
}


@pytest.mark.parametrize("outcome", CALLS)
def test_calls_are_counted(url: str, remote: Endpoint, outcome: str) -> None:
    """With the time that they take and how they end; those that are refused too, by the reason."""
    before = _figures(url)
    get(url, CALLS[outcome].replace("{iri}", remote.iri))
    after = _figures(url)
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name)}
    took = grown.pop(f'parley_call_seconds_sum{{outcome="{outcome}"}}', 0.0)
    assert {name: value for name, value in grown.items() if "_count" in name} == {
        f'parley_call_seconds_count{{outcome="{outcome}"}}': 1.0
    }
    assert (0 < took < 30) == (outcome in ("answered", "no-answer"))


def _figures(url: str) -> dict[str, float]:
    """What the server counts of calls."""
    with urlopen(f"{url}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    told = (line.rpartition(" ") for line in lines if line.startswith("parley_call_seconds"))
    return {name: float(value) for name, _, value in told}


def test_the_description_says_so(url: str, folder: DataFolder, remote: Endpoint) -> None:
    """sd:BasicFederatedQuery is a feature of a server with a list, and of no other."""
    assert FEDERATED in _description(url)
    with serving(folder.path, "--workers", "1") as closed:
        assert FEDERATED not in _description(closed)
        status, body = get(closed, JOIN.format(iri=remote.iri, silent=""))
    assert (status, b"this server calls no other endpoint" in body) == (403, True)


def _description(url: str) -> str:
    with urlopen(Request(f"{url}/sparql", headers={"Accept": "application/n-triples"}), timeout=30) as answer:
        return str(answer.read(), "utf-8")


def test_updates_load_from_the_list_alone(remote: Endpoint) -> None:
    """LOAD takes documents from listed addresses and from no others, and an update calls no SERVICE."""
    with writable("--workers", "1", "--federation-allow", f"private:{remote.iri}") as server:
        assert update(server, f"LOAD <{remote.iri}>")[0] == 204
        assert [row["s"]["value"] for row in rows(get(server.address, "SELECT * { ?s ?p ?o }"))] == [
            "http://e/loaded"
        ]
        before = remote.connections
        for refused in (
            f"LOAD <http://127.0.0.1:{remote.port}/other>",
            f"INSERT DATA {{ <http://e/s> <http://e/p> 1 }} ; LOAD <http://localhost:{remote.port}/sparql>",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{remote.iri}> {{ ?s ?p ?o }} }}",
        ):
            status, body = update(server, refused)
            assert (status, json.loads(body)["type"].rpartition("#")[2]) == (403, "service-refused")
        assert update(server, f"LOAD SILENT <http://127.0.0.1:{remote.port}/other>")[0] == 204
        assert remote.connections == before
        assert len(rows(get(server.address, "SELECT * { ?s ?p ?o }"))) == 1


def update(server: Server, text: str) -> tuple[int, bytes]:
    """Status and body."""
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/sparql-update"}
    return fetched(
        Request(f"{server.address}/sparql", text.encode(), headers | {"Accept": "application/json"})
    )


def test_query_processes_have_no_network(url: str) -> None:
    """They and the process that forks them have a filter of system calls, and sockets of Unix alone."""
    assert rows(get(url, "SELECT * { ?s ?p ?o }"))
    ours = int(_status(os.getpid())["Seccomp_filters"])
    shut = [one for one in _below(os.getpid()) if int(_status(one)["Seccomp_filters"]) > ours]
    assert len(shut) > 1
    assert all(b"server.engine.nursery" in _command(one) for one in shut)  # forked processes keep its name
    for process in shut:
        assert _status(process)["NoNewPrivs"] == "1"
        held = {link.readlink().name for link in Path(f"/proc/{process}/fd").iterdir() if link.is_symlink()}
        inodes = {name[8:-1] for name in map(str, held) if name.startswith("socket:")}
        assert inodes
        assert not inodes & _internet_sockets()


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _status(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _below(process: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    mine = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for file in mine for child in file.read_text().split()]
    return children + [one for child in children for one in _below(child)]


def _internet_sockets() -> set[str]:
    tables = (Path(f"/proc/net/{name}{six}") for name in ("tcp", "udp", "raw") for six in ("", "6"))
    lines = (line.split() for table in tables for line in table.read_text().splitlines()[1:])
    return {line[9] for line in lines}
