"""Tests of /sparql: the protocol, the graphs that a query sees, and what is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from server_graph import CASES, put

from kg.formats import RDF_FORMATS, RESULT_FORMATS
from kg.store import DataFolder
from server.app import create_app

BASE = "https://w3id.org/parley/"
ALL = "SELECT ?s ?o { ?s a ?o }"
JSON = {"Accept": "application/json"}
SD = "http://www.w3.org/ns/sparql-service-description#"
# As https://www.w3.org/ns/formats/ names them.
FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the small graph."""
    folder = DataFolder(Path(tmp_path_factory.mktemp("data")))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(folder).test_client() as client:
        yield client


def _rows(client: FlaskClient, query: str, **fields: Any) -> list[dict[str, str]]:
    answer = client.get("/sparql", query_string={"query": query, **fields})
    assert answer.status_code == 200, answer.text
    found = answer.get_json(force=True)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


def test_three_ways_to_ask(client: FlaskClient) -> None:
    """GET, a posted form and a posted query give the same answer."""
    got = client.get("/sparql", query_string={"query": ALL})
    form = client.post("/sparql", data={"query": ALL})
    body = client.post("/sparql", data=ALL, content_type="application/sparql-query; charset=utf-8")
    assert got.data == form.data == body.data
    assert b"ContestedMediator" in got.data


def test_default_graph_is_the_union(client: FlaskClient) -> None:
    """Without a dataset, patterns outside GRAPH see every named graph, each triple once."""
    assert _rows(client, "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/parley/ns#State> }") == [
        {"n": "3"}
    ]


def test_dataset_of_the_query(client: FlaskClient) -> None:
    """FROM and FROM NAMED limit what is seen."""
    text = f"SELECT DISTINCT ?o FROM <{BASE}graph/authority> {{ ?s a ?o }}"
    assert {row["o"].rpartition("#")[2] for row in _rows(client, text)} == {"State", "Person"}
    only_named = f"SELECT * FROM NAMED <{BASE}graph/authority> {{ ?s a ?o }}"
    assert _rows(client, only_named) == []


def test_dataset_of_the_protocol(client: FlaskClient) -> None:
    """default-graph-uri and named-graph-uri limit what is seen, and win over FROM."""
    fields = {"default-graph-uri": f"{BASE}graph/inferred", "named-graph-uri": [f"{BASE}graph/authority"]}
    text = f"SELECT ?g ?o FROM <{BASE}graph/ontology> {{ {{ ?s a ?o }} UNION {{ GRAPH ?g {{ ?s a ?o }} }} }}"
    found = _rows(client, text, **fields)
    assert {row["o"].rpartition("#")[2] for row in found if "g" not in row} == {
        "StalledFormat",
        "RefusedRound",
        "ContestedMediator",
        "BiasAccusation",
    }
    assert {row["g"] for row in found if "g" in row} == {f"{BASE}graph/authority"}


def test_unknown_graph_is_empty_and_fetches_nothing(client: FlaskClient) -> None:
    """A graph that is not here holds nothing: FROM names graphs, it never loads them."""
    assert _rows(client, "SELECT * FROM <http://127.0.0.1:9/x.ttl> { ?s ?p ?o }") == []
    assert _rows(client, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": "http://127.0.0.1:9/x.ttl"}) == []


def test_syntax_error_has_a_place(client: FlaskClient) -> None:
    """A query that does not parse is answered 400 with line and column, and undeclared prefixes by name."""
    answer = client.get("/sparql", query_string={"query": "SELECT * {\n ?s foaf:name ?o }"}, headers=JSON)
    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (problem["line"], problem["column"]) == (2, 5)
    assert "foaf:" in problem["detail"]


def test_errors_are_text_for_a_terminal(client: FlaskClient) -> None:
    """Curl, which takes anything, gets one line."""
    answer = client.get("/sparql", query_string={"query": "SELECT"}, headers={"Accept": "*/*"})
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.count("\n") == 1
    assert "line 1" in answer.text


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ({"update": "CLEAR ALL"}, None),
        ("CLEAR ALL", "application/sparql-update"),
        ("INSERT DATA { <http://e/a> <http://e/b> 1 }", "application/sparql-query"),
        ("LOAD <http://127.0.0.1:9/x>", "application/sparql-query"),
    ],
)
def test_updates_are_refused(client: FlaskClient, data: Any, content_type: str | None) -> None:
    """An update is refused with 403 and the reason, by whatever way it comes."""
    answer = client.post("/sparql", data=data, content_type=content_type, headers=JSON)
    assert answer.status_code == 403
    assert "read-only" in answer.get_json()["detail"]


