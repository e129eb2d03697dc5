"""Tests of the service description: what it says under which condition, in which syntax."""

import itertools
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from rdflib import RDF, VOID, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server.engine.contract import Limits
from server.engine.documents import GRAPH_FORMATS
from server.protocol.service_description import Described, describe

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
GEOF = "http://www.opengis.net/def/function/geosparql/"
ENDPOINT = URIRef("https://data.example/parley/sparql")
FULL = Described(
    writable=True,
    union_default=True,
    graphs={"https://e.org/g/1": 12, "https://e.org/g/2": 0},
    default_triples=11,
    federation=True,
    version="f00d",
    limits=Limits(),
    uri_space="https://e.org/id/",
)
# Functions of GeoSPARQL 1.1 that the engine does not have.
MISSING = (
    *(
        "asDGGS",
        "asGML",
        "asKML",
        "asWKT",
        "boundary",
        "boundingCircle",
        "buffer",
        "concaveHull",
        "geometryN",
    ),
    *("geometryType", "is3D", "isMeasured", "maxX", "maxY", "maxZ", "metricArea", "metricBuffer"),
    *(
        "metricDistance",
        "metricLength",
        "metricPerimeter",
        "minX",
        "minY",
        "minZ",
        "numGeometries",
        "transform",
    ),
)
# Domain and range of what is used, SPARQL 1.1 Service Description, section 3.2; None: a literal or any IRI.
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.supportedVersion: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.extensionFunction: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}


def _told(described: Described) -> Graph:
    body = describe(str(ENDPOINT), described, RDF_FORMATS[1])
    return Graph().parse(data=body, format="nt")


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda row: row.name)
def test_every_syntax_says_the_same(syntax: object) -> None:
    """The description can be had in each RDF format, with the same triples."""
    row = next(row for row in RDF_FORMATS if row is syntax)
    quads = ox.parse(describe(str(ENDPOINT), FULL, row), format=row.writer, base_iri=str(ENDPOINT))
    same = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(Graph().parse(data=same, format="nt"), _told(FULL))


@pytest.mark.parametrize("flags", [*itertools.product((True, False), repeat=3)], ids=str)
def test_only_what_is_true(flags: tuple[bool, bool, bool]) -> None:
    """Updates, the union and federation are told where they are, and nowhere else; other features never."""
    writable, union, federation = flags
    graph = _told(Described(writable, union, federation=federation))
    features = set(graph.objects(ENDPOINT, SD.feature))
    expected = {
        SD.UnionDefaultGraph: union,
        SD.BasicFederatedQuery: federation,
        SD.EmptyGraphs: writable,
    }
    assert features == {feature for feature, holds in expected.items() if holds}
    assert ((ENDPOINT, SD.supportedLanguage, SD.SPARQL11Update) in graph) is writable
    assert len(set(graph.objects(ENDPOINT, SD.inputFormat))) == (len(GRAPH_FORMATS) if writable else 0)
    assert not set(graph.objects(None, VOID.triples))


def test_empty_graphs() -> None:
    """A graph that has lost its last triple is still there, as the description of a writable store says."""
    store = ox.Store()
    for verb in ("INSERT", "DELETE"):
        store.update(f"{verb} DATA {{ GRAPH <{GEOF}> {{ <{GEOF}> a 1 }} }}")
    assert store.query(f"ASK {{ GRAPH <{GEOF}> {{}} }}")


def test_formats() -> None:
    """Every format of the tables is told."""
    told = {str(iri) for iri in _told(FULL).objects(ENDPOINT, SD.resultFormat)}
    assert told == {row.iri for row in RESULT_FORMATS} | {row.iri for row in RDF_FORMATS}


def test_graphs() -> None:
    """Each named graph is told with its name and number of triples, and so is the default graph."""
    graph = _told(FULL)
    (dataset,) = graph.objects(ENDPOINT, SD.defaultDataset)
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert graph.value(default, VOID.triples) == Literal(11)
    named = {
        str(graph.value(node, SD.name)): graph.value(graph.value(node, SD.graph), VOID.triples)
        for node in graph.objects(dataset, SD.namedGraph)
    }
    assert named == {"https://e.org/g/1": Literal(12), "https://e.org/g/2": Literal(0)}


def test_vocabulary() -> None:
    """One service has the endpoint's address, and every term keeps its domain and range."""
    graph = _told(FULL)
    assert [*graph.subjects(SD.endpoint, ENDPOINT)] == [ENDPOINT]
    assert [*_broken(graph)] == []
    assert {predicate for predicate in graph.predicates() if predicate in SD} == SCHEMA.keys()


def _broken(graph: Graph) -> Iterator[tuple[object, object, object]]:
    for subject, predicate, value in graph:
        if predicate not in SD:
            continue
        domain, range_ = SCHEMA[URIRef(predicate)]
        right = (subject, RDF.type, domain) in graph and not isinstance(value, Literal)
        if not right or (range_ and (value, RDF.type, range_) not in graph):
            yield subject, predicate, value


def test_functions() -> None:
    """The functions that are told are those that the engine has, of all that GeoSPARQL 1.1 names."""
    told = {str(iri) for iri in _told(FULL).objects(ENDPOINT, SD.extensionFunction)}
    assert len(told) == 43
    assert all(_works(iri) for iri in told)
    assert not any(_works(GEOF + name) for name in MISSING)


def _works(iri: str) -> bool:
    try:
        ox.Store().query(f"ASK {{ FILTER(BOUND(?x) || <{iri}>(1)) }}")
    except (RuntimeError, ValueError):
        return False
    return True
