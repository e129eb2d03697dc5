"""Faults as answers: problem details (RFC 9457) for programs, a page for browsers, a line for a terminal."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from kg.errors import NothingBuilt, ParleyError, QueryError
from server.engine.contract import QuerySyntaxError, ServiceRefused
from server.negotiation import HTML, Page, choose
from server.nesting import TooNested

_TEXT = Page("text", "text", "text/plain", "text/plain; charset=utf-8")
_PROBLEM = Page(
    "problem", "JSON", "application/problem+json", "application/problem+json", "", ("application/json",)
)
_SHAPES = (_TEXT, HTML, _PROBLEM)


class Problem(Exception):
    """A request that cannot be met: status, what is wrong, and members for programs, such as `line`."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.members, self.headers = status, detail, members, headers or {}


def not_acceptable(offers: list[str]) -> Problem:
    """406 with the list of what there is."""
    detail = f"Nothing here fits the Accept header. There is: {', '.join(offers)}"
    return Problem(406, detail, offers=offers)


def register(app: Flask) -> None:
    """Answer every fault in the form that the client asked for."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(ParleyError, lambda error: _answer(problem(error)))
    app.register_error_handler(HTTPException, lambda error: _answer(_from_http(error)))
    app.register_error_handler(Exception, _unexpected)


def problem(error: ParleyError) -> Problem:
    """What a fault that Parley raises means over HTTP."""
    text = str(error)
    if isinstance(error, QuerySyntaxError | TooNested):
        return Problem(400, text, line=error.line, column=error.column)
    if isinstance(error, ServiceRefused):
        return Problem(403, text)
    if isinstance(error, QueryError):
        return Problem(400, text)
    return Problem(503, text, headers={"Retry-After": "30"} if isinstance(error, NothingBuilt) else None)


def _from_http(error: HTTPException) -> Problem:
    if error.response is not None:
        return Problem(error.response.status_code, "", dict(error.response.headers))
    passed = {
        name: value
        for name, value in error.get_headers()
        if name in ("Allow", "Retry-After", "Content-Range")
    }
    return Problem(error.code or 500, error.description or "", passed)


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _answer(Problem(500, "The server failed here. Its log says why."))


def _answer(fault: Problem) -> Response:
    shape = choose(request.headers.get("Accept"), _SHAPES) or _PROBLEM
    title = HTTP_STATUS_CODES.get(fault.status, "Error")
    response = Response(_body(shape, title, fault), fault.status, content_type=shape.content_type)
    response.headers.extend(dict(fault.headers))
    response.vary.add("Accept")
    return response


def _body(shape: Page, title: str, fault: Problem) -> str:
    if shape is HTML:
        return render_template("error.html", title=title, problem=fault)
    if shape is _TEXT:
        return f"{fault.status} {title}: {fault.detail}\n"
    members = {"type": "about:blank", "title": title, "status": fault.status, "detail": fault.detail}
    return json.dumps(members | fault.members) + "\n"
