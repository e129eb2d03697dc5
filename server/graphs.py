"""/graph/<name>: the triples of one named graph."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request
from pyoxigraph import RdfFormat

from kg.formats import RDF_FORMATS, Format
from queries.parameters import Parameter
from server import lookups
from server.context import base, engine, generation
from server.engine.contract import Formats, Question
from server.interface import ASKS, Interface, form_of, offered, tells
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.responses import answered, exactly

blueprint = Blueprint("graphs", __name__)

_OFFERS: Sequence[Format[RdfFormat] | Page] = (*RDF_FORMATS, HTML)

_NAME = Parameter("name", "string", "Its IRI after `graph/`; slashes as %2F.", example="authority")


@blueprint.get("/graph/<path:name>")
@tells(
    Interface(
        "A named graph.",
        "Things",
        (offered(_OFFERS, "Its triples."),),
        (form_of(_OFFERS),),
        within=(_NAME,),
        faults=(*ASKS, 404),
    )
)
def graph(name: str) -> Response:
    """One named graph: a page that says what it is, or its triples. Raises Problem: 404, 406."""
    iri = str(base().graph(name))
    size = _size(iri)
    if not size:
        raise Problem(404, f"There is no graph {name} here.")
    exactly(request.base_url, weak=True)
    offer = asked(_OFFERS)
    if not isinstance(offer, Page):
        return triples(iri, offer)
    query = lookups.text("graph", base(), this=iri)
    html = render_template("graph.html", name=name, iri=iri, size=size, formats=RDF_FORMATS, query=query)
    return answered(html, HTML.content_type, generation().version)


def triples(iri: str, rdf: Format[RdfFormat]) -> Response:
    """A named graph in one syntax."""
    answer = engine().ask(Question(lookups.text("graph", base(), this=iri), Formats(graphs=rdf)))
    return answered(answer.body, rdf.content_type, answer.version)


def _size(iri: str) -> int:
    try:
        return lookups.number(engine(), "graph-count", this=iri)
    except ValueError:
        return 0
