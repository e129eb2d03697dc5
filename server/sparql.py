"""/sparql: a page to ask on; what programs ask is read and written by `server.protocol`."""

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

import queries
from kg.errors import QueryError
from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server import lookups
from server.context import base, engine, generation
from server.engine.contract import Formats, Question
from server.messages import HttpAnswer, HttpRequest
from server.negotiation import HTML
from server.notes import note
from server.problems import problem
from server.protocol import formats
from server.protocol.operation import METHODS, Operation, operation, options, refuse_update
from server.protocol.query_form import query_form
from server.protocol.service_description import Described, describe
from server.responses import answered, refuse_known
from server.tables import table

blueprint = Blueprint("sparql", __name__)

_SHOWN = 1000  # rows on a page; the data formats always hold all


@blueprint.route("/sparql", methods=METHODS)
def endpoint() -> Response:
    """Answer a query; without one, show the query page or describe the service."""
    if request.method == "OPTIONS":
        return _sent(options(writable=False))
    asked = operation(_request())
    if asked.kind == "description":
        return _introduction(asked)
    form = query_form(asked.text)
    if asked.kind == "update" or form == "update":
        raise refuse_update()
    wanted = formats.for_query(form, asked.format, request.headers.get("Accept"))
    if wanted is None:
        return _page(asked)
    answer = engine().ask(Question(asked.text, wanted, asked.dataset))
    return answered(answer.body, answer.format.content_type, answer.version)


def _request() -> HttpRequest:
    return HttpRequest(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("latin-1"),
        headers=tuple((name.lower(), value) for name, value in request.headers.items()),
        body=request.get_data(),
        url=quote(request.base_url, safe=":/[]%"),
    )


def _sent(answer: HttpAnswer) -> Response:
    body = answer.body if isinstance(answer.body, bytes) else b""
    return Response(body, answer.status, list(answer.headers))


def _page(asked: Operation) -> Response:
    """The answer below the query that gave it, or what is wrong with that query."""
    refuse_known(HTML.content_type, asked.text)
    try:
        note(query=asked.text)
        answer = engine().ask(Question(asked.text, Formats(), asked.dataset))
        note(outcome="cut" if answer.cut else "whole", rows=answer.rows, version=answer.version)
    except QueryError as error:
        note(outcome=problem(error).kind)
        response = _html("sparql.html", query=asked.text, error=str(error))
        response.status_code = problem(error).status
        return response
    rows = table(answer, base(), _SHOWN) if answer.format in RESULT_FORMATS else None
    text = None if rows else answer.body.decode()
    offered = RESULT_FORMATS if rows else RDF_FORMATS
    shown = {"table": rows, "graph": text, "formats": offered}
    page = render_template("sparql.html", query=asked.text, **shown)
    return answered(page, HTML.content_type, answer.version, asked.text)


def _introduction(asked: Operation) -> Response:
    """The query page, or for clients that read RDF what SPARQL 1.1 Service Description asks for."""
    syntax = formats.for_description(asked.format, request.headers.get("Accept"))
    if syntax is None:
        return _html("sparql.html", query="", examples=queries.load().values())
    body = describe(asked.base, _described(), syntax)
    return answered(body, syntax.content_type, generation().version)


def _described() -> Described:
    served = generation()
    return Described(
        writable=False,
        union_default=True,
        graphs=served.manifest["graphs"],
        default_triples=lookups.number(engine(), "default-count"),
        version=served.version,
        uri_space=f"{served.base.iri}id/",
    )


def _html(template: str, **values: object) -> Response:
    return answered(render_template(template, **values), HTML.content_type, generation().version)
