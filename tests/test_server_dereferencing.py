"""Whatever the graph names leads to a document about it: whole, and soon where much is known."""

import time
import warnings
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from conftest import Built
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rdflib import Graph
from server_graph import CASES, put

from kg import triples
from kg.formats import RDF_FORMATS, Format
from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine
from server.negotiation import HTML, Page, choose

OURS = "https://w3id.org/parley/"
ID = f"{OURS}id/"
HUB = 100_000  # links that point at one thing
SEVEN = ("text/html", *(row.media_type for row in RDF_FORMATS))
# Kinds of things, codes, schemes, documents and graphs that the shipped graph names at least.
KINDS = 50
# Addresses that are documents themselves, so that they answer without a redirection.
DOCUMENTS = ("ns", "graph", "static")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the small graph."""
    folder = DataFolder(tmp_path_factory.mktemp("small"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph where 100,000 statements of one speaker, and two more links, point at one thing."""
    folder = DataFolder(tmp_path_factory.mktemp("crowd"))
    hub, said = f"<{ID}state/hub>", "<https://w3id.org/parley/ns#hasSpeaker>"
    lines = [f"<{ID}statement/{n}> {said} {hub} ." for n in range(HUB)]
    others = [f"<{ID}state/{name}> <http://e/near> <{ID}state/quiet> ." for name in ("a", "b")]
    put(folder, "one", f"<{OURS}graph/g> {{ {' '.join([*lines, *others])} }}")
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def server(server_url: str) -> Iterator[httpx.Client]:
    """A client of a real server of the shipped reports, which follows redirections."""
    with httpx.Client(base_url=server_url, timeout=60, follow_redirects=True) as client:
        yield client


def _named(store: ox.Store) -> dict[str, str]:
    """One IRI of ours of each kind that is anywhere in a store, by kind, such as id/state/ or ns#."""
    query = f"""SELECT ?kind (MIN(?iri) AS ?one) WHERE {{
        {{ ?x ?p ?o }} UNION {{ ?s ?x ?o }} UNION {{ ?s ?p ?x }} UNION {{ GRAPH ?x {{}} }}
        FILTER(ISIRI(?x) && STRSTARTS(STR(?x), "{OURS}")) BIND(STR(?x) AS ?iri)
        FILTER(!REGEX(?iri, "[#/]$"))
        BIND(REPLACE(STRAFTER(?iri, "{OURS}"), "^((id/)?[^/#]+[/#]?).*$", "$1") AS ?kind)
    }} GROUP BY ?kind"""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return {_value(row["kind"]): _value(row["one"]) for row in found}


def test_every_kind_of_iri_leads_to_a_document(built: Built, server: httpx.Client) -> None:
    """One IRI of each kind in the graph leads, by 303 unless it is one, to a page and to data on it."""
    named = _named(built.store)
    assert len(named) >= KINDS, sorted(named)
    for kind, iri in named.items():
        path = iri.removeprefix(OURS).partition("#")[0]
        document = kind.rstrip("/#") in DOCUMENTS
        page, data = (server.get(f"/{path}", headers={"Accept": accept}) for accept in SEVEN[:2])
        for answer, accept in ((page, SEVEN[0]), (data, SEVEN[1])):
            assert [one.status_code for one in (*answer.history, answer)] == [303, 200][document:], iri
            assert answer.headers["Content-Type"].startswith(accept) or kind == "static/", iri
        if kind not in ("graph/", "static/", "ns/"):
            assert iri in {_value(quad.subject) for quad in ox.parse(data.content, ox.RdfFormat.TURTLE)}, iri


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


@pytest.mark.parametrize("path", ["state/azerbaijan", "value/modality-asserted", "scheme/pax"])
def test_every_syntax_has_the_same_triples(server: httpx.Client, path: str) -> None:
    """Six syntaxes, read by Oxigraph, and three of them by rdflib, offline, give one canonical graph."""
    graphs = []
    for row in RDF_FORMATS:
        text = server.get(f"/data/{path}.{row.extension}").content
        graphs.append(triples.to_lines(_graph(text, row.writer)))
        if row.name in ("turtle", "jsonld", "rdfxml"):
            name = {"jsonld": "json-ld", "rdfxml": "xml"}.get(row.name, row.name)
            graphs.append(triples.to_lines(_by_rdflib(text, name)))
    assert len(graphs) == 9
    assert len(graphs[0]) > 10
    assert all(graph == graphs[0] for graph in graphs)


def _by_rdflib(text: Any, name: str) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # its JSON-LD reader calls what it deprecates itself
        return Graph().parse(data=text, format=name)


