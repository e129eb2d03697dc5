"""/queries/: the shipped questions, each as a table, as CSV, TSV, JSON or XML."""

from flask import Blueprint, Response, render_template, request
from pyoxigraph import QueryResultsFormat

import queries
from kg.formats import RESULT_FORMATS, Format
from queries import Query
from server import urls
from server.context import engine, generation
from server.engine.contract import Formats, Question
from server.findings import findings
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.responses import answered, refuse_known

blueprint = Blueprint("catalogue", __name__)

_OFFERS: tuple[Format[QueryResultsFormat] | Page, ...] = (*RESULT_FORMATS, HTML)


@blueprint.get("/queries/")
def index() -> Response:
    """Every question, by name."""
    refuse_known(HTML.content_type)
    html = render_template("queries.html", queries=queries.load().values())
    return answered(html, HTML.content_type, generation().version)


@blueprint.get("/queries/<name>")
def answer(name: str) -> Response:
    """The answer to one question; fields of the address other than `format` are its parameters.

    Raises Problem: 404 for an unknown name, 400 for an unknown parameter, 406.
    """
    query = queries.load().get(name)
    if query is None:
        raise Problem(404, f"No query is called {name!r}. The list is at {urls.queries()}")
    text = _bound(query)
    offer = asked(_OFFERS)
    if isinstance(offer, Page):
        return _page(query, text)
    given = engine().ask(Question(text, Formats(results=offer)))
    return answered(given.body, given.format.content_type, given.version)


def _bound(query: Query) -> str:
    values = {name: value for name, value in request.args.items() if name != "format"}
    try:
        return query.bind(**values)
    except ValueError as error:
        raise Problem(400, f"{error}.") from None


def _page(query: Query, text: str) -> Response:
    given = engine().ask(Question(text))
    rows, values = findings(engine(), given), {k: v for k, v in request.args.items() if k != "format"}
    html = render_template(
        "query.html", query=query, text=text, table=rows, values=values, formats=RESULT_FORMATS
    )
    return answered(html, HTML.content_type, given.version)
