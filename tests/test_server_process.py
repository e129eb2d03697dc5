"""Tests of a real server process, asked by the clients that people use."""

import threading
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from command_line import serving
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_graph import CASES, put
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from kg.store import DataFolder

TRIG = (CASES / "server.trig").read_text("utf-8")
NS = "https://w3id.org/parley/ns#"
STATES = f"SELECT ?s {{ ?s a <{NS}State> }} ORDER BY ?s"
_PATIENCE = 20  # seconds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with the small graph."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", TRIG)
    return folder


@pytest.fixture(scope="module")
def url(folder: DataFolder) -> Iterator[str]:
    """The address of a server process over that folder."""
    with serving(folder.path) as url:
        yield url


def _get(url: str, **headers: str) -> tuple[int, str, bytes]:
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def test_urllib(url: str) -> None:
    """Plain HTTP: an answer, an error, a redirect to data, a dump in part."""
    asked = f"{url}/sparql?{urlencode({'query': STATES})}"
    assert _get(asked, Accept="text/csv")[:2] == (200, "text/csv; charset=utf-8")
    assert _get(f"{url}/sparql?query=SELECT")[0] == 400
    status, kind, body = _get(f"{url}/id/state/france", Accept="text/turtle")
    assert (status, kind) == (200, "text/turtle; charset=utf-8")
    assert b"ContestedMediator" in body
    assert _get(f"{url}/dumps/parley.nq", Range="bytes=0-4")[::2] == (206, b"<http")
    assert _get(f"{url}/static/parley.css")[0] == 200


def test_sparqlwrapper(url: str) -> None:
    """SPARQLWrapper selects and constructs."""
    client = SPARQLWrapper(f"{url}/sparql")
    client.setMethod(POST)
    client.setQuery(STATES)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["s"]["value"].rpartition("/")[2] for row in rows] == ["azerbaijan", "france", "spain"]
    client.setQuery(f"CONSTRUCT WHERE {{ ?s a <{NS}State> }}")
    client.setReturnFormat(TURTLE)
    assert client.queryAndConvert().count(b"State") == 3


def test_rdflib_store(url: str) -> None:
    """rdflib's SPARQL store sees the union and each named graph."""
    store = SPARQLStore(f"{url}/sparql")
    assert len(list(Graph(store).query(STATES))) == 3
    inferred = Graph(store, URIRef("https://w3id.org/parley/graph/inferred"))
    assert len(list(inferred.query("SELECT * { ?s ?p ?o }"))) == 5
    assert len(list(inferred)) == 5


def test_no_request_is_lost_while_the_graph_changes(url: str, folder: DataFolder) -> None:
    """Requests that come while generations are swapped are all answered, later ones from the new graph."""
    asked = f"{url}/sparql?{urlencode({'query': 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }', 'format': 'csv'})}"
    seen: list[tuple[int, bytes]] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            status, _, body = _get(asked)
            seen.append((status, body))

    asking = threading.Thread(target=ask)
    asking.start()
    for number in range(4):
        put(folder, f"swap-{number}", f"{TRIG}<http://e/g> {{ <http://e/a> <http://e/b> {number} }}")
        time.sleep(0.1)
    stop.set()
    asking.join(10)
    assert {status for status, _ in seen} == {200}
    until = time.monotonic() + _PATIENCE
    while b"swap-3" not in _get(f"{url}/health")[2]:
        assert time.monotonic() < until
        time.sleep(0.05)
