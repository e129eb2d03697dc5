"""Faults as answers without a framework: problem details (RFC 9457) for programs, a line for a terminal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from kg.errors import NothingBuilt, ParleyError, QueryError, StoreError
from kg.vocab import DEFAULT_BASE
from server.engine.contract import (
    Busy,
    DeadlinePassed,
    EngineLost,
    OutOfMemory,
    QuerySyntaxError,
    ServiceFailed,
    ServiceRefused,
    TooLarge,
)
from server.engine.documents import UnsupportedFormat
from server.engine.updating import ChangeFailed
from server.messages import HttpAnswer
from server.negotiation import HTML, Page, choose
from server.nesting import TooNested
from server.notes import request_id

TEXT = Page("text", "text", "text/plain", "text/plain; charset=utf-8")
JSON = Page(
    "problem", "JSON", "application/problem+json", "application/problem+json", "", ("application/json",)
)
SHAPES = (TEXT, HTML, JSON)  # of a fault; the first is what `*/*` gets
_TYPES = f"{DEFAULT_BASE}problem#"
UNEXPECTED = "The server failed here. Its log says why."


class Problem(Exception):
    """A request that cannot be met: status, what is wrong, and members for programs, such as `line`.

    `kind` is the last part of the problem's type; without one the status says all that can be known.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        kind: str = "",
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind
        self.headers, self.members = headers or {}, members

    @property
    def title(self) -> str:
        """The name of the status, as in the registry of RFC 9110."""
        try:
            return HTTPStatus(self.status).phrase
        except ValueError:
            return "Error"


@dataclass(frozen=True)
class _Meaning:
    """What an error is over HTTP; `retry`: seconds after which it may have passed, where waiting helps."""

    error: type[ParleyError]
    status: int
    kind: str
    retry: int | None = None


# The first row that an error belongs to counts, so the more special ones come first.
_MEANINGS = (
    _Meaning(QuerySyntaxError, 400, "syntax-error"),
    _Meaning(TooNested, 400, "too-nested"),
    _Meaning(ServiceRefused, 403, "service-refused"),
    _Meaning(ServiceFailed, 502, "service-failed"),
    _Meaning(ChangeFailed, 400, "change-failed"),
    _Meaning(UnsupportedFormat, 415, "unsupported-format"),
    _Meaning(DeadlinePassed, 503, "deadline-passed"),
    _Meaning(OutOfMemory, 507, "out-of-memory"),
    _Meaning(TooLarge, 413, "answer-too-large"),
    _Meaning(EngineLost, 503, "engine-lost", 1),
    _Meaning(UnsupportedFormat, 415, "unsupported-format"),
    _Meaning(ChangeFailed, 400, "change-failed"),
    _Meaning(QueryError, 400, "query-error"),
    _Meaning(NothingBuilt, 503, "nothing-built", 30),
    _Meaning(StoreError, 503, "store-error"),
    _Meaning(ParleyError, 503, ""),
)
KINDS = (*(row.kind for row in _MEANINGS if row.kind), "busy", "share-used")
_PLACES = ("line", "column")


def not_acceptable(offers: list[str]) -> Problem:
    """406 with the list of what there is."""
    detail = f"Nothing here fits the Accept header. There is: {', '.join(offers)}"
    return Problem(406, detail, offers=offers)


def problem(error: ParleyError) -> Problem:
    """What a fault that Parley raises means over HTTP."""
    if isinstance(error, Busy):
        wait = {"Retry-After": str(error.retry_after)}
        return Problem(429 if error.own else 503, str(error), wait, "share-used" if error.own else "busy")
    row = next(row for row in _MEANINGS if isinstance(error, row.error))
    place = {name: getattr(error, name) for name in _PLACES if hasattr(error, name)}
    headers = {"Retry-After": str(row.retry)} if row.retry else None
    return Problem(row.status, str(error), headers, row.kind, **place)


def body(fault: Problem, shape: Page) -> str:
    """The fault as problem details, which name the request by its id in the logs, or as one line."""
    if shape is TEXT:
        return f"{fault.status} {fault.title}: {fault.detail}\n"
    members = {"type": "about:blank", "title": fault.title, "status": fault.status, "detail": fault.detail}
    if fault.kind:
        members |= {"type": f"{_TYPES}{fault.kind}", "title": fault.kind.replace("-", " ").capitalize()}
    if name := request_id():
        members["request_id"] = name
    return json.dumps(members | fault.members, ensure_ascii=False) + "\n"


def is_for_a_page(accept: str | None) -> bool:
    """Whether a client that meets a fault wants a page most, as browsers do."""
    return choose(accept, SHAPES) is HTML


def answer(fault: Problem, accept: str | None) -> HttpAnswer:
    """The fault in the form that the client asks for; one that takes neither is a program."""
    shape = choose(accept, (TEXT, JSON)) or JSON
    headers = (
        ("Content-Type", shape.content_type),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept"),
        *fault.headers.items(),
    )
    return HttpAnswer(fault.status, headers, body(fault, shape).encode("utf-8", "replace"))