def _graph(text: bytes, syntax: ox.RdfFormat) -> Graph:
    found = Graph()
    triples.read_into(found, ox.parse(text, syntax))
    return found


def test_a_page_holds_its_data(server: httpx.Client) -> None:
    """The JSON-LD in a page is read offline, and says of the thing what the data say, and nothing else."""
    tree = html.fromstring(server.get("/page/state/azerbaijan").text)
    (embedded,) = tree.xpath("//script[@type='application/ld+json']/text()")
    held = set(triples.to_lines(_by_rdflib(embedded, "json-ld")))
    data = server.get("/data/state/azerbaijan.nt").text
    assert len(held) > 20
    assert held <= set(triples.to_lines(_by_rdflib(data, "nt")))


def test_data_are_written_in_terms_of_the_published_context(server: httpx.Client) -> None:
    """A document says the same by the context at /context.jsonld as by its own, and versions have theirs."""
    document = server.get("/data/statement/", headers={"Accept": "application/json"})
    assert document.status_code == 404
    path = "/data/person/ilham-aliyev.jsonld"
    told, published = server.get(path).json(), server.get("/context.jsonld")
    assert published.headers["Content-Type"].startswith("application/ld+json")
    assert "max-age" in published.headers["Cache-Control"]
    whole = _by_rdflib(told, "json-ld")
    again = _by_rdflib({"@graph": told["@graph"]} | published.json(), "json-ld")
    assert triples.to_lines(whole) == triples.to_lines(again)
    assert len(published.json()["@context"]) > 200
    assert told["@context"].items() <= published.json()["@context"].items()
    version = server.get("/context/0.1.0.jsonld").json()["@context"]
    assert 50 < len(version) < len(published.json()["@context"])
    assert server.get("/context/9.9.9.jsonld").status_code == 404


def test_tags_are_strong_and_of_one_address(client: FlaskClient) -> None:
    """Each document and each coding of it has a strong tag of its own, whatever else the address carries."""
    tags = []
    for path in ("/page/state/france", *(f"/data/state/france.{row.extension}" for row in RDF_FORMATS)):
        for coding in ("identity", "gzip"):
            first = client.get(path, headers={"Accept-Encoding": coding})
            again = client.get(f"{path}?utm_source=x", headers={"Accept-Encoding": coding})
            assert (first.headers["ETag"], first.data) == (again.headers["ETag"], again.data)
            tags.append(first.headers["ETag"])
    assert len(tags) == 14
    assert len(set(tags)) == 14 - sum(
        len(client.get(f"/data/state/france.{row.extension}").data) < 1000 for row in RDF_FORMATS
    )
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/ns", '"'),
        ("/ns.ttl", '"'),
        ("/ns/module/borders", '"'),
        ("/graph/authority", "W/"),
    ],
)
def test_the_vocabulary_and_graphs_tell_since_when_they_hold(
    client: FlaskClient, path: str, mark: str
) -> None:
    """They have a date as documents have; a tag is strong where the bytes are the same."""
    first = client.get(path)
    assert first.headers["ETag"].startswith(mark)
    again = client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (again.status_code, again.headers["ETag"]) == (304, first.headers["ETag"])


@pytest.mark.parametrize("path", ["/page/state/france", "/data/state/france.ttl"])
def test_who_wants_another_state_is_told(small: httpx.Client, path: str) -> None:
    """If-Match and If-Unmodified-Since that do not hold give 412, also where the answer is kept."""
    first = small.get(path)
    old = {"If-Unmodified-Since": "Sun, 01 Nov 2020 10:00:00 GMT"}
    held = {"If-Unmodified-Since": first.headers["Last-Modified"]}
    for conditions, status in (
        ({"If-Match": '"another"'}, 412),
        ({"If-Match": f'"another", {first.headers["ETag"]}'}, 200),
        ({"If-Match": "*"}, 200),
        (old, 412),
        (held, 200),
        ({**old, "If-Match": first.headers["ETag"]}, 200),
    ):
        answer = small.get(path, headers=conditions)
        assert (answer.status_code, bool(answer.content)) == (status, status == 200), conditions


def test_relations_have_their_place_on_the_page(client: FlaskClient) -> None:
    """A browser keeps the fragment of /relation#supports over the redirect, and finds it."""
    assert client.get("/relation", headers={"Accept": "text/html"}).headers["Location"] == "/ns"
    page = client.get("/ns", headers={"Accept": "text/html"}).text
    assert page.count('id="supports"') == page.count('id="relation-supports"') == 1


