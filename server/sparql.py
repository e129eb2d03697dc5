"""/sparql: the SPARQL 1.1 query protocol, a query page for browsers, and the service description."""

from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

import queries
from kg.errors import QueryError
from kg.formats import RDF_FORMATS, RESULT_FORMATS, Format
from server.context import base, engine, generation
from server.engine.contract import Formats, Question
from server.errors import problem
from server.negotiation import HTML, Page
from server.offers import asked
from server.query_text import read
from server.responses import answered
from server.sparql_request import Operation, parse, refuse_update
from server.tables import table

blueprint = Blueprint("sparql", __name__)

Offer = Format[ox.QueryResultsFormat] | Format[ox.RdfFormat] | Page
_SOLUTIONS: tuple[Offer, ...] = (*RESULT_FORMATS, HTML)
_GRAPHS: tuple[Offer, ...] = (*RDF_FORMATS, HTML)
_ANYTHING: tuple[Offer, ...] = (
    *RESULT_FORMATS,
    *_GRAPHS,
)  # for a text of no known form, which fails to parse
_OFFERS = {"select": _SOLUTIONS, "ask": _SOLUTIONS, "construct": _GRAPHS, "describe": _GRAPHS}
_SHOWN = 1000  # rows on a page; the data formats always hold all


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; without one, show the query page or describe the service."""
    operation = parse(request)
    if operation.query is None:
        return _introduction(operation)
    form = read(operation.query).form
    if form == "update":
        raise refuse_update()
    offer = asked(_OFFERS.get(form, _ANYTHING), operation.format)
    if isinstance(offer, Page):
        return _page(operation, operation.query)
    answer = engine().ask(Question(operation.query, _formats(offer), operation.dataset))
    return answered(answer.body, answer.format.content_type, answer.version)


def _formats(offer: Format[ox.QueryResultsFormat] | Format[ox.RdfFormat]) -> Formats:
    """The offer for answers of its kind; the form of the query was read, so the other is not needed."""
    results = next((row for row in RESULT_FORMATS if row == offer), RESULT_FORMATS[0])
    graphs = next((row for row in RDF_FORMATS if row == offer), RDF_FORMATS[0])
    return Formats(results, graphs)


def _page(operation: Operation, query: str) -> Response:
    """The answer below the query that gave it, or what is wrong with that query."""
    try:
        answer = engine().ask(Question(query, Formats(), operation.dataset))
    except QueryError as error:
        response = _html("sparql.html", query=query, error=str(error))
        response.status_code = problem(error).status
        return response
    rows = table(answer, base(), _SHOWN) if answer.format in RESULT_FORMATS else None
    text = None if rows else answer.body.decode()
    formats = RESULT_FORMATS if rows else RDF_FORMATS
    return _html("sparql.html", query=query, table=rows, graph=text, formats=formats)


def _introduction(operation: Operation) -> Response:
    """The query page, or for clients that read RDF what SPARQL 1.1 Service Description asks for."""
    offer = asked(_GRAPHS, operation.format)
    if isinstance(offer, Page):
        return _html("sparql.html", query="", examples=queries.load().values())
    rdf = next(row for row in RDF_FORMATS if row == offer)
    described = render_template(
        "service.ttl",
        endpoint=quote(request.base_url, safe=":/[]%"),
        base=base().iri,
        formats=(*RESULT_FORMATS, *RDF_FORMATS),
    )
    body = ox.serialize(ox.parse(described, format=ox.RdfFormat.TURTLE), format=rdf.writer)
    return answered(body or b"", rdf.content_type, generation().version)


def _html(template: str, **values: object) -> Response:
    return answered(render_template(template, **values), HTML.content_type, generation().version)
