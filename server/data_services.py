"""The services that answer for the data set: one row each, told wherever they are described.

A row for a service that this server does not have is left out, so that a description never leads nowhere.
"""

from dataclasses import dataclass

from flask import current_app
from werkzeug.exceptions import HTTPException


@dataclass(frozen=True)
class DataService:
    """One of them: its path, the path of its description, and the specification that it keeps."""

    name: str
    title: str
    about: str
    path: str
    described: str
    conforms_to: str


_TABLE = (
    DataService(
        "sparql",
        "SPARQL endpoint",
        "Queries over the whole graph and over each named graph, by SPARQL 1.1 and parts of 1.2",
        "/sparql",
        "/sparql",
        "https://www.w3.org/TR/sparql11-protocol/",
    ),
    DataService(
        "graph-store",
        "Graph store",
        "Each named graph, read over HTTP",
        "/graph-store",
        "/sparql",
        "https://www.w3.org/TR/sparql11-http-rdf-update/",
    ),
    DataService(
        "fragments",
        "Triple pattern fragments",
        "The triples that match one pattern, in pages",
        "/fragments",
        "/fragments",
        "https://linkeddatafragments.org/specification/triple-pattern-fragments/",
    ),
    DataService(
        "reconcile",
        "Reconciliation service",
        "Finds the thing that a name means, for OpenRefine and its like",
        "/reconcile",
        "/reconcile",
        "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
    ),
    DataService(
        "queries",
        "Questions as an API",
        "Each shipped question with its parameters, as a page, CSV or JSON",
        "/queries/",
        "/openapi.json",
        "https://spec.openapis.org/oas/v3.1.0",
    ),
)
_DOORS = ("/sparql", "/graph-store")  # answered before Flask: see server.asgi


def data_services() -> tuple[DataService, ...]:
    """Those that this server has."""
    return tuple(row for row in _TABLE if _answers(row.path) and _answers(row.described))


def _answers(path: str) -> bool:
    if path in _DOORS:
        return True
    try:
        current_app.url_map.bind("localhost").match(path)
    except HTTPException:
        return False
    return True
