"""Which SPARQL operation a request is: a query, an update, or the wish to know the service.

SPARQL 1.1 Protocol, sections 2.1 and 2.2; `version` and the QUERY method (RFC 10008) as in the drafts of 1.2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import pyoxigraph as ox

from server.engine.contract import EVERYTHING, Dataset
from server.messages import HttpAnswer, HttpRequest
from server.problems import Problem
from server.protocol.fields import (
    FORM,
    Fields,
    content_type,
    of_address,
    of_form,
    only,
    refuse_unreadable,
    text,
)
from server.protocol.query_form import query_form

Kind = Literal["query", "update", "description"]
METHODS = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
READ_ONLY = "This graph is read-only: it changes by `parley build`, never by an update over HTTP."
_DIRECT: Mapping[str, Kind] = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASETS: Mapping[Kind, tuple[str, str]] = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
# Names by which clients ask for a format: SPARQLWrapper sends all three, with one value.
_FORMATS = ("format", "output", "results")
_FIELDS: Mapping[Kind, frozenset[str]] = {
    "query": frozenset(("query", *_DATASETS["query"], *_FORMATS, "timeout", "partial", "version", "embed")),
    "update": frozenset(("update", *_DATASETS["update"], *_FORMATS, "timeout", "version")),
    "description": frozenset(_FORMATS),
}
QUERY_FIELDS = _FIELDS["query"]
VERSIONS = ("1.0", "1.1", "1.2", "1.2-basic")  # of SPARQL; the engine reads them all by one grammar
_SECONDS = re.compile(r"\d{1,9}(\.\d{1,9})?")
_REMEMBERED = 4096  # characters of an address that is kept in memory with what it means
_YES_OR_NO = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True)
class Operation:
    """What a request asks of the service; a description has neither text nor dataset.

    `base` is what relative IRIs count from: the address of the endpoint. `timeout` is in seconds, uncapped.
    `embed` is for the page of an answer, which others may then frame.
    """

    kind: Kind
    text: str
    base: str
    dataset: Dataset = EVERYTHING
    format: str | None = None
    timeout: float | None = None
    partial: bool = False
    version: str | None = None
    embed: bool = False

    @cached_property
    def form(self) -> str:
        """The form of its query: as `server.protocol.query_form.query_form` tells it."""
        return query_form(self.text)


def operation(request: HttpRequest) -> Operation:
    """The operation that a request to /sparql states.

    Raises Problem: 400 for what is missing, repeated, unknown or malformed; 405; 415 for other bodies.
    """
    if request.method in ("GET", "HEAD"):
        ask = _asked if len(request.query) <= _REMEMBERED else _asked.__wrapped__
        return ask(request.method, request.query, request.url)
    if request.method not in ("POST", "QUERY"):
        raise Problem(405, f"{request.method[:20]} means nothing here.", {"Allow": ", ".join(METHODS)})
    return _sent(request)


@lru_cache(maxsize=256)
def _asked(method: str, query: str, url: str) -> Operation:
    """The operation of an address; the same ones come again and again."""
    request = HttpRequest(method, "", query, url=url)
    return _stated(request, of_address(request), updates=False)


def options(writable: bool) -> HttpAnswer:
    """What may be done with the endpoint; headers for other origins are the sender's to add."""
    posted = (FORM, *(name for name, kind in _DIRECT.items() if writable or kind == "query"))
    headers = (
        ("Allow", ", ".join(METHODS)),
        ("Accept-Post", ", ".join(posted)),
        ("Accept-Query", f"{FORM}, application/sparql-query"),
    )
    return HttpAnswer(204, headers)


def refuse_update() -> Problem:
    """The answer to an update of a graph that takes none, however it was sent."""
    return Problem(403, READ_ONLY, kind="read-only")


def not_a_query(writable: bool) -> Problem:
    """The answer to an update that was sent as a query."""
    if not writable:
        return refuse_update()
    return Problem(400, "This is an update. Send it by POST as the field `update`, or as its own type.")


def _sent(request: HttpRequest) -> Operation:
    """An operation with a body, which is a form, a query or an update."""
    refuse_unreadable(request)
    media, fields = content_type(request.header("content-type")), of_address(request)
    if fields.keys() & {"query", "update"}:
        raise Problem(400, f"A {request.method} has its query or update in the body, not in the address.")
    updates = request.method == "POST"
    if media.name == FORM:
        return _stated(request, _merged(fields, of_form(request)), updates, required=True)
    kind = _DIRECT.get(media.name)
    if kind is None or (kind == "update" and not updates):
        raise Problem(415, _unknown_body(media.name, updates))
    sent: Fields = {kind: [text(request.body, f"The {kind}")]}
    version = media.parameter("version")
    announced: Fields = {"version": [version]} if version is not None else {}
    return _stated(request, _merged(fields, sent, announced), updates)


