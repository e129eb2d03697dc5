"""Third-party scripts: served from here, kept for ever, and not needed."""

import json
from pathlib import Path

import httpx
import pytest
from flask import Flask
from server_graph import CASES, put

from kg.store import DataFolder
from server import assets
from server.app import create_app
from server.assets import served, there
from server.assets.collect import collect
from server.assets.routes import asset
from server.engine.local import StoreEngine

TYPES = {"js": "text/javascript", "css": "text/css", "json": "application/json", "png": "image/png"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over the small graph."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    return create_app(StoreEngine(folder))


def address(app: Flask, name: str, file: str) -> str | None:
    with app.test_request_context():
        return asset(name, file)


def test_each_file_is_served_for_ever(app: Flask, small: httpx.Client) -> None:
    """Every row of served.tsv has an address that changes with the file, and so is never asked for again."""
    assert len(served()) == 14
    for row in served():
        found = address(app, row.name, row.served)
        assert found is not None, "make assets"
        answer = small.get(found)
        assert (answer.status_code, answer.headers["Cache-Control"].endswith("immutable")) == (200, True)
        assert answer.headers["Content-Type"].startswith(TYPES[row.served.rpartition(".")[2]])
        assert len(answer.content) == there()[row.name]["files"][row.served]


def test_an_old_address_leads_to_the_present_file(small: httpx.Client) -> None:
    """A page from before an update gets what there is now, and asks again next time."""
    answer = small.get("/assets/leaflet/0123456789ab/leaflet.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, no-cache")


@pytest.mark.parametrize("path", ["leaflet/x/nothing.js", "leaflet/x/LICENCES.txt", "x/x/../../parley.css"])
def test_nothing_else_is_served(small: httpx.Client, path: str) -> None:
    """Files that are not in the table are not found, and the answer says where files come from."""
    answer = small.get(f"/assets/{path}", headers={"Accept": "text/plain"})
    assert answer.status_code == 404


def test_without_them_pages_have_no_address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was fetched, templates are told so; a name that is never served is a mistake."""
    monkeypatch.setattr(assets, "there", dict)
    assert address(app, "leaflet", "leaflet.js") is None
    assert assets.missing(["leaflet", "cytoscape"]) == ("leaflet", "cytoscape")
    gone = app.test_client().get("/assets/leaflet/x/leaflet.js", headers={"Accept": "text/plain"})
    assert gone.status_code == 404
    assert "`make assets`" in gone.text
    assert app.test_client().get("/").status_code == 200
    with pytest.raises(KeyError, match="leafet"):
        address(app, "leafet", "leaflet.js")


def test_collecting_takes_licences_of_what_is_bundled(tmp_path: Path) -> None:
    """With a package go the terms of all it depends on: its own text, or the licence that it names."""
    npm, target = tmp_path / "npm", tmp_path / "vendor"
    needs = {row.package: {} for row in served()} | {"leaflet": {"inner": "1"}, "inner": {"leaflet": "1"}}
    for package, dependencies in needs.items():
        told = {"version": "1.0", "license": "MIT", "author": "Somebody", "dependencies": dependencies}
        folder = npm / "node_modules" / package
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(json.dumps(told))
    (npm / "node_modules" / "inner" / "LICENSE").write_text("Terms of the inner package")
    for row in served():
        file = npm / "node_modules" / row.package / row.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(row.purpose)
    collect(npm, target)
    text = (target / "leaflet" / "LICENCES.txt").read_text()
    assert "Copyright (c) Somebody" in text
    assert "Terms of the inner package" in text
    assert "inner" not in (target / "cytoscape" / "LICENCES.txt").read_text()
    contents = json.loads((target / "contents.json").read_text())
    assert sum(len(package["files"]) for package in contents.values()) == len(served())
