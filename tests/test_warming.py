"""Pages of a large graph are asked for before people come, by one worker, once a version."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from kg import locks
from kg.errors import StoreError
from kg.generation import Generation
from server.warming import LARGE, Warming, pages


@dataclass
class Served:
    """What a worker serves now: as much of a generation as is looked at."""

    version: str = "one"
    triples: int = LARGE

    @property
    def manifest(self) -> dict[str, Any]:
        return {"triples": self.triples}

    def __call__(self) -> Generation:
        if not self.version:
            raise StoreError("nothing is built")
        return cast(Generation, self)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def app(asked: list[str]) -> Flask:
    """Notes what it is asked for; one page fails."""
    app = Flask(__name__)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> str:
        asked.append(f"/{path}")
        if path == "search":
            raise StoreError("no index")
        return path

    return app


def test_each_version_is_made_ready_once(app: Flask, asked: list[str], tmp_path: Path) -> None:
    """All pages are asked for, whatever comes of one; again only when the version changes."""
    served = Served()
    warming = Warming(app, served, tmp_path / "warm")
    warming.look()
    warming.look()
    assert asked == [address.partition("?")[0] for address in pages()]
    assert {"/", "/statements", "/timeline"} <= set(asked)
    served.version = "two"
    warming.look()
    assert len(asked) == 2 * len(pages())


@pytest.mark.parametrize("served", [Served(triples=LARGE - 1), Served(version="")])
def test_small_graphs_and_none_are_left_alone(
    app: Flask, asked: list[str], tmp_path: Path, served: Served
) -> None:
    """Where nobody would wait, or nothing is served, nothing is asked."""
    Warming(app, served, tmp_path / "warm").look()
    assert asked == []


def test_one_worker_asks_for_all(app: Flask, asked: list[str], tmp_path: Path) -> None:
    """While another worker of the same server asks, this one does not."""
    (tmp_path / "lock").touch()
    with (tmp_path / "lock").open("a") as other:
        locks.lock(other.fileno(), wait=True)
        Warming(app, Served(), tmp_path).look()
    assert asked == []


def test_nothing_is_asked_once_it_ends(app: Flask, asked: list[str], tmp_path: Path) -> None:
    """A server that stops begins no further page."""
    warming = Warming(app, Served(), tmp_path)
    warming.end()
    warming.look()
    assert asked == []
