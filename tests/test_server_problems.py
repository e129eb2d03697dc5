"""Tests of faults as answers: status, problem details, the line for a terminal, other origins."""

import inspect
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import errors
from kg.errors import NothingBuilt, ParleyError, QueryError, StoreError
from server import cross_origin
from server.engine import contract
from server.engine.contract import (
    Busy,
    DeadlinePassed,
    EngineLost,
    OutOfMemory,
    QuerySyntaxError,
    ServiceFailed,
    ServiceRefused,
    TooLarge,
)
from server.engine.documents import UnsupportedFormat
from server.engine.updating import ChangeFailed
from server.nesting import TooNested
from server.problems import Problem, answer, is_for_a_page, problem

TYPES = "https://w3id.org/parley/problem#"
MEANINGS: tuple[tuple[ParleyError, int, str, dict[str, Any]], ...] = (
    (QuerySyntaxError("no", 3, 7), 400, "syntax-error", {"line": 3, "column": 7}),
    (TooNested("deep", "a\nbc", 3), 400, "too-nested", {"line": 2, "column": 2}),
    (QueryError("no"), 400, "query-error", {}),
    (ServiceRefused("no", 2, 3), 403, "service-refused", {"line": 2, "column": 3}),
    (ServiceFailed("gone"), 502, "service-failed", {}),
    (ChangeFailed("no"), 400, "change-failed", {}),
    (UnsupportedFormat("no"), 415, "unsupported-format", {}),
    (TooLarge("no"), 413, "answer-too-large", {}),
    (Busy("no", 4, own=True), 429, "share-used", {}),
    (Busy("no", 4, own=False), 503, "busy", {}),
    (DeadlinePassed("no"), 503, "deadline-passed", {}),
    (EngineLost("no"), 503, "engine-lost", {}),
    (NothingBuilt("no"), 503, "nothing-built", {}),
    (StoreError("no"), 503, "store-error", {}),
    (OutOfMemory("no"), 507, "out-of-memory", {}),
)
WAIT = {"share-used": "4", "busy": "4", "engine-lost": "1", "nothing-built": "30"}


@pytest.mark.parametrize(("error", "status", "kind", "members"), MEANINGS, ids=lambda row: str(row))
def test_meaning(error: ParleyError, status: int, kind: str, members: dict[str, Any]) -> None:
    """Every fault has a status, a type that stays, its place, and Retry-After where waiting helps."""
    told = answer(problem(error), "application/problem+json")
    assert isinstance(told.body, bytes)
    details = json.loads(told.body)
    assert told.status == details["status"] == status
    assert details["type"] == TYPES + kind
    assert details["detail"] == str(error)
    assert {name: details[name] for name in members} == members
    assert dict(told.headers).get("Retry-After") == WAIT.get(kind)


def test_every_error_of_the_engine_has_a_meaning_of_its_own() -> None:
    """No error that the contract names falls to the row for queries at large."""
    named = {value for _, value in inspect.getmembers(contract, inspect.isclass)}
    ours = {
        value for value in named if issubclass(value, ParleyError) and value.__module__ != errors.__name__
    }
    assert ours <= {type(row[0]) for row in MEANINGS}


def test_a_status_without_a_type() -> None:
    """Where the status says all, the type is about:blank and the title the name of the status."""
    told = answer(Problem(404, "nothing"), "application/json")
    assert isinstance(told.body, bytes)
    assert json.loads(told.body) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "nothing",
    }


def test_a_line_for_a_terminal() -> None:
    """Who takes anything gets one line; nobody may keep it."""
    for accept in (None, "*/*", "text/plain"):
        told = answer(problem(QuerySyntaxError("no", 3, 7)), accept)
        assert told.body == b"400 Bad Request: line 3, column 7: no\n"
        assert ("Cache-Control", "no-store") in told.headers
        assert ("Vary", "Accept") in told.headers


def test_a_program_that_names_its_types_gets_details() -> None:
    """Who takes results only is a program, and gets problem details."""
    told = answer(Problem(400, "no"), "application/sparql-results+json")
    assert dict(told.headers)["Content-Type"] == "application/problem+json"


def test_a_browser_wants_a_page() -> None:
    """A browser is told apart from terminals and programs."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    takes = (browser, "*/*", None, "application/sparql-results+json", "text/turtle, text/html;q=0.1")
    assert [is_for_a_page(accept) for accept in takes] == [True, False, False, False, True]


def test_head() -> None:
    """The answer to HEAD has the headers of that to GET, its length too, and no body."""
    whole = answer(Problem(404, "nothing"), None)
    bare = whole.without_body()
    assert bare.body == b""
    assert bare.headers == (*whole.headers, ("Content-Length", str(len(whole.body))))


@settings(deadline=None)
@given(st.text(max_size=40), st.integers(100, 599))
def test_no_fault_breaks_its_answer(text: str, status: int) -> None:
    """Whatever Accept and detail hold, there is an answer."""
    told = answer(Problem(status, text), text)
    assert told.status == status
    assert told.body


def test_other_origins() -> None:
    """Every answer may be read elsewhere; a preflight allows all that the service takes, the token too."""
    assert dict(cross_origin.headers("GET")).keys() == dict(cross_origin.ALWAYS).keys()
    told = dict(cross_origin.headers("OPTIONS"))
    assert told["Access-Control-Allow-Origin"] == "*"
    assert {"QUERY", "PUT", "DELETE"} <= set(told["Access-Control-Allow-Methods"].split(", "))
    assert {"Authorization", "If-None-Match"} <= set(told["Access-Control-Allow-Headers"].split(", "))
    assert {"ETag", "Location", "Retry-After"} <= set(told["Access-Control-Expose-Headers"].split(", "))
