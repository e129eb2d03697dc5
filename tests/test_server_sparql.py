"""Tests of /sparql: the protocol, the graphs that a query sees, and what is refused."""

from typing import Any

import httpx
import pytest
from rdflib import Graph, URIRef

from kg.formats import RDF_FORMATS, RESULT_FORMATS

BASE = "https://w3id.org/parley/"
ALL = "SELECT ?s ?o { ?s a ?o }"
QUERY = "application/sparql-query"
JSON = {"Accept": "application/json"}
SD = "http://www.w3.org/ns/sparql-service-description#"
# As https://www.w3.org/ns/formats/ names them.
FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)


def _kind(answer: httpx.Response) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


def _rows(small: httpx.Client, query: str, **fields: Any) -> list[dict[str, str]]:
    answer = small.get("/sparql", params={"query": query, **fields})
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


def test_four_ways_to_ask(small: httpx.Client) -> None:
    """GET, a posted form, a posted query and QUERY give the same answer."""
    got = small.get("/sparql", params={"query": ALL})
    form = small.post("/sparql", data={"query": ALL})
    body = small.post("/sparql", content=ALL, headers={"Content-Type": f"{QUERY}; charset=utf-8"})
    query = small.request("QUERY", "/sparql", content=ALL, headers={"Content-Type": QUERY})
    assert got.content == form.content == body.content == query.content
    assert b"ContestedMediator" in got.content


def test_default_graph_is_the_union(small: httpx.Client) -> None:
    """Without a dataset, patterns outside GRAPH see every named graph, each triple once."""
    assert _rows(small, "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/parley/ns#State> }") == [{"n": "3"}]


def test_dataset_of_the_query(small: httpx.Client) -> None:
    """FROM and FROM NAMED limit what is seen."""
    text = f"SELECT DISTINCT ?o FROM <{BASE}graph/authority> {{ ?s a ?o }}"
    assert {row["o"].rpartition("#")[2] for row in _rows(small, text)} == {"State", "Person"}
    only_named = f"SELECT * FROM NAMED <{BASE}graph/authority> {{ ?s a ?o }}"
    assert _rows(small, only_named) == []


def test_dataset_of_the_protocol(small: httpx.Client) -> None:
    """default-graph-uri and named-graph-uri limit what is seen, and win over FROM."""
    fields = {"default-graph-uri": f"{BASE}graph/inferred", "named-graph-uri": [f"{BASE}graph/authority"]}
    text = f"SELECT ?g ?o FROM <{BASE}graph/ontology> {{ {{ ?s a ?o }} UNION {{ GRAPH ?g {{ ?s a ?o }} }} }}"
    found = _rows(small, text, **fields)
    assert {row["o"].rpartition("#")[2] for row in found if "g" not in row} == {
        "StalledFormat",
        "RefusedRound",
        "ContestedMediator",
        "BiasAccusation",
    }
    assert {row["g"] for row in found if "g" in row} == {f"{BASE}graph/authority"}


def test_unknown_graph_is_empty_and_fetches_nothing(small: httpx.Client) -> None:
    """A graph that is not here holds nothing: FROM names graphs, it never loads them."""
    assert _rows(small, "SELECT * FROM <http://127.0.0.1:9/x.ttl> { ?s ?p ?o }") == []
    assert _rows(small, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": "http://127.0.0.1:9/x.ttl"}) == []


def test_syntax_error_has_a_place(small: httpx.Client) -> None:
    """A query that does not parse is answered 400 with line and column, and undeclared prefixes by name."""
    answer = small.get("/sparql", params={"query": "SELECT * {\n ?s foaf:name ?o }"}, headers=JSON)
    problem = answer.json()
    assert (answer.status_code, _kind(answer)) == (400, "application/problem+json")
    assert (problem["line"], problem["column"]) == (2, 5)
    assert "foaf:" in problem["detail"]


def test_errors_are_text_for_a_terminal(small: httpx.Client) -> None:
    """Curl, which takes anything, gets one line."""
    answer = small.get("/sparql", params={"query": "SELECT"}, headers={"Accept": "*/*"})
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.count("\n") == 1
    assert "line 1" in answer.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("update=CLEAR+ALL", "application/x-www-form-urlencoded"),
        ("CLEAR ALL", "application/sparql-update"),
        ("INSERT DATA { <http://e/a> <http://e/b> 1 }", QUERY),
        ("LOAD <http://127.0.0.1:9/x>", QUERY),
    ],
)
def test_updates_are_refused(small: httpx.Client, body: str, kind: str) -> None:
    """An update is refused with 403 and the reason, by whatever way it comes."""
    answer = small.post("/sparql", content=body, headers={**JSON, "Content-Type": kind})
    assert answer.status_code == 403
    assert "read-only" in answer.json()["detail"]


def test_service_is_refused(small: httpx.Client) -> None:
    """A query that calls SERVICE is refused with the place of the call."""
    text = "SELECT * {\n  SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
    answer = small.get("/sparql", params={"query": text}, headers=JSON)
    assert answer.status_code == 403
    assert "line 2, column 3" in answer.json()["detail"]


