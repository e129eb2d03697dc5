"""The index of names: it follows the graph, is shared by workers, and ends what takes too long."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from server_graph import put

from kg.names import index as reading
from kg.names.facts import Facts
from kg.names.index import Index, SearchTooLong
from kg.names.writing import write
from kg.store import DataFolder
from kg.vocab import Base
from server.app import create_app
from server.engine.contract import Engine
from server.engine.local import StoreEngine
from server.naming import gathering

ID = "https://w3id.org/parley/id/"


def graph(name: str) -> str:
    return f'<http://e/g> {{ <{ID}state/x> <http://www.w3.org/2000/01/rdf-schema#label> "{name}"@en }}'


def found(client: FlaskClient, text: str) -> list[str]:
    given = client.get("/search", query_string={"q": text, "format": "json"})
    assert given.status_code == 200
    return [one["label"] for one in given.get_json()["results"]]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A graph with one state in it."""
    folder = DataFolder(tmp_path / "data")
    put(folder, "one", graph("Ruritania"))
    return folder


def test_names_follow_the_graph(folder: DataFolder) -> None:
    """What another version calls a thing is found at once, and what it was called before no more."""
    with create_app(StoreEngine(folder)).test_client() as client:
        assert found(client, "ruri") == ["Ruritania"]
        put(folder, "two", graph("Syldavia"))
        assert found(client, "ruri") == []
        assert found(client, "syld") == ["Syldavia"]


def test_a_change_meanwhile_leaves_no_mixture(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the graph changes while names are gathered, the page is made again over the newer one."""
    gather, changed = gathering.facts, iter([True])

    def changing(engine: Engine) -> Facts:
        if next(changed, False):
            put(folder, "two", graph("Syldavia"))
        return gather(engine)

    monkeypatch.setattr(gathering, "facts", changing)
    with create_app(StoreEngine(folder)).test_client() as client:
        assert found(client, "syld") == ["Syldavia"]
        assert found(client, "ruri") == []


def test_workers_share_one_index(folder: DataFolder, tmp_path: Path) -> None:
    """The second reads what the first has written; of versions that nobody serves one stays."""
    names = tmp_path / "names"
    with create_app(StoreEngine(folder), names=names).test_client() as first:
        assert found(first, "ruri") == ["Ruritania"]
        made = (names / "one.sqlite").stat()
        with create_app(StoreEngine(folder), names=names).test_client() as second:
            assert found(second, "ruri") == ["Ruritania"]
        assert (names / "one.sqlite").stat() == made
        for version, name in (("two", "Syldavia"), ("three", "Borduria")):
            put(folder, version, graph(name))
            assert found(first, name) == [name]
    assert {path.name for path in names.glob("*.sqlite")} == {"two.sqlite", "three.sqlite"}


def test_no_room_for_an_index_is_told(folder: DataFolder, tmp_path: Path) -> None:
    """Where it cannot be written, the page says so, and how to mend it; the manifest needs none."""
    (tmp_path / "names").write_text("no folder", "utf-8")
    with create_app(StoreEngine(folder), names=tmp_path / "names").test_client() as client:
        given = client.get("/search?q=x&format=json", headers={"Accept": "application/json"})
        assert given.status_code == 503
        assert "no index of names can be written" in given.get_json()["detail"]
        assert client.get("/reconcile").status_code == 200


def test_a_search_that_takes_too_long_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the searching that is ended, however much there is to find."""
    names = [(f"{ID}event/{at}", f"Event in the valley of the river {at}", "label") for at in range(3_000)]
    write(tmp_path / "x.sqlite", Base(), Facts(names))
    index = Index(tmp_path / "x.sqlite", "x")
    assert index.search("valley river", None, 10, 0).total == 3_000
    monkeypatch.setattr(reading, "_SECONDS", 0.0)
    with pytest.raises(SearchTooLong, match="Give longer, or fewer, words"):
        index.search("valley river", None, 10, 0)