@pytest.mark.parametrize("path", ["/page/state/france", "/data/state/france.ttl"])
def test_documents_tell_since_when_they_hold(client: FlaskClient, path: str) -> None:
    """Who has a document since then gets 304, by HEAD too; a tag that is sent counts more than the date."""
    since = client.get(path).headers["Last-Modified"]
    for ask in (client.get, client.head):
        known = ask(path, headers={"If-Modified-Since": since})
        assert (known.status_code, known.data, known.headers["ETag"][:1]) == (304, b"", '"')
    asked = {"If-Modified-Since": since, "If-None-Match": '"other"'}
    assert client.get(path, headers=asked).status_code == 200
    earlier = {"If-Modified-Since": "Sun, 01 Nov 2020 10:00:00 GMT"}
    assert client.get(path, headers=earlier).status_code == 200


def test_links_of_things_and_documents(client: FlaskClient) -> None:
    """A thing links to its seven documents; a document to its thing, the others, its address, its licence."""
    thing, page, data = (
        _links(client.get(path).headers["Link"])
        for path in ("/id/state/france", "/page/state/france?x=1", "/data/state/france.nt")
    )
    assert [type for _, relation, type in thing if relation == "describedby"] == list(SEVEN)
    for found, own in (
        (page, "http://localhost/page/state/france"),
        (data, "http://localhost/data/state/france.nt"),
    ):
        assert [type for _, relation, type in found if relation == "alternate"] == list(SEVEN)
        assert (f"{ID}state/france", "describes", "") in found
        assert (own, "canonical", "") in found
        assert ("https://creativecommons.org/licenses/by/4.0/", "license", "") in found
    for place, relation, type in page:
        if relation == "alternate":
            assert client.get(place).mimetype == type


def _links(header: str) -> list[tuple[str, str, str]]:
    found = []
    for link in header.split(", "):
        place, *fields = link.split("; ")
        told = dict(field.split("=", 1) for field in fields)
        found.append((place.strip("<>"), told["rel"].strip('"'), told.get("type", "").strip('"')))
    return found


@pytest.mark.parametrize(
    "path", ["/id/state/france", "/page/state/france", "/data/state/france.rdf", "/id/state/x"]
)
def test_head_tells_what_get_does(client: FlaskClient, path: str) -> None:
    """HEAD has the status and every header of GET, and no body."""
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (got.status_code, b"")
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", ["/id/state/france", "/page/state/france", "/data/state/france.jsonld"])
def test_what_is_asked_again_is_sent_again(small: httpx.Client, path: str) -> None:
    """The second answer of a real server is the first but for its name, and conditions still count."""
    first, again = small.get(path), small.get(path)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.headers.pop("X-Request-Id") != again.headers.pop("X-Request-Id")
    assert sorted(first.headers.multi_items()) == sorted(again.headers.multi_items())
    assert small.get(path, headers={"Accept": "image/png"}).status_code in (first.status_code, 406)
    head = small.head(path)
    assert (head.status_code, head.content) == (first.status_code, b"")
    if "ETag" in first.headers:
        for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            assert small.get(path, headers={name: first.headers[value]}).status_code == 304


FAULTS = {
    ("/id/state/atlantis", "text/turtle"): 404,
    ("/data/state/france.pdf", "*/*"): 404,
    ("/value/nothing", "*/*"): 404,
    ("/id/state/france", "image/png"): 406,
    ("/id/state/france", "text/turtle;q=0, application/xhtml+xml;q=0.0"): 406,
    ("/id/state/a%20b", "*/*"): 400,
    ("/id/state/%3Cscript%3E", "text/html"): 400,
    ("/data/state/%00.ttl", "*/*"): 400,
    ("/id/state/" + "x" * 3000, "*/*"): 400,
    ("/page/state/france?part=0", "text/html"): 400,
    ("/page/state/france?part=-1", "text/html"): 400,
    ("/page/state/france?part=two", "text/html"): 400,
    ("/page/state/france?part=2", "text/html"): 404,
    ("/data/state/france.ttl?part=99999999999999", "*/*"): 400,
    ("/data/state/france.ttl?part=2", "*/*"): 404,
    ("/id/state/france?format=pdf", "*/*"): 400,
}


@pytest.mark.parametrize(("path", "accept"), FAULTS)
def test_faults_are_told_to_every_origin(client: FlaskClient, path: str, accept: str) -> None:
    """What cannot be had is a fault with its own status and one sentence, open to scripts of any origin."""
    answer = client.get(path, headers={"Accept": accept, "Origin": "https://elsewhere.example"})
    assert answer.status_code == FAULTS[path, accept]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Vary"]
    assert "Traceback" not in answer.text
    if answer.status_code == 406:
        assert answer.json["offers"] == [*SEVEN[1:], "text/html"]


