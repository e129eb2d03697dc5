"""/sparql as a page to ask on; what programs ask is answered by `server.service`."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

import queries
from kg.errors import QueryError
from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server.context import base, engine, generation
from server.engine.contract import Formats, Question
from server.messages import HttpRequest
from server.negotiation import HTML
from server.notes import note
from server.problems import Problem, problem
from server.protocol import formats
from server.protocol.operation import METHODS, Operation, operation, refuse_update
from server.protocol.query_form import query_form
from server.responses import answered, refuse_known
from server.tables import table

blueprint = Blueprint("sparql", __name__)

_SHOWN = 1000  # rows on a page; the data formats always hold all


@blueprint.route("/sparql", methods=METHODS)
def endpoint() -> Response:
    """The page with an answer, or the form alone; requests for data are answered before they get here."""
    asked = operation(_request())
    formats.is_for_a_page(asked, request.headers.get("Accept"))  # for what it raises
    if asked.kind == "description":
        return _html("sparql.html", query="", examples=queries.load().values())
    if asked.kind == "update" or query_form(asked.text) == "update":
        raise refuse_update()
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
        return _fault(asked.text, problem(error))
    rows = table(answer, base(), _SHOWN) if answer.format in RESULT_FORMATS else None
    text = None if rows else answer.body.decode()
    offered = RESULT_FORMATS if rows else RDF_FORMATS
    shown = {"table": rows, "graph": text, "formats": offered}
    page = render_template("sparql.html", query=asked.text, **shown)
    return answered(page, HTML.content_type, answer.version, asked.text)


def _fault(query: str, fault: Problem) -> Response:
    """What is wrong with a query, below it: no answer of any version, so nothing to keep or to tag."""
    note(outcome=fault.kind)
    page = render_template("sparql.html", query=query, error=fault.detail)
    response = Response(page, fault.status, dict(fault.headers), content_type=HTML.content_type)
    response.vary.add("Accept")
    response.cache_control.no_store = True
    return response


def _html(template: str, **values: object) -> Response:
    return answered(render_template(template, **values), HTML.content_type, generation().version)
