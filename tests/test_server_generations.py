"""Tests of the server while the graph is missing, changes, or lives under another base."""

from pathlib import Path

from lxml import html
from server_graph import CASES, put

from kg.store import DataFolder
from server.app import create_app
from server.engine.contract import Question
from server.engine.local import StoreEngine

TRIG = (CASES / "server.trig").read_text("utf-8")
COUNT = "/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }&format=html"


def test_nothing_built(tmp_path: Path) -> None:
    """Without a graph every route says so with 503 and how to mend it, and none breaks."""
    client = create_app(StoreEngine(DataFolder(tmp_path / "data"))).test_client()
    for path in ("/", "/sparql?query=ASK{}", "/id/state/france", "/dumps/"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "parley build" in answer.text


def test_a_new_generation_is_served_at_once(tmp_path: Path) -> None:
    """When `current` moves, the next request sees the new graph, without a restart."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", TRIG)
    client = create_app(StoreEngine(folder)).test_client()
    before = client.get(COUNT)
    put(folder, "two", TRIG + "<http://e/g> { <http://e/a> <http://e/b> 1 }")
    after = client.get(COUNT)
    assert (before.headers["Parley-Data-Version"], after.headers["Parley-Data-Version"]) == ("one", "two")
    assert _counted(after.text) == _counted(before.text) + 1


def _counted(page: str) -> int:
    """The one cell of the table on the page."""
    cell = html.fromstring(page).find(".//td")
    return int(cell.text_content())


def test_the_same_store_answers_while_nothing_changes(tmp_path: Path) -> None:
    """The store is opened once for a generation, not for each request."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", TRIG)
    engine = StoreEngine(folder)
    assert engine.generation() is engine.generation()
    assert engine.ask(Question("ASK { ?s ?p ?o }")).body == b'{"head":{},"boolean":true}'


def test_another_base(tmp_path: Path) -> None:
    """Things of a graph with its own base are found by their path on this host."""
    folder = DataFolder(tmp_path / "data")
    put(
        folder,
        "one",
        TRIG.replace("https://w3id.org/parley/id/", "https://kg.example/p/id/"),
        "https://kg.example/p/",
    )
    client = create_app(StoreEngine(folder)).test_client()
    page = client.get("/id/state/france", headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert "https://kg.example/p/id/state/france" in page.text
    assert '<a href="/id/proposition/bias">' in page.text
