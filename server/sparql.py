"""/sparql as a page to ask on; what programs ask is answered by `server.service`."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from kg.errors import QueryError
from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server import headers
from server.context import base, engine, generation, writable
from server.editor.page import context
from server.engine.contract import Formats, Question
from server.messages import HttpRequest
from server.negotiation import HTML
from server.notes import note
from server.problems import Problem, problem
from server.protocol import formats
from server.protocol.operation import METHODS, Operation, not_a_query, operation, refuse_update
from server.protocol.query_form import query_form
from server.responses import answered, refuse_known
from server.tables import table

blueprint = Blueprint("sparql", __name__)

_WRITTEN = 30_000  # characters of a graph on a page
_SHOWN = 50  # rows on a page without scripts; the data formats always hold all


def _policy() -> headers.Policy:
    return headers.EMBEDDED if request.args.get("embed") in ("1", "true") else headers.STYLED


@blueprint.route("/sparql", methods=METHODS)
@headers.under(_policy)
def endpoint() -> Response:
    """The page with an answer, or the form alone; requests for data are answered before they get here."""
    asked = operation(_request())
    formats.is_for_a_page(asked, request.headers.get("Accept"))  # for what it raises
    if asked.kind == "description":
        return answered(render_template("sparql.html", **context()), HTML.content_type, generation().version)
    if asked.kind == "update":
        raise refuse_update()
    if query_form(asked.text) == "update":
        return _fault(asked, not_a_query(writable()))
    return _page(asked)


def _request() -> HttpRequest:
    return HttpRequest(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("latin-1"),
        headers=tuple((name.lower(), value) for name, value in request.headers.items()),
        body=request.get_data(),
        url=quote(request.base_url, safe=":/[]%"),
    )


def _page(asked: Operation) -> Response:
    """The answer below the query that gave it, or what is wrong with that query."""
    refuse_known(HTML.content_type, asked.text)
    try:
        note(query=asked.text)
        answer = engine().ask(Question(asked.text, Formats(), asked.dataset, base=asked.base))
        note(outcome="cut" if answer.cut else "whole", rows=answer.rows, version=answer.version)
    except QueryError as error:
        return _fault(asked, problem(error))
    rows = table(answer, base(), _SHOWN) if answer.format in RESULT_FORMATS else None
    text = "" if rows else answer.body.decode()
    page = render_template(
        _template(asked),
        query=asked.text,
        table=rows,
        graph=text[:_WRITTEN],
        rest=len(text[_WRITTEN:]),
        formats=RESULT_FORMATS if rows else RDF_FORMATS,
        **context(),
    )
    return answered(page, HTML.content_type, answer.version, asked.text)


def _template(asked: Operation) -> str:
    return "sparql-embedded.html" if asked.embed else "sparql.html"


def _fault(asked: Operation, fault: Problem) -> Response:
    """What is wrong with a query, below it: no answer of any version, so nothing to keep or to tag."""
    note(outcome=fault.kind)
    place = fault.members if "line" in fault.members else None
    page = render_template(
        _template(asked), query=asked.text, error=fault.detail, kind=fault.kind, place=place, **context()
    )
    response = Response(page, fault.status, dict(fault.headers), content_type=HTML.content_type)
    response.vary.add("Accept")
    response.cache_control.no_store = True
    return response
