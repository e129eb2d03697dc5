"""How a case comes out: each kind of case has one way to be run."""

from collections.abc import Callable
from typing import Literal

from server.engine.contract import ServiceRefused

from . import queries, syntax, updates
from .manifest import Case
from .suites import KNOWN_FAILURES, REFUSED

Verdict = Literal["passed", "known failure", "refused by design"]
RUNNERS: dict[str, Callable[[Case], None]] = {
    "QueryEvaluationTest": queries.answers,
    "CSVResultFormatTest": queries.answers,
    "UpdateEvaluationTest": updates.changes,
    **{f"PositiveSyntaxTest{version}": syntax.parses for version in ("", "11")},
    **{f"NegativeSyntaxTest{version}": syntax.does_not_parse for version in ("", "11")},
    **{f"PositiveUpdateSyntaxTest{version}": syntax.parses for version in ("", "11")},
    **{f"NegativeUpdateSyntaxTest{version}": syntax.does_not_parse for version in ("", "11")},
}


class Unexpected(AssertionError):
    """A case that comes out otherwise than its row says."""


def verdict(case: Case, run: Callable[[Case], None] | None = None) -> Verdict:
    """How the case comes out. Raises Unexpected, or what the case itself raised where it ought to pass."""
    run = run or RUNNERS[case.kind]
    if case.id in REFUSED:
        return _refused(case, run)
    if case.id in KNOWN_FAILURES:
        return _failed(case, run)
    run(case)
    return "passed"


def _failed(case: Case, run: Callable[[Case], None]) -> Verdict:
    try:
        run(case)
    except Exception:
        return "known failure"
    raise Unexpected(f"{case.id} passes: take its row out of known-failures.tsv ({KNOWN_FAILURES[case.id]})")


def _refused(case: Case, run: Callable[[Case], None]) -> Verdict:
    try:
        run(case)
    except ServiceRefused:
        return "refused by design"
    raise Unexpected(f"{case.id} is not refused, though it should be: {REFUSED[case.id]}")
