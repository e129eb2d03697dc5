"""The W3C's tests of the SPARQL protocol, the graph store protocol and the service description, over HTTP."""

from collections.abc import Callable, Iterator

import pytest
from server_process import writable
from w3c import checkout
from w3c.__main__ import runners
from w3c.manifest import Case
from w3c.suites import FOLDERS, OVER_HTTP
from w3c.verdicts import verdict

_CASES = [case for row in FOLDERS if row.folder in OVER_HTTP for case in row.cases]


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Callable[[Case], None]]]:
    """What runs the cases of each folder, against one server."""
    if checkout.folder() is None:
        pytest.skip(f"set {checkout.NAMED} to a checkout of the W3C's rdf-tests")
    with writable() as server:
        yield runners(server)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.id)
def test_case(case: Case, runs: dict[str, Callable[[Case], None]]) -> None:
    """The requests get the answers that the manifest expects; no case here may fail or be refused."""
    assert verdict(case, runs[case.folder]) == "passed"
