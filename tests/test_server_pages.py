"""Tests of what people see: start page, pages about things, vocabulary, questions, dumps, errors."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from lxml import html
from server_graph import CASES, put

from kg.formats import RDF_FORMATS
from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
DATA = ("application/ld+json", "application/json")
STYLED = ("/sparql",)  # the editor writes styles into the page
PAGES = (
    "/",
    "/sparql",
    "/page/state/france",
    "/page/statement/bias",
    "/ns",
    "/ns/module/negotiation",
    "/ns/0.1.0",
    "/ns/alignments",
    "/shapes",
    "/queries/",
    "/dumps/",
    "/nowhere",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the small graph."""
    folder = DataFolder(Path(tmp_path_factory.mktemp("data")))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


def _page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers=BROWSER, follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    return " ".join(answer.text.split())


def test_start_page_shows_findings_with_their_words(client: FlaskClient) -> None:
    """The start page has a refused round, a stalled track and the ground given, with words and place."""
    page = _page(client, "/")
    for shown in (
        "Round in Spain, October 2023",
        "European Union track",
        "stayed at home.",
        "Courier, 6 Oct 2023",
    ):
        assert shown in page
    assert "biased &lt;position&gt;" in page
    assert '<dt><a href="/statements">statements</a></dt><dd>2</dd>' in page


def test_page_of_a_thing(client: FlaskClient) -> None:
    """A page has the name, the classes in words, the statements about the thing, and what points at it."""
    page = _page(client, "/id/state/france")
    assert '<h1 dir="auto">France</h1>' in page
    assert "ContestedMediator</a> <small" in page
    for path in ("/id/state/france", "/id/round/spain"):
        assert "/id/statement/bias" in _page(client, path)
    assert "Ilham Aliyev</a> <b>accuses</b>" in page
    assert 'Read as: <a href="/id/state/france">France</a> <b>has a biased position in</b>' in page
    assert '<a href="/id/proposition/bias">France has a biased position in the round</a>' in page


def test_long_lists_are_paged(tmp_path: Path) -> None:
    """What points at a thing comes fifty at a time, each link once, with ways forward and back."""
    folder = DataFolder(tmp_path / "data")
    links = (f"<http://e/{n:03}> <http://e/p> <https://w3id.org/parley/id/state/x> ." for n in range(120))
    put(folder, "one", f"<http://e/g> {{ {' '.join(links)} }}")
    client = create_app(StoreEngine(folder)).test_client()
    pages = [_page(client, f"/page/state/x?part={part}") for part in (1, 2, 3)]
    assert [page.count('<a href="http://e/0') + page.count('<a href="http://e/1') for page in pages] == [
        50,
        50,
        20,
    ]
    assert "Page 2 of 3" in pages[1]
    assert 'rel="prev" href="/page/state/x"' in pages[1]
    assert 'rel="next" href="/page/state/x?part=3"' in pages[1]


def test_words_of_an_article_are_quoted_with_their_place(client: FlaskClient) -> None:
    """Words of an article stand in a quotation, with source, outlet, date and offsets."""
    page = _page(client, "/page/statement/bias")
    assert re.search(r"<blockquote>.*>biased &lt;position<.*</blockquote>", page)
    assert "Talks in Spain fall through</a> (Courier, 2023-10-06), <a href" in page
    assert re.search(r'<a href="/page/article/[\w-]+#char=40,56">characters 40–56</a>', page)


def test_words_of_a_report_are_never_a_quotation(client: FlaskClient) -> None:
    """Words of our own reports are marked as ours, and no quotation element holds them."""
    told = {
        "/page/statement/quiet": "<b>Report, in our words</b>",
        "/page/report/herald-2023-11-01": "This is a report in our own words.",
        "/page/state/azerbaijan": "Report, in our words:",
    }
    for path, told_so in told.items():
        page = _page(client, path)
        assert told_so in page
        assert '<blockquote class="said">Baku' not in page


def test_data_of_a_thing_are_the_same_in_every_syntax(client: FlaskClient) -> None:
    """All syntaxes of a thing parse to the same triples."""
    graphs = [
        {
            quad.triple
            for quad in ox.parse(client.get(f"/data/statement/bias.{row.extension}").data, row.writer)
        }
        for row in RDF_FORMATS
    ]
    assert len(graphs[0]) > 10
    assert all(graph == graphs[0] for graph in graphs)


