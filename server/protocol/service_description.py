"""The description of the service in RDF (SPARQL 1.1 Service Description): what may be asked, of which graphs.

What holds always, or under one condition, stands as Turtle in `description/`; formats and graphs are added.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.formats import RDF_FORMATS, RESULT_FORMATS, Format
from kg.vocab import PREFIXES
from server.engine.contract import Limits
from server.engine.documents import GRAPH_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_COMMENT = ox.NamedNode(f"{PREFIXES['rdfs']}comment")
_VERSION = ox.NamedNode(f"{PREFIXES['owl']}versionInfo")
_TRIPLES = ox.NamedNode(f"{PREFIXES['void']}triples")
_URI_SPACE = ox.NamedNode(f"{PREFIXES['void']}uriSpace")
_FOLDER = Path(__file__).parent / "description"
_PREFIXES = {"sd": _SD, "sparql": "http://www.w3.org/ns/sparql#", "formats": "http://www.w3.org/ns/formats/"}


@dataclass(frozen=True)
class Described:
    """What differs between services: `graphs` has the number of triples by graph IRI.

    `default_triples`: None where nobody counted. `federation`: SERVICE may call some endpoints.
    `uri_space`: what IRIs of the data begin with, if anything.
    """

    writable: bool
    union_default: bool
    graphs: Mapping[str, int] = field(default_factory=dict)
    default_triples: int | None = None
    federation: bool = False
    version: str = ""
    limits: Limits | None = None
    uri_space: str = ""


def describe(endpoint: str, described: Described, syntax: Format[ox.RdfFormat]) -> bytes:
    """The description of the service at this address, which must be an absolute IRI, in a syntax."""
    triples = [*_fixed(endpoint, described), *_formats(endpoint, described), *_dataset(endpoint, described)]
    return ox.serialize(triples, format=syntax.writer, prefixes=PREFIXES | _PREFIXES) or b""


def _fixed(endpoint: str, described: Described) -> Iterator[ox.Triple]:
    conditions = {
        "service": True,
        "functions": True,
        "writable": described.writable,
        "union": described.union_default,
        "federation": described.federation,
    }
    for name, holds in conditions.items():
        if holds:
            for quad in ox.parse(_text(name), format=ox.RdfFormat.TURTLE, base_iri=endpoint):
                yield quad.triple


@cache
def _text(name: str) -> bytes:
    return (_FOLDER / f"{name}.ttl").read_bytes()


def _formats(endpoint: str, described: Described) -> Iterator[ox.Triple]:
    service = ox.NamedNode(endpoint)
    for iri in [*(row.iri for row in RESULT_FORMATS), *(row.iri for row in RDF_FORMATS)]:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(iri))
    for row in GRAPH_FORMATS if described.writable else ():
        yield ox.Triple(service, _sd("inputFormat"), ox.NamedNode(row.iri))
    if described.limits:
        yield ox.Triple(service, _COMMENT, ox.Literal(_told(described.limits), language="en"))


def _told(limits: Limits) -> str:
    return (
        f"One query has at most {limits.seconds:g} s, {limits.memory // 2**20:,} MiB of memory, "
        f"{limits.rows:,} rows and {limits.size // 2**20:,} MiB of answer; past one of them it gets a status "
        "that says so, never a part of an answer that looks whole."
    )


def _dataset(endpoint: str, described: Described) -> Iterator[ox.Triple]:
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    if described.default_triples is not None:
        default = ox.NamedNode(f"{endpoint}#default-graph")
        yield ox.Triple(default, _TRIPLES, ox.Literal(described.default_triples))
    if described.version:
        yield ox.Triple(dataset, _VERSION, ox.Literal(described.version))
    if described.uri_space:
        yield ox.Triple(dataset, _URI_SPACE, ox.Literal(described.uri_space))
    for iri, count in sorted(described.graphs.items()):
        yield from _named_graph(dataset, iri, count)


def _named_graph(dataset: ox.NamedNode, iri: str, count: int) -> Iterator[ox.Triple]:
    """A graph and its name are two nodes, since what is said of the one need not hold of the other."""
    named, graph = ox.BlankNode(), ox.BlankNode()
    yield ox.Triple(dataset, _sd("namedGraph"), named)
    yield ox.Triple(named, _RDF_TYPE, _sd("NamedGraph"))
    yield ox.Triple(named, _sd("name"), ox.NamedNode(iri))
    yield ox.Triple(named, _sd("graph"), graph)
    yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))
    yield ox.Triple(graph, _TRIPLES, ox.Literal(count))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_SD}{name}")
