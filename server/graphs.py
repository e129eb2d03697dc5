"""/graph/<name>: the triples of one named graph."""

from flask import Blueprint, Response, request

from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server import lookups
from server.context import base, engine
from server.engine import Formats
from server.errors import Problem, not_acceptable
from server.negotiation import choose
from server.responses import answered

blueprint = Blueprint("graphs", __name__)


@blueprint.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """One named graph in the syntax that the client asks for; Turtle if it takes any."""
    return triples(str(base().graph(name)))


def triples(iri: str) -> Response:
    """A named graph as an answer. Raises Problem 404 for an empty one, 406."""
    if not _size(iri):
        raise Problem(404, f"There is no graph {iri} here.")
    rdf = choose(request.headers.get("Accept"), RDF_FORMATS)
    if rdf is None:
        raise not_acceptable([row.media_type for row in RDF_FORMATS])
    answer = engine().query(lookups.text("graph", base(), this=iri), Formats(RESULT_FORMATS[0], rdf))
    return answered(answer.body, rdf.content_type, answer.version)


def _size(iri: str) -> int:
    try:
        return lookups.number(engine(), "graph-count", this=iri)
    except ValueError:
        return 0
