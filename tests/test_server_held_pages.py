"""Tests of pages that clients have already, of how pages are packed, and of data that changes meanwhile."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from flask.testing import FlaskClient
from server_graph import CASES, put

from kg.store import DataFolder, Generation
from server.app import create_app
from server.engine.contract import Answer, Question
from server.engine.local import StoreEngine

TRIG = (CASES / "server.trig").read_text("utf-8")
OTHER = f"{TRIG}<http://e/g> {{ <http://e/a> <http://e/b> 1 }}"
PAGES = (
    *("/", "/ns", "/ns?format=turtle", "/queries/", "/queries/refused-rounds", "/dumps/", "/sparql"),
    *("/queries/refused-rounds?format=csv", "/graph/authority", "/graph/authority?format=turtle"),
    *("/page/state/france", "/data/state/france.ttl", "/static/parley.css"),
    "/sparql?query=SELECT * { ?s a ?o }",
)
CHANGING = "/sparql?query=SELECT (NOW() AS ?t) {}"
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}


class Counting(StoreEngine):
    """Counts what it is asked; `between` is done after the first question."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__(folder)
        self.folder, self.asked = folder, 0
        self.between = list[str]()

    def ask(self, question: Question) -> Answer:
        self.asked += 1
        answer = super().ask(question)
        while self.between:
            put(self.folder, self.between.pop(), OTHER)
        return answer


class Restless(Counting):
    """Has another version each time it is asked."""

    def generation(self) -> Generation:
        return replace(super().generation(), version=f"version-{self.asked}")


class Fleeting(Counting):
    """Fails once in the middle of a page, because the data is swapped."""

    failed = False

    def ask(self, question: Question) -> Answer:
        if self.asked and not self.failed:
            self.failed = True
            put(self.folder, "two", OTHER)
            raise RuntimeError("the files are gone")
        return super().ask(question)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The small graph, which stays as it is."""
    return _folder(tmp_path_factory.mktemp("still"))


def _folder(path: Path) -> DataFolder:
    data = DataFolder(path / "data")
    put(data, "one", TRIG)
    return data


def _client(engine: Counting) -> FlaskClient:
    return create_app(engine).test_client()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_a_page_is_told_so(folder: DataFolder, path: str, method: str) -> None:
    """The tag of a page brings 304 without a body and without the queries of the page, by GET and HEAD."""
    client = _client(engine := Counting(folder))
    first = client.open(path, method=method, headers=BROWSER, buffered=True)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] in ("public, no-cache", "no-cache")
    before = engine.asked
    known = {**BROWSER, "If-None-Match": f'"x", {first.headers["ETag"]}'}
    again = client.open(path, method=method, headers=known, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert engine.asked - before <= 1  # whether the thing or graph is there
    for name in ("ETag", "Vary", "Cache-Control", "Parley-Data-Version"):
        assert again.headers.get(name) == first.headers.get(name)


def test_tags_tell_apart_version_type_and_coding(tmp_path: Path) -> None:
    """Data, form and coding of a page each change its tag, and no old tag brings 304 for another page."""
    client = _client(engine := Counting(_folder(tmp_path)))
    ways = [
        BROWSER,
        {"Accept": "text/turtle"},
        *({**BROWSER, "Accept-Encoding": name} for name in ("br", "x")),
    ]
    tags = [client.get("/graph/authority", headers=way).headers["ETag"] for way in ways]
    put(engine.folder, "two", OTHER)
    for way in ways:
        changed = client.get("/graph/authority", headers={**way, "If-None-Match": ", ".join(tags)})
        assert changed.status_code == 200
        assert changed.headers["Parley-Data-Version"] == "two"
        tags.append(changed.headers["ETag"])
    assert len(set(tags)) == 8


def test_any_page_is_known_when_it_is_there(folder: DataFolder) -> None:
    """`*` brings 304 for a page that is there, and the fault where there is none."""
    client = _client(Counting(folder))
    assert client.get("/page/state/france", headers={"If-None-Match": "*"}).status_code == 304
    assert client.get("/page/state/nowhere", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("path", ["/page/state/nowhere", "/sparql?query=SELECT", "/health", CHANGING])
def test_what_does_not_hold_is_not_kept(folder: DataFolder, path: str) -> None:
    """Faults and answers that differ each time have no tag, and are not to be stored."""
    answer = _client(Counting(folder)).get(path, headers={"Accept": "text/html"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_packed(folder: DataFolder, path: str) -> None:
    """Each page comes as the client can read it best, with the same content; small ones as they are."""
    client = _client(Counting(folder))
    plain, zipped, best = (
        client.get(path, headers={"Accept": "text/html", "Accept-Encoding": codings}, buffered=True)
        for codings in ("identity", "gzip", "gzip, zstd")
    )
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, zipped, best))
    assert "Content-Encoding" not in plain.headers
    if len(plain.data) < 1000:
        assert (zipped.data, zipped.headers.get("Content-Encoding")) == (plain.data, None)
        return
    assert zlib.decompress(zipped.data, wbits=31) == plain.data
    assert zstandard.ZstdDecompressor().decompressobj().decompress(best.data) == plain.data
    assert len(zipped.data) == int(zipped.headers["Content-Length"]) < len(plain.data)
    assert len({answer.headers["ETag"] for answer in (plain, zipped, best)}) == 3


@pytest.mark.parametrize(
    ("name", "sent"),
    [("parley.nq", {}), ("parley.nq", {"Range": "bytes=0-2000"}), ("parley.nq.gz", {}), ("SHA256SUMS", {})],
)
def test_dumps_are_sent_as_they_are(folder: DataFolder, name: str, sent: dict[str, str]) -> None:
    """Files that clients check or resume are never packed: not whole, and not a range of them."""
    headers = {**BROWSER, **sent}
    answer = _client(Counting(folder)).get(f"/dumps/one/{name}", headers=headers, buffered=True)
    assert answer.status_code == (206 if sent else 200)
    assert "Content-Encoding" not in answer.headers


def test_a_page_is_of_one_version(tmp_path: Path) -> None:
    """A page is made anew where the data is swapped between two of its queries."""
    client = _client(engine := Counting(_folder(tmp_path)))
    engine.between = ["two"]
    page = client.get("/", headers=BROWSER)
    assert page.headers["Parley-Data-Version"] == "two"
    assert client.get("/", headers={**BROWSER, "If-None-Match": page.headers["ETag"]}).status_code == 304
    assert client.get("/", headers=BROWSER).data == page.data


def test_a_page_of_several_versions_is_not_kept(folder: DataFolder) -> None:
    """Where the data changes each time a page is made, it is sent without a version, and not to be stored."""
    page = _client(Restless(folder)).get("/", headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Parley-Data-Version"} & set(page.headers.keys())


def test_a_fault_of_a_swap_is_no_fault(tmp_path: Path) -> None:
    """A page that fails because the data went away under it is made from the new data."""
    client = _client(engine := Fleeting(_folder(tmp_path)))
    page = client.get("/page/state/france", headers=BROWSER)
    assert (page.status_code, page.headers["Parley-Data-Version"], engine.failed) == (200, "two", True)