def test_unknown_things_are_not_found_in_the_asked_form(client: FlaskClient) -> None:
    """404 comes as a page, as problem details or as a line."""
    forms = {"text/html": "text/html", "application/json": "application/problem+json", "*/*": "text/plain"}
    for accept, mimetype in forms.items():
        for path in ("/id/state/atlantis", "/page/state/atlantis", "/data/state/atlantis.ttl", "/queries/x"):
            answer = client.get(path, headers={"Accept": accept})
            assert (answer.status_code, answer.mimetype) == (404, mimetype), path
    assert client.get("/id/state/%3E%20%7B").status_code == 400
    assert client.get("/data/state/france.pdf").status_code == 404
    assert client.get("/page/state/france?part=2").status_code == 404
    assert client.get("/graph/nothing").status_code == 404


def test_graphs(client: FlaskClient) -> None:
    """A named graph is served with exactly its own triples."""
    answer = client.get("/graph/article/courier-2023-10-06", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert "ContestedMediator" not in answer.text
    assert "biased <position>" in answer.text
    assert "5 triples" in _page(client, "/graph/inferred")


def test_vocabulary(client: FlaskClient) -> None:
    """The terms are a page for people, with a place for each, and Turtle for programs."""
    page = _page(client, "/ns")
    assert '<div id="Person">' in page
    assert '<div id="relation-hasBiasedPositionIn">' in page
    answer = client.get("/ns")
    assert answer.mimetype == "text/turtle"
    assert "A human being whom a source names" in answer.text


def test_questions(client: FlaskClient) -> None:
    """A shipped question is answered as a page and as data, with other values for its parameters."""
    assert "refused-rounds" in _page(client, "/queries/")
    page = _page(client, "/queries/refused-rounds")
    assert '<td><a href="/id/person/ilham-aliyev">Ilham Aliyev</a></td>' in page
    assert "Talks in Spain fall through</a> (Courier, 2023-10-06), <a href=" in page
    assert ">characters 10–25</a>" in page
    csv = client.get("/queries/refused-rounds?format=csv")
    assert csv.content_type == "text/csv; charset=utf-8"
    assert "Ilham Aliyev" in csv.text
    assert client.get("/queries/refused-rounds?format=turtle").status_code == 406
    assert client.get("/queries/refused-rounds?format=pdf").status_code == 400
    assert client.get("/queries/refused-rounds?speaker=x").status_code == 400
    assert 'value="Nobody"' in _page(client, "/queries/statements-by-speaker?name=Nobody")


def test_dumps(client: FlaskClient) -> None:
    """Dumps are listed with size and checksum, and what arrives matches it, packed or not."""
    page = _page(client, "/dumps/")
    for name in ("parley.nq", "parley.nq.gz"):
        with client.get(f"/dumps/one/{name}", headers={"Accept-Encoding": "gzip"}) as answer:
            assert hashlib.sha256(answer.data).hexdigest() in page
            assert "Content-Encoding" not in answer.headers
    with client.get("/dumps/one/parley.nq.gz") as packed, client.get("/dumps/one/SHA256SUMS") as sums:
        assert (packed.content_type, sums.mimetype) == ("application/gzip", "text/plain")


def test_dumps_can_be_resumed(client: FlaskClient) -> None:
    """A range gives those bytes, and a known ETag no body."""
    with client.get("/dumps/one/parley.nq") as whole:
        data, etag = whole.data, whole.headers["ETag"]
    with client.get("/dumps/one/parley.nq", headers={"Range": "bytes=2-4", "If-Range": etag}) as part:
        assert (part.status_code, part.data) == (206, data[2:5])
    with client.get("/dumps/one/parley.nq", headers={"If-None-Match": etag}) as again:
        assert again.status_code == 304
    with client.get("/dumps/one/parley.nq", headers={"Range": "bytes=99999999-"}) as beyond:
        assert beyond.status_code == 416


@pytest.mark.parametrize(
    "name", ["../manifest.json", "..%2fmanifest.json", "%2e%2e/manifest.json", "manifest.toml", "x.nq"]
)
def test_dumps_lead_nowhere_else(client: FlaskClient, name: str) -> None:
    """Only listed names are served."""
    assert client.get(f"/dumps/{name}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    """No page runs a script that is not a file of ours, or takes anything from another host."""
    answer = client.get(path, headers=BROWSER)
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    inline = {name for name, sources in rules.items() if "unsafe-inline" in sources}
    assert inline <= ({"style-src"} if path in STYLED else set())
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for script in html.fromstring(answer.text).xpath("//script"):
        ours = script.get("src", "").startswith(("/static/", "/assets/"))
        assert ours or script.get("type") in DATA  # data never run
    for sign in (" style=", 'src="http', 'rel="stylesheet" href="http', "onclick"):
        assert sign not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/sparql?query=ASK{}", "/data/state/france.ttl", "/dumps/one/parley.nq"]
)
def test_head(client: FlaskClient, path: str) -> None:
    """HEAD tells what GET would, without a body."""
    with client.get(path) as got, client.head(path) as head:
        assert (head.status_code, head.content_type, head.data) == (got.status_code, got.content_type, b"")
