"""Tests of what a request to /sparql is understood as, without a server."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.messages import Headers, HttpRequest
from server.problems import Problem
from server.protocol.operation import METHODS, Operation, operation, options

CASES = Path(__file__).parent / "cases" / "protocol"
OPERATIONS = tomllib.loads((CASES / "operations.toml").read_text("utf-8"))["case"]
ENDPOINT = "https://data.example/parley/sparql"
_SPARSE = st.text("%&=+;?query update12f{}\x00é", max_size=40)  # what the grammar of forms gives a meaning


def _request(case: dict[str, Any]) -> HttpRequest:
    sent = {"content-type": case.get("type"), "content-encoding": case.get("coding")}
    headers: Headers = tuple((name, value) for name, value in sent.items() if value)
    body = bytes.fromhex(case["hex"]) if "hex" in case else case.get("body", "").encode()
    query = case.get("url", "").removeprefix("?")
    return HttpRequest(case.get("method", "GET"), "/sparql", query, headers, body, url=ENDPOINT)


def test_case_count() -> None:
    """No case was lost."""
    assert len(OPERATIONS) == 62


@pytest.mark.parametrize("case", OPERATIONS, ids=lambda case: case["says"])
def test_operation(case: dict[str, Any]) -> None:
    """A request is understood as the case says, or refused with its status and reason."""
    if "status" in case:
        with pytest.raises(Problem) as caught:
            operation(_request(case))
        fault = caught.value
        assert (fault.status, fault.headers.get("Allow")) == (case["status"], case.get("allow"))
        assert case.get("reason", "") in fault.detail
    else:
        told = operation(_request(case))
        assert _fields(told, case) == {name: case[name] for name in _fields(told, case)}
        assert all(getattr(told, name) is None for name in case.get("without", ()))


def _fields(told: Operation, case: dict[str, Any]) -> dict[str, Any]:
    every = {
        **{name: getattr(told, name) for name in ("kind", "text", "base", "format", "timeout", "partial")},
        "version": told.version,
        "default": list(told.dataset.default),
        "named": list(told.dataset.named),
    }
    return {name: value for name, value in every.items() if name in case}


@settings(deadline=None)
@given(st.sampled_from((*METHODS, "PUT")), _SPARSE, st.binary(max_size=40) | _SPARSE.map(str.encode))
def test_no_request_is_a_fault_of_the_server(method: str, query: str, body: bytes) -> None:
    """Whatever is sent is understood, or refused with a status of the 400s and a reason."""
    for media in ("application/x-www-form-urlencoded", "application/sparql-query", "x", '";charset='):
        request = HttpRequest(method, "/sparql", query, (("content-type", media),), body, url=ENDPOINT)
        assert _outcome(request) in ("query", "update", "description", 400, 405, 415)


def _outcome(request: HttpRequest) -> str | int:
    try:
        return operation(request).kind
    except Problem as fault:
        return fault.status if fault.detail else 0


def test_too_many_fields() -> None:
    """A form of very many fields is refused before they are read."""
    headers = (("content-type", "application/x-www-form-urlencoded"),)
    body = b"query=ASK{}" + b"&named-graph-uri=urn:x:1" * 5000
    assert _outcome(HttpRequest("POST", "/sparql", "", headers, body, url=ENDPOINT)) == 400


def test_options() -> None:
    """OPTIONS says which methods there are, and which bodies POST and QUERY take."""
    told = dict(options(writable=False).headers)
    assert told["Allow"].split(", ") == [*METHODS]
    assert "application/sparql-query" in told["Accept-Query"]
    assert "sparql-update" not in told["Accept-Post"]
    assert "sparql-update" in dict(options(writable=True).headers)["Accept-Post"]


def test_no_framework() -> None:
    """What reads and writes SPARQL over HTTP loads neither Flask nor Werkzeug."""
    modules = (
        "from server import problems, cross_origin, choice, messages\n"
        "from server.protocol import codings, formats, operation, service_description\n"
    )
    check = f"{modules}import sys\nassert not sys.modules.keys() & {{'flask', 'werkzeug'}}"
    subprocess.run([sys.executable, "-c", check], check=True, timeout=60)
