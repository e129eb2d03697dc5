"""Tests of a real server with a writable store: who may write what, how, and what comes of it."""

from collections.abc import Iterator

import httpx
import pytest
from rdflib import Graph, Namespace, URIRef
from server_process import writable
from w3c.over_http import Server

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
TURTLE = {"Content-Type": "text/turtle"}
UPDATE = {"Content-Type": "application/sparql-update"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of an empty store in memory."""
    with writable() as running:
        yield running


@pytest.fixture(scope="module")
def store(server: Server) -> Iterator[httpx.Client]:
    """Somebody without the token."""
    with httpx.Client(base_url=server.address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def owner(server: Server) -> Iterator[httpx.Client]:
    """Somebody with the token."""
    token = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=server.address, timeout=30, headers=token) as client:
        yield client


@pytest.fixture(autouse=True)
def _empty(owner: httpx.Client) -> None:
    assert owner.post("/sparql", content="DROP ALL", headers=UPDATE).status_code == 204


def _count(store: httpx.Client) -> int:
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    return int(store.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1])


WRONG = ({}, {"Authorization": "Bearer other"}, {"Authorization": "Basic b3RoZXI6"})


@pytest.mark.parametrize("token", WRONG)
def test_nobody_writes_without_the_token(store: httpx.Client, token: dict[str, str]) -> None:
    """Every way to write is answered 401 with a challenge, to other origins too, and changes nothing."""
    insert = "INSERT DATA { <a:s> <a:p> <a:o> }"
    answers = (
        store.post("/sparql", content=insert, headers=token | UPDATE),
        store.post("/sparql", data={"update": insert}, headers=token),
        store.put("/graph-store/a", content="<a:s> <a:p> <a:o> .", headers=token | TURTLE),
        store.post("/graph-store", content="<a:s> <a:p> <a:o> .", headers=token | TURTLE),
        store.delete("/graph-store?default", headers=token),
    )
    assert [answer.status_code for answer in answers] == [401] * 5
    assert all(answer.headers["WWW-Authenticate"].startswith("Bearer ") for answer in answers)
    assert all(answer.headers["Access-Control-Allow-Origin"] == "*" for answer in answers)
    assert _count(store) == 0


def test_much_is_read_only_from_who_may_write(store: httpx.Client, owner: httpx.Client) -> None:
    """A body larger than a query may be is 413 without the token, and is taken with it."""
    content = b"#" * 5_000_000 + b"\n<a:s> <a:p> <a:o> ."
    assert store.put("/graph-store?default", content=content, headers=TURTLE).status_code == 413
    assert owner.put("/graph-store?default", content=content, headers=TURTLE).status_code == 204
    assert _count(store) == 1


def test_an_update_is_no_query(owner: httpx.Client) -> None:
    """By GET, by QUERY, and in the field for queries, an update is refused with a way to send it."""
    insert = "INSERT DATA { <a:s> <a:p> <a:o> }"
    got = owner.get("/sparql", params={"update": insert})
    asked = owner.request("QUERY", "/sparql", data={"update": insert})
    as_query = owner.post("/sparql", data={"query": insert})
    assert [answer.status_code for answer in (got, asked, as_query)] == [400, 400, 400]
    assert "POST" in as_query.text
    assert _count(owner) == 0


def test_an_update_that_does_not_parse_has_a_place(owner: httpx.Client) -> None:
    """400 with line and column, and nothing of what stood before it has happened."""
    text = "INSERT DATA { <a:s> <a:p> <a:o> } ;\nCLEAR NOTHING"
    answer = owner.post("/sparql", content=text, headers=UPDATE | {"Accept": "application/json"})
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["type"].rpartition("#")[2]) == (2, "syntax-error")
    assert _count(owner) == 0


def test_a_document_that_does_not_parse(store: httpx.Client, owner: httpx.Client) -> None:
    """400 with its line, 415 for another type; the graph stays as it was."""
    bad = TURTLE | {"Accept": "application/json"}
    answer = owner.put("/graph-store/a", content="<a:s> <a:p> <a:o> .\n<a:s> a", headers=bad)
    assert (answer.status_code, answer.json()["line"]) == (400, 2)
    other = owner.put("/graph-store/a", content="a,b", headers={"Content-Type": "text/csv"})
    assert other.status_code == 415
    assert store.get("/graph-store/a").status_code == 404


def test_a_graph_by_its_address_and_by_its_name(store: httpx.Client, owner: httpx.Client) -> None:
    """What is put at an address is there under that IRI too, in queries as well, in any syntax."""
    assert owner.put("/graph-store/a", content="<s> a <c> .", headers=TURTLE).status_code == 201
    iri = str(store.base_url.join("/graph-store/a"))
    direct = store.get("/graph-store/a", headers={"Accept": "application/n-triples"})
    indirect = store.get("/graph-store", params={"graph": iri, "format": "ntriples"})
    assert direct.text == indirect.text == f"<{iri[:-1]}s> <{_type()}> <{iri[:-1]}c> .\n"
    found = store.get("/sparql", params={"query": f"ASK {{ GRAPH <{iri}> {{ ?s a ?c }} }}"})
    assert found.json()["boolean"] is True
    assert store.get("/graph-store/a", headers={"Accept": "image/png"}).status_code == 406


def _type() -> str:
    return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_the_description_follows_the_store(store: httpx.Client, owner: httpx.Client) -> None:
    """A writable store says that it takes updates, in which formats, and which graphs it has by now."""
    owner.put("/graph-store?graph=urn:x:1", content="<a:s> a 1, 2 .", headers=TURTLE)
    endpoint = URIRef(str(store.base_url.join("/sparql")))
    told = Graph().parse(data=store.get("/sparql", headers={"Accept": "text/turtle"}).text, format="turtle")
    assert (endpoint, SD.endpoint, endpoint) in told
    assert (endpoint, SD.supportedLanguage, SD.SPARQL11Update) in told
    assert (endpoint, SD.feature, SD.UnionDefaultGraph) not in told
    assert (None, SD.name, URIRef("urn:x:1")) in told


def test_options(store: httpx.Client) -> None:
    """OPTIONS tells of updates and of writing graphs, to pages of other origins too."""
    assert "sparql-update" in store.options("/sparql").headers["Accept-Post"]
    told = store.options("/graph-store/a", headers={"Origin": "https://e.org"})
    assert told.headers["Allow"] == "GET, HEAD, PUT, POST, DELETE, OPTIONS"
    assert {"PUT", "DELETE"} <= set(told.headers["Access-Control-Allow-Methods"].split(", "))
    assert "Authorization" in told.headers["Access-Control-Allow-Headers"]


def test_browsers_get_pages_of_what_was_wrong(store: httpx.Client) -> None:
    """What is wrong with a request is told to a browser as a page, to a terminal as a line."""
    for path, status in (("/sparql?query=ASK{}&limt=1", 400), ("/sparql?query=ASK{}&format=pdf", 400)):
        page, line = store.get(path, headers=BROWSER), store.get(path)
        assert page.status_code == line.status_code == status
        assert page.headers["Content-Type"].startswith("text/html")
        assert line.headers["Content-Type"].startswith("text/plain")
        assert line.text.count("\n") == 1


def test_the_page_of_the_editor_does_not_call_the_store_read_only(store: httpx.Client) -> None:
    """Who looks at a writable store in a browser reads that it can be changed, and how."""
    page = store.get("/sparql", headers=BROWSER).text
    assert "Read-only" not in page
    assert "can be changed by SPARQL Update" in page
    said = store.get("/sparql", params={"query": "CLEAR ALL"}, headers=BROWSER)
    assert (said.status_code, "read-only" in said.text) == (400, False)
    assert "Send it by POST" in said.text