def _unknown_body(media: str, updates: bool) -> str:
    named = f"A body of type {media[:60]!r}" if media else "A body without a Content-Type"
    known = [FORM, *(name for name, kind in _DIRECT.items() if updates or kind == "query")]
    return f"{named} is not understood. Send one of: {', '.join(known)}."


def _merged(*several: Fields) -> Fields:
    names = dict.fromkeys(name for fields in several for name in fields)
    return {name: [value for fields in several for value in fields.get(name, [])] for name in names}


def _stated(request: HttpRequest, fields: Fields, updates: bool, required: bool = False) -> Operation:
    kind = _kind(fields, required)
    _refuse_unknown(kind, fields)
    if kind == "update" and not updates:
        raise Problem(400, f"{request.method} never changes data. Send an update by POST.")
    said = (only(fields, kind) or "") if kind != "description" else ""
    if kind != "description" and not said.strip():
        raise Problem(400, f"The {kind} is empty.")
    return Operation(
        kind=kind,
        text=said,
        base=request.url,
        dataset=_dataset(kind, fields),
        format=_format(fields),
        timeout=_timeout(fields),
        partial=_switch(fields, "partial"),
        version=_version(fields),
        embed=_switch(fields, "embed"),
    )


def _kind(fields: Fields, required: bool) -> Kind:
    if "query" in fields and "update" in fields:
        raise Problem(400, "The request has a query and an update. Send them one at a time.")
    if "update" in fields:
        return "update"
    if "query" in fields:
        return "query"
    if required or fields.keys() & (_FIELDS["query"] | _FIELDS["update"]) - _FIELDS["description"]:
        raise Problem(400, "The request has no query. Send it in the field `query`, or as the body.")
    return "description"


def _refuse_unknown(kind: Kind, fields: Fields) -> None:
    unknown = next((name for name in fields if name not in _FIELDS[kind]), None)
    if unknown is not None:
        known = ", ".join(sorted(_FIELDS[kind]))
        what = {"query": "A query", "update": "An update", "description": "The service"}[kind]
        raise Problem(400, f"{what} has no field {unknown[:40]!r}. There is: {known}.")


def _dataset(kind: Kind, fields: Fields) -> Dataset:
    if kind not in _DATASETS:
        return EVERYTHING
    default, named = (tuple(_graph(name, iri) for iri in fields.get(name, [])) for name in _DATASETS[kind])
    return Dataset(default, named)


def _graph(name: str, iri: str) -> str:
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        raise Problem(400, f"{name}={iri[:80]!r} names no graph: send an absolute IRI.") from None


def _format(fields: Fields) -> str | None:
    """The format, by whatever name; several names may say it, if they say the same."""
    asked = {only(fields, name) for name in _FORMATS if name in fields}
    if len(asked) > 1:
        raise Problem(400, f"The fields {', '.join(_FORMATS)} mean the same, and here they differ.")
    return next(iter(asked), None) or None


def _timeout(fields: Fields) -> float | None:
    asked = only(fields, "timeout")
    if asked is None:
        return None
    if not _SECONDS.fullmatch(asked) or float(asked) == 0:
        raise Problem(400, f"timeout={asked[:40]!r} is no number of seconds above 0, such as 2.5.")
    return float(asked)


def _switch(fields: Fields, name: str) -> bool:
    asked = only(fields, name)
    if asked is not None and asked not in _YES_OR_NO:
        raise Problem(400, f"{name}={asked[:40]!r} is neither 1 nor 0.")
    return asked is not None and _YES_OR_NO[asked]


def _version(fields: Fields) -> str | None:
    """The version of SPARQL that the request announces; several announcements may agree."""
    asked = sorted(set(fields.get("version", [])))
    if len(asked) > 1:
        raise Problem(400, "The request announces several versions of SPARQL. Announce one.")
    if asked and asked[0] not in VERSIONS:
        raise Problem(400, f"version={asked[0][:40]!r} is not spoken here. There is: {', '.join(VERSIONS)}.")
    return asked[0] if asked else None
