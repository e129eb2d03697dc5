"""Faults of the pages: as `server.problems` says them, and a page for browsers."""

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import ParleyError
from server.negotiation import HTML, choose
from server.notes import request_id
from server.problems import JSON, SHAPES, UNEXPECTED, Problem, body, problem

_KEPT = ("Allow", "Retry-After", "Content-Range")


def register(app: Flask) -> None:
    """Answer every fault in the form that the client asked for."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(ParleyError, lambda error: _answer(problem(error)))
    app.register_error_handler(HTTPException, lambda error: _answer(_from_http(error)))
    app.register_error_handler(Exception, _unexpected)


def _from_http(error: HTTPException) -> Problem:
    if error.response is not None:
        return Problem(error.response.status_code, "", dict(error.response.headers))
    passed = {name: value for name, value in error.get_headers() if name in _KEPT}
    return Problem(error.code or 500, error.description or "", passed)


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _answer(Problem(500, UNEXPECTED))


def _answer(fault: Problem) -> Response:
    shape = choose(request.headers.get("Accept"), SHAPES) or JSON
    text = (
        render_template("error.html", problem=fault, request_id=request_id())
        if shape is HTML
        else body(fault, shape)
    )
    response = Response(text, fault.status, content_type=shape.content_type)
    response.headers.extend(dict(fault.headers))
    response.cache_control.no_store = True
    response.vary.add("Accept")
    return response
