"""The W3C's SPARQL tests that need no server; the package `w3c` says what is run and what is left out."""

import pytest
from w3c import checkout
from w3c.suites import FEDERATED, FOLDERS, KNOWN_FAILURES, LEFT_OUT, OVER_HTTP, REFUSED, numbers, on_disk
from w3c.verdicts import verdict

# What the engine's own list has at its last tag that is public, for the same suite:
# https://github.com/oxigraph/oxigraph/blob/v0.5.9/testsuite/tests/sparql.rs
_ENGINES_OWN_FAILURES = 31
_ELSEWHERE = OVER_HTTP | FEDERATED
_CASES = [case for row in FOLDERS if row.folder not in _ELSEWHERE for case in row.cases]


@pytest.fixture(autouse=True)
def _checkout() -> None:
    if checkout.folder() is None:
        pytest.skip(f"set {checkout.NAMED} to a checkout of the W3C's rdf-tests")


def test_numbers_of_cases() -> None:
    """No case was lost: these are the numbers of the manifests, which README.md shows."""
    assert numbers() == {
        "SPARQL 1.0 syntax": 199,
        "SPARQL 1.0 query evaluation": 283,
        "SPARQL 1.1 query syntax": 94,
        "SPARQL 1.1 query evaluation": 234,
        "SPARQL 1.1 update syntax": 55,
        "SPARQL 1.1 update": 102,
        "SPARQL 1.1 results in CSV and TSV": 6,
        "SPARQL 1.1 results in JSON": 4,
        "SPARQL 1.1 federated query": 10,
        "SPARQL 1.1 protocol": 34,
        "SPARQL 1.1 graph store protocol": 13,
        "SPARQL 1.1 service description": 3,
        "SPARQL 1.2": 269,
    }


def test_each_folder_has_its_number() -> None:
    """The table says of each folder how many cases its manifest has, and no two cases have one name."""
    assert {row.folder: len(row.cases) for row in FOLDERS} == {row.folder: row.number for row in FOLDERS}
    assert len({case.id for row in FOLDERS for case in row.cases}) == sum(numbers().values())


def test_no_folder_is_forgotten() -> None:
    """Every folder of the suite is run, or left out by name."""
    assert on_disk() == {row.folder for row in FOLDERS} | LEFT_OUT


def test_known_failures_are_cases_with_reasons() -> None:
    """Each row is a case, says why and where upstream, and they are no more than the engine lists."""
    names = {case.id for row in FOLDERS for case in row.cases}
    assert KNOWN_FAILURES.keys() | REFUSED.keys() <= names
    assert not KNOWN_FAILURES.keys() & REFUSED.keys()
    assert all("https://github.com/" in reason for reason in KNOWN_FAILURES.values())
    assert len(KNOWN_FAILURES) <= _ENGINES_OWN_FAILURES


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.id)
def test_case(case) -> None:  # type: ignore[no-untyped-def]
    """The case passes, or comes out as its row in one of the two lists says."""
    assert verdict(case)
