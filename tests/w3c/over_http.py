"""Runs the cases of the protocols against a server that is up, over HTTP as any client would."""

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.formats import RDF_FORMATS, RESULT_FORMATS, find

from . import checkout, comparison, results
from .exchanges import Data, Exchange, data, exchanges
from .manifest import Case

_PATIENCE = 60  # seconds
_READING = ("GET", "HEAD")
# What the suite calls the formats, and the syntaxes of each; a boolean is none in CSV and TSV.
_FORMATS = {
    "boolean": ("json", "xml"),
    "tabular": ("json", "xml", "csv", "tsv"),
    "RDF": tuple(row.name for row in RDF_FORMATS),
}


@dataclass(frozen=True)
class Server:
    """A writable service: its address without a path, and the token that its writes take."""

    address: str
    token: str

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        """The answer to one request: status, headers by their names in lower case, body."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=_PATIENCE)
        permission = {} if method in _READING else {"Authorization": f"Bearer {self.token}"}
        try:
            connection.request(method, path, body or None, {**permission, **headers})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def empty(self) -> None:
        """Drop all graphs."""
        status, _, said = self.send(
            "POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"DROP ALL"
        )
        assert status in (200, 204), said

    def put(self, graph: Data) -> None:
        """Have a graph in the store."""
        path = f"/graph-store?graph={quote(graph.graph, safe='')}"
        content = checkout.path(graph.url).read_bytes()
        status, _, said = self.send("PUT", path, {"Content-Type": "application/n-triples"}, content)
        assert status in (200, 201, 204), said


def runner(server: Server) -> Callable[[Case], None]:
    """What runs a case of the protocols against this server; it raises AssertionError."""

    def run(case: Case) -> None:
        server.empty()
        for graph in data(case):
            server.put(graph)
        named: dict[str, str] = {}
        for exchange in exchanges(case):
            _run(server, exchange, named)

    return run


def _run(server: Server, exchange: Exchange, named: dict[str, str]) -> None:
    """One request, in which the Locations of earlier answers stand for their names."""
    path, body = exchange.path, exchange.body
    for name, location in named.items():
        path, body = path.replace(name, location), body.replace(name.encode(), location.encode())
    status, headers, said = server.send(exchange.method, path, dict(exchange.headers), body)
    expected, told = exchange.expected, f"{exchange.method} {path}: {status} {headers} {said!r}"
    assert {status, status // 100} & expected.statuses, told
    if expected.content_type:
        assert _media_type(headers) == expected.content_type.partition(";")[0], told
    if expected.format:
        assert _format(headers) in _FORMATS[expected.format], told
    if expected.boolean is not None:
        assert _boolean(headers, said) is expected.boolean, told
    if expected.graph is not None:
        assert comparison.isomorphic(_graph(said, _media_type(headers)), _graph(expected.graph.encode())), (
            told
        )
    if expected.location:
        named[expected.location] = headers["location"]


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip()


def _format(headers: Mapping[str, str]) -> str | None:
    media = _media_type(headers)
    results_in, graph_in = find(media, RESULT_FORMATS), find(media, RDF_FORMATS)
    return results_in.name if results_in else graph_in.name if graph_in else None


def _boolean(headers: Mapping[str, str], said: bytes) -> bool:
    row = find(_media_type(headers), RESULT_FORMATS)
    assert row, headers
    found = results.read(said, row)
    assert isinstance(found, bool)
    return found


def _graph(body: bytes, media: str = "text/turtle") -> list[ox.Quad]:
    row = find(media, RDF_FORMATS)
    assert row, media
    return results.graph(body, row)
