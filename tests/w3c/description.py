"""The three cases of the service description, of which the suite has names only.

SPARQL 1.1 Service Description, section 2 (how it is had) and 3 (its vocabulary, as SHACL in a file here).
"""

from collections.abc import Callable
from pathlib import Path

import pyshacl
import rdflib
from rdflib.compare import isomorphic

from kg.formats import RDF_FORMATS, find

from .manifest import Case
from .over_http import Server

_SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
_SHAPES = Path(__file__).with_name("service-description.ttl")


def runner(server: Server) -> Callable[[Case], None]:
    """What runs a case against this server; it raises AssertionError."""
    return lambda case: _CASES[case.node.name](server)


def _described(server: Server) -> rdflib.Graph:
    """GET of the endpoint without a query gives RDF, whatever a client that reads RDF asks for."""
    found = [_asked(server, row.media_type) for row in RDF_FORMATS if row.name in ("turtle", "rdfxml")]
    assert isomorphic(*found)
    return found[0]


def _asked(server: Server, media_type: str) -> rdflib.Graph:
    status, headers, body = server.send("GET", "/sparql", {"Accept": media_type})
    given = headers["content-type"].partition(";")[0]
    row = find(given, RDF_FORMATS)
    assert status == 200, body
    assert row, given
    return rdflib.Graph().parse(body, format=row.media_type)


def _returns_rdf(server: Server) -> None:
    assert len(_described(server))
    status, headers, _ = server.send("GET", "/sparql", {})  # a client that says nothing gets RDF as well
    assert status == 200
    assert find(headers["content-type"].partition(";")[0], RDF_FORMATS), headers


def _has_endpoint_triple(server: Server) -> None:
    found = {str(endpoint) for endpoint in _described(server).objects(None, _SD.endpoint)}
    assert found == {f"{server.address}/sparql"}


def _conforms_to_schema(server: Server) -> None:
    conforms, _, text = pyshacl.validate(_described(server), shacl_graph=rdflib.Graph().parse(_SHAPES))
    assert conforms, text


_CASES: dict[str, Callable[[Server], None]] = {
    "returns-rdf": _returns_rdf,
    "has-endpoint-triple": _has_endpoint_triple,
    "conforms-to-schema": _conforms_to_schema,
}