def test_service_is_refused(client: FlaskClient) -> None:
    """A query that calls SERVICE is refused with the place of the call."""
    text = "SELECT * {\n  SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
    answer = client.get("/sparql", query_string={"query": text}, headers=JSON)
    assert answer.status_code == 403
    assert "line 2, column 3" in answer.get_json()["detail"]


def test_requests_that_are_not_understood(client: FlaskClient) -> None:
    """No query, two of them, another body, no UTF-8, a relative graph, too much: each has its status."""
    two = [("query", ALL), ("query", ALL)]
    assert client.post("/sparql", data={"x": "y"}).status_code == 400
    assert client.get("/sparql", query_string=two).status_code == 400
    assert client.post("/sparql", data="x", content_type="text/plain").status_code == 415
    assert client.post("/sparql", data=b"\xff", content_type="application/sparql-query").status_code == 400
    assert client.get("/sparql", query_string={"query": ALL, "default-graph-uri": "x"}).status_code == 400
    assert client.post("/sparql", data={"query": "#" * 1_100_000}).status_code == 413
    assert client.put("/sparql").status_code == 405


def test_evaluation_error_is_no_server_error(client: FlaskClient) -> None:
    """A query that parses but cannot be evaluated is answered 400."""
    text = "SELECT (<http://e/unknown>(1) AS ?x) {}"
    answer = client.get("/sparql", query_string={"query": text})
    assert answer.status_code == 400
    assert "<http://e/unknown>" in answer.text


def test_service_description(client: FlaskClient) -> None:
    """The bare endpoint describes itself to clients that read RDF."""
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert "UnionDefaultGraph" in answer.text
    described = Graph().parse(data=answer.data, format="turtle")
    told = {str(iri) for iri in described.objects(None, URIRef(f"{SD}resultFormat"))}
    assert told == {f"http://www.w3.org/ns/formats/{name}" for name in FORMATS}


def test_every_format_that_is_described_is_given(client: FlaskClient) -> None:
    """Each row of the table of formats is in the service description, and can be had by its media type."""
    assert {row.iri.rpartition("/")[2] for row in (*RESULT_FORMATS, *RDF_FORMATS)} == set(FORMATS)
    for query, table in (("ASK {}", RESULT_FORMATS), ("CONSTRUCT WHERE { ?s ?p ?o }", RDF_FORMATS)):
        for row in table:
            answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": row.media_type})
            assert (answer.status_code, answer.mimetype) == (200, row.media_type)


def test_query_page(client: FlaskClient) -> None:
    """The bare endpoint shows browsers a form and the shipped queries; with a query, its rows."""
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    assert "<textarea" in page
    assert "refused" in page
    answer = client.get("/sparql", query_string={"query": ALL}, headers={"Accept": "text/html"})
    assert '<a href="/id/state/france">state/france</a>' in answer.text


def test_query_page_keeps_a_query_that_fails(client: FlaskClient) -> None:
    """In a browser the form comes back with the query and what is wrong with it."""
    for text, status in (("SELECT * { ?s", 400), ("SELECT * { SERVICE <http://e/> {} }", 403)):
        answer = client.get("/sparql", query_string={"query": text}, headers={"Accept": "text/html"})
        assert answer.status_code == status
        assert 'role="alert">line 1' in answer.text
        assert text.split()[2] in answer.text.partition("<textarea")[2]


def test_a_text_of_no_form_is_a_syntax_error(client: FlaskClient) -> None:
    """A text that is no query is answered 400 whatever format is asked for."""
    for accept in ("text/turtle", "text/csv", "*/*"):
        answer = client.get("/sparql", query_string={"query": "SELEC *"}, headers={"Accept": accept})
        assert answer.status_code == 400


def test_preflight(client: FlaskClient) -> None:
    """Pages of other origins may ask: the preflight and the answer say so."""
    answer = client.options("/sparql", headers={"Origin": "https://e.org"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert client.get("/sparql?query=ASK{}").headers["Access-Control-Allow-Origin"] == "*"
