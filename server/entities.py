"""/id/<kind>/<slug> and what stands for it: a page for people, data for programs."""

from collections.abc import Sequence

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg.formats import RDF_FORMATS, Format
from queries.parameters import Parameter
from server import lookups, urls
from server.choice import by_extension
from server.context import base, engine, generation
from server.description import describe, exists
from server.engine.contract import Formats, Question
from server.interface import ASKS, EXTENSION, IN_RDF, MOVED, Interface, form_of, tells
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.responses import answered, refuse_known

blueprint = Blueprint("entities", __name__)

# Turtle before HTML: a client that takes anything is a program, since every browser names text/html.
_OFFERS: Sequence[Format[ox.RdfFormat] | Page] = (*RDF_FORMATS, HTML)

_KIND = Parameter("kind", "string", "The kind of thing.", example="state")
_SLUG = Parameter("slug", "string", "Its name within the kind.", example="azerbaijan")


@blueprint.get("/id/<kind>/<slug>")
@tells(
    Interface("A thing.", "Things", (MOVED,), (form_of(_OFFERS),), within=(_KIND, _SLUG), faults=(*ASKS, 404))
)
def thing(kind: str, slug: str) -> Response:
    """303 to a document, which the thing itself is not (Cool URIs for the Semantic Web, section 4.2)."""
    _known(kind, slug)
    offer = asked(_OFFERS)
    place = urls.page(kind, slug) if offer is HTML else urls.data(kind, slug, offer.extension)
    response = Response(f"{place}\n", 303, {"Location": place}, content_type="text/plain; charset=utf-8")
    response.vary.add("Accept")
    return response


@blueprint.get("/page/<kind>/<slug>")
def page(kind: str, slug: str) -> Response:
    """What the graph says about a thing, for people."""
    iri = _known(kind, slug)
    refuse_known(HTML.content_type)
    part = request.args.get("part", 1, type=int)
    told = describe(engine(), iri, max(part, 1))
    if not 1 <= part <= told.part.pages:
        raise Problem(404, f"There are {told.part.pages} pages about this, numbered from 1.")
    query = lookups.text("describe", base(), this=iri)
    html = render_template("entity.html", told=told, kind=kind, slug=slug, formats=RDF_FORMATS, query=query)
    response = answered(html, HTML.content_type, generation().version)
    response.headers["Link"] = ", ".join(_alternates(kind, slug))
    return response


@blueprint.get("/data/<kind>/<slug>.<extension>")
@tells(
    Interface(
        "What is said of a thing.", "Things", (IN_RDF,), within=(_KIND, _SLUG, EXTENSION), faults=(*ASKS, 404)
    )
)
def data(kind: str, slug: str, extension: str) -> Response:
    """The triples about a thing in the syntax of the extension."""
    rdf = by_extension(extension)
    refuse_known(rdf.content_type)
    iri = _known(kind, slug)
    answer = engine().ask(Question(lookups.text("describe", base(), this=iri), Formats(graphs=rdf)))
    response = answered(answer.body, rdf.content_type, answer.version)
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return response


def _known(kind: str, slug: str) -> str:
    """The IRI of a thing of the graph. Raises Problem 404."""
    iri = str(base().id(f"{kind}/{slug}"))
    try:
        known = exists(engine(), iri)
    except ValueError:
        known = False
    if not known:
        raise Problem(404, f"Nothing in this graph is called {kind}/{slug}.")
    return iri


def _alternates(kind: str, slug: str) -> list[str]:
    return [
        f'<{urls.data(kind, slug, row.extension)}>; rel="alternate"; type="{row.media_type}"'
        for row in RDF_FORMATS
    ]