def test_requests_that_are_not_understood(small: httpx.Client) -> None:
    """No query, two of them, another body, no UTF-8, a relative graph, too much: each has its status."""
    assert small.post("/sparql", data={"x": "y"}).status_code == 400
    assert small.get(f"/sparql?query={ALL}&query={ALL}").status_code == 400
    assert small.post("/sparql", content="x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert small.post("/sparql", content=b"\xff", headers={"Content-Type": QUERY}).status_code == 400
    assert small.get("/sparql", params={"query": ALL, "default-graph-uri": "x"}).status_code == 400
    assert small.post("/sparql", data={"query": "x" * 11_000_000}).status_code == 413
    refused = small.put("/sparql")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, POST, QUERY, OPTIONS")


def test_head(small: httpx.Client) -> None:
    """HEAD has the headers of GET, its length too, for answers and for faults."""
    for query, status in ((ALL, 200), ("SELECT", 400)):
        fields = {"query": query, "format": "csv"}
        told, got = (small.request(method, "/sparql", params=fields) for method in ("HEAD", "GET"))
        assert told.status_code == got.status_code == status
        assert told.content == b""
        for name in ("Content-Type", "Content-Length", "Vary", "Access-Control-Allow-Origin"):
            assert told.headers[name] == got.headers[name]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "identity"])
def test_codings(small: httpx.Client, coding: str) -> None:
    """An answer of some size comes in the coding that the client takes, and is the same."""
    fields = {"query": "SELECT * { ?s ?p ?o }", "format": "xml"}
    plain = small.get("/sparql", params=fields, headers={"Accept-Encoding": "identity"})
    coded = small.get("/sparql", params=fields, headers={"Accept-Encoding": coding})
    assert coded.headers.get("Content-Encoding", "identity") == coding
    assert coded.headers["Vary"] == "Accept, Accept-Encoding"
    assert coded.content == plain.content
    assert (int(coded.headers["Content-Length"]) < len(plain.content)) is (coding != "identity")


def test_no_coding_is_left(small: httpx.Client) -> None:
    """A client that refuses every coding, and plain bytes too, is answered 406."""
    answer = small.get("/sparql", params={"query": ALL}, headers={"Accept-Encoding": "*;q=0"})
    assert answer.status_code == 406


def test_names_of_sparqlwrapper(small: httpx.Client) -> None:
    """The three names under which SPARQLWrapper asks for a format are one."""
    fields = {"query": ALL, "format": "csv", "output": "csv", "results": "csv"}
    assert _kind(small.get("/sparql", params=fields)) == "text/csv"


def test_relative_iris(small: httpx.Client) -> None:
    """Without a BASE, relative IRIs count from the endpoint."""
    text = "CONSTRUCT { <a> <b> <#c> } {}"
    answer = small.get("/sparql", params={"query": text, "format": "ntriples"})
    endpoint = f"{str(small.base_url).rstrip('/')}/sparql"
    here = endpoint.removesuffix("sparql")
    assert answer.text.strip() == f"<{here}a> <{here}b> <{endpoint}#c> ."


def test_evaluation_error_is_no_server_error(small: httpx.Client) -> None:
    """A query that parses but cannot be evaluated is answered 400."""
    text = "SELECT (<http://e/unknown>(1) AS ?x) {}"
    answer = small.get("/sparql", params={"query": text})
    assert answer.status_code == 400
    assert "<http://e/unknown>" in answer.text


def test_service_description(small: httpx.Client) -> None:
    """The bare endpoint describes itself to clients that read RDF."""
    answer = small.get("/sparql", headers={"Accept": "text/turtle"})
    assert (answer.status_code, _kind(answer)) == (200, "text/turtle")
    assert "UnionDefaultGraph" in answer.text
    described = Graph().parse(data=answer.content, format="turtle")
    told = {str(iri) for iri in described.objects(None, URIRef(f"{SD}resultFormat"))}
    assert told == {f"http://www.w3.org/ns/formats/{name}" for name in FORMATS}


def test_every_format_that_is_described_is_given(small: httpx.Client) -> None:
    """Each row of the table of formats is in the service description, and can be had by its media type."""
    assert {row.iri.rpartition("/")[2] for row in (*RESULT_FORMATS, *RDF_FORMATS)} == set(FORMATS)
    for query, table in (("ASK {}", RESULT_FORMATS), ("CONSTRUCT WHERE { ?s ?p ?o }", RDF_FORMATS)):
        for row in table:
            answer = small.get("/sparql", params={"query": query}, headers={"Accept": row.media_type})
            assert (answer.status_code, _kind(answer)) == (200, row.media_type)


def test_query_page(small: httpx.Client) -> None:
    """The bare endpoint shows browsers a form and the shipped queries; with a query, its rows."""
    page = small.get("/sparql", headers={"Accept": "text/html"}).text
    assert "<textarea" in page
    assert "refused" in page
    answer = small.get("/sparql", params={"query": ALL}, headers={"Accept": "text/html"})
    assert '<a href="/id/state/france">state/france</a>' in answer.text


def test_query_page_keeps_a_query_that_fails(small: httpx.Client) -> None:
    """In a browser the form comes back with the query and what is wrong with it."""
    for text, status in (("SELECT * { ?s", 400), ("SELECT * { SERVICE <http://e/> {} }", 403)):
        answer = small.get("/sparql", params={"query": text}, headers={"Accept": "text/html"})
        assert answer.status_code == status
        assert '<p class="notice fault">line 1' in answer.text
        assert text.split()[2] in answer.text.partition("<textarea")[2]


def test_a_text_of_no_form_is_a_syntax_error(small: httpx.Client) -> None:
    """A text that is no query is answered 400 whatever format is asked for."""
    for accept in ("text/turtle", "text/csv", "*/*"):
        answer = small.get("/sparql", params={"query": "SELEC *"}, headers={"Accept": accept})
        assert answer.status_code == 400


def test_preflight(small: httpx.Client) -> None:
    """Pages of other origins may ask: the preflight and the answer say so."""
    answer = small.options("/sparql", headers={"Origin": "https://e.org"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert small.get("/sparql?query=ASK{}").headers["Access-Control-Allow-Origin"] == "*"
