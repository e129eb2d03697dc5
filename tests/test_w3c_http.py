"""The W3C's tests of the SPARQL protocol, the graph store protocol and the service description, over HTTP."""

from collections.abc import Callable, Iterator

import pytest
from server_process import writable
from w3c import checkout
from w3c.__main__ import runners
from w3c.manifest import Case
from w3c.over_http import Server
from w3c.suites import FOLDERS, OVER_HTTP, REFUSED
from w3c.verdicts import verdict

_CASES = [case for row in FOLDERS if row.folder in OVER_HTTP for case in row.cases]


_REFUSED = [case for row in FOLDERS for case in row.cases if case.id in REFUSED]
_LOADS = [case for row in FOLDERS for case in row.cases if case.id.startswith("sparql11/update-silent#load")]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all cases."""
    if checkout.folder() is None:
        pytest.skip(f"set {checkout.NAMED} to a checkout of the W3C's rdf-tests")
    with writable() as server:
        yield server


@pytest.fixture(scope="module")
def runs(server: Server) -> dict[str, Callable[[Case], None]]:
    """What runs the cases of each folder."""
    return runners(server)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.id)
def test_case(case: Case, runs: dict[str, Callable[[Case], None]]) -> None:
    """The requests get the answers that the manifest expects; no case here may fail or be refused."""
    assert verdict(case, runs[case.folder]) == "passed"


@pytest.mark.parametrize("case", _REFUSED, ids=lambda case: case.id)
def test_refused(case: Case, server: Server) -> None:
    """What is refused by design is 403, with a reason that a person can read."""
    query = checkout.path(case.node.one("mf:action").one("qt:query").value).read_bytes()
    status, _, said = server.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, query)
    assert status == 403, said
    assert b"SERVICE is not allowed" in said


@pytest.mark.parametrize("case", _LOADS, ids=lambda case: case.id)
def test_load(case: Case, server: Server) -> None:
    """LOAD of what cannot be had succeeds where it may be silent, and else is 403 with a reason."""
    update = checkout.path(case.node.one("mf:action").one("ut:request").value).read_bytes()
    as_update = {"Content-Type": "application/sparql-update"}
    assert server.send("POST", "/sparql", as_update, update)[0] in (200, 204)
    status, _, said = server.send("POST", "/sparql", as_update, update.replace(b" SILENT", b""))
    assert status == 403, said
    assert b"LOAD" in said


def test_numbers_of_cases() -> None:
    """No case was lost."""
    if checkout.folder():
        assert (len(_CASES), len(_REFUSED), len(_LOADS)) == (34 + 13 + 3, 3, 2)
