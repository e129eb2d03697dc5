"""The description of all routes for programs: valid, complete, and kept by a server that is asked."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fuzz_api
import httpx
import pytest
from flask import Flask
from openapi_spec_validator import validate
from server_graph import CASES, put

import queries
from kg.store import DataFolder
from server import doors, interface, lists
from server.app import create_app
from server.engine.local import StoreEngine
from server.openapi import document
from server.protocol.operation import QUERY_FIELDS

# Pages that are for people alone, lists of files, and what only leads elsewhere.
FOR_PEOPLE = {
    *(
        "/",
        "/page/<kind>/<slug>",
        "/cookbook",
        "/cookbook/<name>",
        "/queries/",
        "/ns/module/<name>",
        "/reconcile/about",
        "/static/<path:filename>",
        "/assets/<name>/<mark>/<path:path>",
    ),
    *("/dumps/<version>/", "/dumps/<version>/graphs/", "/dumps/<name>"),
    *("/dumps/<version>/graphs/<path:name>", "/sitemap-<int:number>.xml"),
}
# All questions are one route; to read the ontology, or to check it, takes seconds.
FEW = ("--exclude-path-regex", "^/queries/(?!refused-rounds|statements-)|^/(ns|shapes|quality)")
IN_FRONT = {"/sparql"}  # Flask has the page, the door the rest


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over the small graph."""
    folder = DataFolder(Path(tmp_path_factory.mktemp("data")))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    return create_app(StoreEngine(folder))


@pytest.fixture(scope="module")
def described(app: Flask) -> Any:
    """The document, as it is sent."""
    answer = app.test_client().get("/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def test_the_document_is_valid(described: Any) -> None:
    """It is OpenAPI 3.1 by the validator of the specification, with an example for most parameters."""
    validate(described)
    assert described["openapi"] == "3.1.0"
    assert len({operation["operationId"] for operation in _operations(described)}) == len(
        [*_operations(described)]
    )


def test_every_route_is_told_or_for_people(app: Flask, described: Any) -> None:
    """A route for programs says what it takes and answers (server.interface); a page is listed here."""
    silent = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if interface.of(app.view_functions[rule.endpoint]) is None
    }
    assert silent - IN_FRONT == FOR_PEOPLE
    paths = set(described["paths"])
    assert {f"/queries/{name}" for name in queries.load()} < paths
    assert {f"/{name}" for name in lists.load()} < paths
    assert {path for path, _, _ in doors.operations()} < paths
    assert "/sparql" in paths


def test_the_fields_of_queries_are_those_of_the_protocol(described: Any) -> None:
    """/sparql is described with each field that it takes, of those that mean the same with one."""
    told = {one["name"] for one in described["paths"]["/sparql"]["get"]["parameters"]}
    assert told == QUERY_FIELDS - {"output", "results"}


@pytest.mark.parametrize("path", ["/queries/refused-rounds", "/statements", "/fragments", "/fragments/quads"])
def test_what_is_described_is_what_is_taken(path: str, app: Flask, described: Any) -> None:
    """The parameters of the document are those that a refusal lists."""
    answer = app.test_client().get(f"{path}?none=1", headers={"Accept": "application/json"})
    told = [one["name"] for one in described["paths"][path]["get"]["parameters"]]
    assert sorted(answer.json["known"]) == sorted(told)


def test_slashes_together_are_merged_as_described(app: Flask, described: Any) -> None:
    """A value that begins with a slash leads to the address without it, on this host, as each path says."""
    answer = app.test_client().get("/value/%2F%2Fexample.org")
    assert (answer.status_code, answer.headers["Location"]) == (308, "http://localhost/value/example.org")
    told = {path: "308" in operation["get"]["responses"] for path, operation in described["paths"].items()}
    assert {path for path, merges in told.items() if merges} == {path for path in told if "{" in path}


def test_behind_a_proxy_the_server_is_where_the_public_finds_it(app: Flask) -> None:
    """The address of the server is that under which it was asked."""
    with app.test_request_context():
        assert document(app, "https://example.org/kg")["servers"] == [{"url": "https://example.org/kg"}]


def test_schemathesis_finds_no_answer_that_is_not_described(small: httpx.Client, tmp_path: Path) -> None:
    """Some requests to each route of a real server, good and odd: no 500, and nothing undeclared.

    `make fuzz-api` makes thousands, to the vocabulary and to all questions too.
    """
    options = ("--phases", "examples,fuzzing", "--max-examples", "2", "--seed", "1", *FEW)
    done = fuzz_api.asked(str(small.base_url).rstrip("/"), *options, folder=str(tmp_path))
    assert done.returncode == 0, fuzz_api.told(done)
    told = {name: int(number) for name, number in re.findall(r"(Selected|Tested): (\d+)", done.stdout)}
    (requests,) = map(int, re.findall(r"(\d+) generated", done.stdout))
    assert told["Selected"] == told["Tested"] > 30
    assert requests > told["Tested"]


def _operations(described: Any) -> Iterator[Any]:
    for methods in described["paths"].values():
        yield from methods.values()
