"""What is wrong with an ontology, by the tests of FOOPS! and the pitfalls of OOPS! that a query can find.

Each is a file in `queries/ontology/`, named after the test or pitfall that it follows; what they say is told
in words of ours, and nothing here is the score of either tool. What needs the web is in `kg.published`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

import pyoxigraph as ox
from rdflib import Graph

import queries
from kg.errors import CheckError
from queries import Query

Severity = Literal["critical", "important", "minor"]

SEVERITIES: tuple[Severity, ...] = ("critical", "important", "minor")


@dataclass(frozen=True)
class Check:
    """What is checked: its name, how grave a failure is, what it asks, whose test or pitfall it follows.

    `principle` is the FAIR principle that a test serves; pitfalls have none.
    """

    name: str
    severity: Severity
    summary: str
    source: str
    principle: str | None = None


@dataclass(frozen=True, order=True)
class Finding:
    """One failure: the check (`P11`, `OM1`), how grave it is, the term or ontology, and what to do."""

    check: str
    severity: Severity
    node: str
    message: str


def checks(only: Mapping[str, Query] | None = None) -> list[Check]:
    """Every check of the ontology, or those of some queries, by name."""
    return [
        Check(query.name, cast(Severity, query.severity), query.summary, query.source or "", query.principle)
        for query in (queries.ontology() if only is None else only).values()
    ]


def find(ontology: Graph, only: Mapping[str, Query] | None = None) -> list[Finding]:
    """Everything that the checks (all of them, unless some are given) find wrong, the gravest first.

    Raises:
        CheckError: if a check cannot be run.
    """
    store = _store(ontology)
    found = [
        one for query in (queries.ontology() if only is None else only).values() for one in _run(query, store)
    ]
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one))


def _store(ontology: Graph) -> ox.Store:
    store = ox.Store()
    store.bulk_load(ontology.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def _run(query: Query, store: ox.Store) -> set[Finding]:
    try:
        rows = cast(ox.QuerySolutions, store.query(query.text))
    except SyntaxError as error:
        raise CheckError(f"the check cannot be run: {error}", f"queries/ontology/{query.name}.rq") from error
    graded = ox.Variable("severity") in rows.variables
    return {_finding(query, row, graded) for row in rows}


def _finding(query: Query, row: ox.QuerySolution, graded: bool) -> Finding:
    """A row as a finding; a row may name a severity of its own."""
    severity = _value(row, "severity") if graded and row["severity"] else query.severity
    return Finding(query.name, cast(Severity, severity), _value(row, "node"), _value(row, "message"))


def _value(row: ox.QuerySolution, name: str) -> str:
    return str(getattr(row[name], "value", row[name]))
