"""The W3C's tests of SERVICE, with endpoints on this machine; what is refused by design has a reason."""

import pytest
from w3c import checkout, federated
from w3c.manifest import Case
from w3c.suites import FEDERATED, FOLDERS, REFUSED
from w3c.verdicts import verdict

from server.engine.contract import ServiceRefused
from server.problems import problem

_CASES = [case for row in FOLDERS if row.folder in FEDERATED for case in row.cases]


@pytest.fixture(autouse=True)
def _checkout() -> None:
    if checkout.folder() is None:
        pytest.skip(f"set {checkout.NAMED} to a checkout of the W3C's rdf-tests")


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    """The case passes, or is refused where its row says so."""
    assert verdict(case, federated.answers) == ("refused by design" if case.id in REFUSED else "passed")


@pytest.mark.parametrize("case", [case for case in _CASES if case.id in REFUSED], ids=lambda case: case.id)
def test_refusal(case: Case) -> None:
    """A refusal says where the call stands and what to do, and is 403 over HTTP."""
    with pytest.raises(ServiceRefused) as refused:
        federated.answers(case)
    assert refused.value.line > 1
    assert refused.value.mend
    assert problem(refused.value).status == 403
