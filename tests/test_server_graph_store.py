"""Tests of what a request to /graph-store is understood as, and how what was done is answered."""

import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.engine.changes import Outcome, apply
from server.messages import Headers, HttpRequest
from server.problems import Problem
from server.protocol.graph_store import GraphOperation, graph_operation, options, written

CASES = Path(__file__).parent / "cases" / "protocol"
TABLE = tomllib.loads((CASES / "graph-store.toml").read_text("utf-8"))["case"]
STORE = "https://data.example/parley/graph-store"
NEW = f"{STORE}/fresh"
_FORMS = st.text('-x\r\n: ;=afront-dispositmCT/ul"', max_size=80)  # what gives a form its grammar


def _request(case: dict[str, Any]) -> HttpRequest:
    sent = {"content-type": case.get("type"), "content-encoding": case.get("coding")}
    headers: Headers = tuple((name, value) for name, value in sent.items() if value)
    path, query = case.get("path", ""), case.get("url", "").removeprefix("?")
    body = case.get("body", "").encode()
    return HttpRequest(
        case.get("method", "GET"), f"/graph-store{path}", query, headers, body, url=STORE + path
    )


def _operation(case: dict[str, Any]) -> GraphOperation:
    return graph_operation(_request(case), mint=lambda: "fresh")


def test_case_count() -> None:
    """No case was lost."""
    assert len(TABLE) == 44


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["says"])
def test_operation(case: dict[str, Any]) -> None:
    """A request is understood as the case says, or refused with its status and reason."""
    if "status" in case:
        with pytest.raises(Problem) as caught:
            _operation(case)
        fault = caught.value
        assert (fault.status, fault.headers.get("Allow")) == (case["status"], case.get("allow"))
        assert case.get("reason", "") in fault.detail
    else:
        told = _fields(_operation(case))
        stated = told.keys() & case.keys()
        assert {name: told[name] for name in stated} == {name: case[name] for name in stated}


def _fields(told: GraphOperation) -> dict[str, Any]:
    return {
        "kind": told.kind,
        "graph": "new" if told.minted else told.graph or "default",
        "format": told.format,
        "types": [document.media_type for document in told.documents],
        "bodies": [document.body.decode() for document in told.documents],
        "base": told.documents[0].iri if told.documents else None,
    }


@settings(deadline=None)
@given(_FORMS.map(lambda text: f"--x\r\n{text}\r\n--x--".encode()) | st.binary(max_size=60))
def test_no_form_is_a_fault_of_the_server(body: bytes) -> None:
    """Whatever a form holds, it is understood or refused with a reason."""
    headers = (("content-type", "multipart/form-data; boundary=x"),)
    assert _outcome(HttpRequest("POST", "/graph-store", "", headers, body, url=STORE)) in ("post", 400, 415)


def _outcome(request: HttpRequest) -> str | int:
    try:
        return graph_operation(request).kind
    except Problem as fault:
        return fault.status if fault.detail else 0


def test_reading() -> None:
    """The queries that an operation gives find its graph, with its triples, and no other."""
    store = ox.Store()
    store.update(
        f"INSERT DATA {{ <a:d> a 1 . GRAPH <{NEW}> {{ <a:s> a 2 }} }} ; CREATE GRAPH <{STORE}/empty>"
    )
    for path, there, size in (("/fresh", True, 1), ("/empty", True, 0), ("/none", False, 0)):
        told = _operation({"path": path})
        assert bool(store.query(told.there)) is there
        assert len([*store.query(told.content)]) == size
    default = _operation({"url": "?default"})
    assert bool(store.query(default.there))
    assert [str(triple) for triple in store.query(default.content)] == [
        str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    ]


def test_writing() -> None:
    """A graph is made, made anew and deleted in a store; 201 says that it is new, 404 that there is none."""
    store, sent = ox.Store(), {"type": "text/turtle", "body": "<s> a 1 ."}
    assert _written(store, {"method": "PUT", "path": "/a", **sent}) == 201
    assert _written(store, {"method": "PUT", "path": "/a", **sent}) == 204
    assert [str(quad.subject) for quad in store] == [f"<{STORE}/s>"]
    assert _written(store, {"method": "PUT", "url": "?default", **sent}) == 204
    assert _written(store, {"method": "DELETE", "path": "/a"}) == 204
    assert _written(store, {"method": "DELETE", "path": "/a"}) == 404
    assert _written(store, {"method": "DELETE", "url": "?default"}) == 204
    assert not len(store)


def _written(store: ox.Store, case: dict[str, Any]) -> int:
    told = _operation(case)
    try:
        return written(told, apply(store, told.change)).status
    except Problem as fault:
        return fault.status


def test_a_graph_that_gets_its_name_here() -> None:
    """A post to the store is answered 201 with the address of the new graph; a post of nothing with 204."""
    told = _operation({"method": "POST", "type": "text/turtle", "body": "<a:s> a 1 ."})
    answer = written(told, apply(ox.Store(), told.change))
    assert (answer.status, answer.headers) == (201, (("Location", NEW),))
    idle = _operation({"method": "POST"})
    assert idle.idle
    assert written(idle, Outcome()).status == 204


def test_every_new_graph_has_a_name_of_its_own() -> None:
    """Two posts of one body to the store make two graphs, below its address."""
    request = _request({"method": "POST", "type": "text/turtle", "body": "[] a [] ."})
    names = {graph_operation(request).graph for _ in range(2)}
    assert len(names) == 2
    assert all(name and name.startswith(f"{STORE}/") for name in names)


def test_options() -> None:
    """OPTIONS says what may be done with a graph or the store, and what may be written."""
    graph, store = _request({"path": "/a"}), _request({})
    assert dict(options(graph, writable=True).headers)["Allow"] == "GET, HEAD, PUT, POST, DELETE, OPTIONS"
    assert dict(options(graph, writable=False).headers) == {"Allow": "GET, HEAD, OPTIONS"}
    assert "multipart/form-data" in dict(options(store, writable=True).headers)["Accept-Post"]
    assert dict(options(store, writable=True).headers)["Allow"] == "POST, OPTIONS"