@pytest.mark.parametrize("size", [8_000, 1_000_000])
def test_long_requests_end_in_an_answer(server: httpx.Client, size: int) -> None:
    """A query or an Accept header of a megabyte is answered or refused, and the server goes on."""
    host, sent = server.base_url.netloc.decode(), "a/b," * (size // 4)
    for path in ("/id/state/france", "/page/state/france", "/data/state/france.ttl"):
        for address, headers in ((f"{path}?x={'a' * size}", {}), (path, {"Accept": sent})):
            connection = HTTPConnection(host, timeout=60)
            try:
                connection.request("GET", address, headers=headers)
                assert connection.getresponse().status in (200, 303, 400, 406, 413, 414, 431)
            except (BrokenPipeError, ConnectionResetError, RemoteDisconnected):
                pass  # closed instead, as RFC 9110, section 15.5.15, has it for what comes from an attacker
            finally:
                connection.close()
    assert server.get("/data/state/france.ttl").status_code == 200


def test_many_links_come_in_parts_and_in_time(crowd: FlaskClient) -> None:
    """Where 100,000 statements point at a thing, any page takes well under a second of a processor."""
    links, spent = 0, {}
    for place in (
        "/id/state/hub",
        "/page/state/hub",
        "/page/state/hub?part=2000",
        "/data/state/hub.ttl",
        "/data/state/hub.nt?part=100",
    ):
        before = time.process_time()
        answer = crowd.get(place)
        spent[place] = time.process_time() - before
        assert answer.status_code in (200, 303)
        links += answer.text.count(f"ns#hasSpeaker> <{ID}state/hub>")
    assert links >= 1000
    assert max(spent.values()) < 2, spent  # to sort them all takes 10 s
    page = crowd.get("/page/state/hub").text
    assert "100,000</small>" in page
    assert "Page 1 of more than 2,000" in page or "Page 1 of 2,000" in page
    assert 'rel="next"' in crowd.get("/data/state/hub.ttl").headers["Link"]
    for beyond in ("/page/state/hub?part=4001", "/data/state/hub.ttl?part=1001", "/page/state/quiet?part=2"):
        assert crowd.get(beyond).status_code == 404


def test_parts_together_are_the_whole(crowd: FlaskClient) -> None:
    """Each link is in one part of the data, and no part has another's."""
    parts = [crowd.get(f"/data/state/hub.nt?part={part}").text for part in (1, 2, 3)]
    found = [{line for line in text.splitlines() if line.endswith("state/hub> .")} for text in parts]
    assert [len(lines) >= 1000 for lines in found] == [True] * 3
    assert crowd.get("/data/state/quiet.nt").text.count("near") == 2


_TYPES = ("text", "application", "image", "*")
_NAMES = ("turtle", "n-triples", "ld+json", "rdf+xml", "html", "png", "*")
_RANGES = st.tuples(
    st.sampled_from(_TYPES),
    st.sampled_from(_NAMES),
    st.integers(0, 1000),
    st.sampled_from(("", ";charset=utf-8", ';v="a,b;q=1"')),
).filter(lambda one: one[0] != "*" or one[1] == "*")
_OFFERS: tuple[Format[ox.RdfFormat] | Page, ...] = (*RDF_FORMATS, HTML)


@settings(deadline=None, max_examples=120)
@given(st.lists(_RANGES, max_size=6, unique_by=lambda one: one[:2]))
def test_negotiation_follows_the_rules(ranges: list[tuple[str, str, int, str]]) -> None:
    """What is chosen has the highest quality, told by the most specific range (RFC 9110, section 12.5.1)."""
    header = ", ".join(f"{first}/{second}{more};q={q / 1000:.3f}" for first, second, q, more in ranges)
    liked = {row.media_type: max(_quality(ranges, name) for name in _spelt(ranges, row)) for row in _OFFERS}
    found = choose(header, _OFFERS)
    best = max(liked.values())
    assert (liked[found.media_type] if found else 0) == best


def _spelt(ranges: list[tuple[str, str, int, str]], row: Format[ox.RdfFormat] | Page) -> list[str]:
    """Names of an offer that count: its own, and another that is written out."""
    written = {f"{first}/{second}" for first, second, *_ in ranges}
    return [row.media_type, *(name for name in row.aliases if name in written)]


def _quality(ranges: list[tuple[str, str, int, str]], name: str) -> int:
    """Of a media type, in thousandths; no header at all means anything."""
    if not ranges:
        return 1000
    kind = name.partition("/")[0]
    for wanted in (name, f"{kind}/*", "*/*"):
        for first, second, q, _ in ranges:
            if f"{first}/{second}" == wanted:
                return q
    return 0
