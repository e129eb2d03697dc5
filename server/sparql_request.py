"""A SPARQL operation as a request states it (SPARQL 1.1 Protocol, section 2.1)."""

from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MultiDict

from server.engine.contract import Dataset
from server.errors import Problem

_READ_ONLY = "This graph is read-only: it changes by `parley build`, never by an update over HTTP."


@dataclass(frozen=True)
class Operation:
    """A query (None where there is none), the graphs it is about, and the `format=` it asks for."""

    query: str | None
    dataset: Dataset
    format: str | None


def parse(request: Request) -> Operation:
    """The operation of a GET or POST. Raises Problem: 400, 403 for an update, 415 for other bodies."""
    if request.method != "POST":
        return _operation(request.args)
    if request.mimetype == "application/x-www-form-urlencoded":
        return _required(_operation(request.form))
    if request.mimetype == "application/sparql-query":
        return _required(_operation(request.args, _body(request)))
    if request.mimetype == "application/sparql-update":
        raise Problem(403, _READ_ONLY)
    raise Problem(415, "Send application/sparql-query, or a form with the field `query`.")


def refuse_update() -> Problem:
    """The answer to an update, however it was sent."""
    return Problem(403, _READ_ONLY)


def _operation(fields: MultiDict[str, str], body: str | None = None) -> Operation:
    if "update" in fields:
        raise refuse_update()
    queries = fields.getlist("query") if body is None else [body, *fields.getlist("query")]
    if len(queries) > 1:
        raise Problem(400, "Send one query at a time; this request has several.")
    return Operation(
        query=(queries[0].strip() and queries[0]) if queries else None,
        dataset=Dataset(tuple(fields.getlist("default-graph-uri")), tuple(fields.getlist("named-graph-uri"))),
        format=fields.get("format") or None,
    )


def _required(operation: Operation) -> Operation:
    if not operation.query:
        raise Problem(400, "The request has no query. Send it in the field `query`, or as the body.")
    return operation


def _body(request: Request) -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The query is not UTF-8: byte {error.start} breaks it.") from None
