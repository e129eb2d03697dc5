"""/id/<kind>/<slug> and what stands for it: a page for people, data for programs.

Values and codes, such as /value/modality-asserted, and the schemes that they stand in have both alike.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg import triples
from kg.formats import RDF_FORMATS, Format, named
from queries.parameters import Parameter
from server import document_links, headers, json_ld, lookups, urls
from server.choice import by_extension, chosen
from server.citing import works
from server.citing.shown import of_thing as citation
from server.context import base, engine, generation, shown_of_articles
from server.description import LINKS, OUTGOING, STATEMENTS, describe
from server.engine.contract import Formats, Question
from server.extent import Extent, extent, part_of
from server.interface import ASKS, EXTENSION, IN_RDF, MOVED, Answer, Interface, form_of, offered, tells
from server.negotiation import HTML, Page
from server.portraits import portrait
from server.portraits.beside import pictured
from server.portraits.source import Publication
from server.problems import Problem
from server.resources import CODES, SCHEME, SCHEMES, Resource, resource
from server.responses import answered, exactly, refuse_known
from server.retirement import retirement
from server.words import value

blueprint = Blueprint("entities", __name__)

# Turtle before HTML: a client that takes anything is a program, since every browser names text/html.
_OFFERS: Sequence[Format[ox.RdfFormat] | Page] = (*RDF_FORMATS, HTML)
_LINES = named("ntriples", RDF_FORMATS)
_DATA_LINKS = 1000  # links from a thing, and to it, in one part of its data
_DATA_STATEMENTS = 100  # statements about a thing in one part of its data
_DATA_PARTS = (_DATA_LINKS, _DATA_LINKS, _DATA_STATEMENTS)


_KIND = Parameter("kind", "string", "The kind of thing.", example="state")
_SLUG = Parameter("slug", "string", "Its name within the kind.", example="azerbaijan")
_CODES = Parameter("kind", "enumeration", "The list of codes.", example="value", choices=tuple(CODES))
_CODE = Parameter("slug", "string", "The code.", example="modality-asserted")
_SCHEME = Parameter("slug", "enumeration", "The scheme.", example="cameo", choices=SCHEMES)
_PART = Parameter("part", "integer", "Which part, from 1.", example="1", least=1, most=10**9)
_MERGED = Answer("What stands for it now, as the header Location says.", ("text/plain",), status=301)
_GONE = offered(_OFFERS, "It was removed: what is known of that.", status=410)


def _leads(summary: str, *within: Parameter) -> Interface:
    """The interface of an address that leads to documents."""
    return Interface(
        summary, "Things", (MOVED, _MERGED, _GONE), (form_of(_OFFERS),), within=within, faults=(*ASKS, 404)
    )


@blueprint.get("/id/<kind>/<slug>")
@tells(_leads("A thing.", _KIND, _SLUG))
def thing(kind: str, slug: str) -> Response:
    """303 to a document, which the thing itself is not (Cool URIs for the Semantic Web, section 4.2).

    301 to what a retired thing was merged with; 410, and what is known of it, where nothing is left.
    """
    found, size = _known(kind, slug)
    offer = chosen(_OFFERS, request.args.get("format"), request.headers.get("Accept"))
    if size.retired:
        told = retirement(engine(), found.iri)
        if told.successor and told.successor.href:
            return _moved(found, told.successor.href, 301)
        return page(kind, slug) if isinstance(offer, Page) else data(kind, slug, offer.extension)
    place = urls.page(kind, slug) if isinstance(offer, Page) else urls.data(kind, slug, offer.extension)
    return _moved(found, place, 303)


@blueprint.get(f"/<any({', '.join(map(repr, CODES))}):kind>/<slug>")
@tells(_leads("A value or code.", _CODES, _CODE))
def code(kind: str, slug: str) -> Response:
    """The same for a value or code."""
    return thing(kind, slug)


@blueprint.get(f"/<any({', '.join(map(repr, SCHEMES))}):slug>")
@tells(_leads("A list of codes.", _SCHEME))
def scheme(slug: str) -> Response:
    """The same for a list of codes."""
    return thing(SCHEME, slug)


@blueprint.get("/relation")
@tells(Interface("The relations.", "Things", (MOVED,), (form_of(_OFFERS),)))
def relations() -> Response:
    """Relations are parts of one document, by the sign #: that of the vocabulary."""
    offer = chosen(_OFFERS, request.args.get("format"), request.headers.get("Accept"))
    ending = "" if isinstance(offer, Page) else f".{offer.extension}"
    place = f"{urls.vocabulary()}{ending}"
    response = Response(f"{place}\n", 303, {"Location": place}, content_type="text/plain; charset=utf-8")
    response.vary.add("Accept")
    return response


@blueprint.get("/page/<kind>/<slug>")
@headers.under(headers.SCRIPTED)
def page(kind: str, slug: str) -> Response:
    """What the graph says about a thing, for people. Raises Problem: 400, 404."""
    found, size = _known(kind, slug)
    types = cache(partial(lookups.select, engine(), "types", this=found.iri))
    drawn = portrait(kind, lambda: [value(row, "type") for row in types()])
    size = size if drawn.cards else replace(size, statements=0)
    parts = size.parts(OUTGOING, LINKS, STATEMENTS)
    parts = max(parts, drawn.parts(engine(), found.iri)) if drawn.parts else parts
    part = part_of(request.args.get("part"), parts, size.bounded)
    exactly(f"{document_links.address(found, None, part)}#{shown_of_articles()}")  # which a setting changes
    if size.retired:
        return _epitaph(found)
    refuse_known(HTML.content_type)
    told = describe(engine(), found.iri, types(), size, part, drawn.cards)
    shown = drawn.draw(engine(), found.iri, part)
    if part > 1 and not (told.outgoing or told.incoming or told.statements or (drawn.parts and shown)):
        raise Problem(404, "There are fewer parts than that about this; they are numbered from 1.")
    query = lookups.text("describe", base(), this=found.iri, **description_places(1))
    html = render_template(
        drawn.template,
        told=told,
        shown=shown,
        cited=citation(works.of(found, told.title, *_behind(shown)), kind, slug),
        pages=parts,
        kind=kind,
        slug=slug,
        formats=RDF_FORMATS,
        query=query,
        pictured=pictured(kind, f"{kind}/{slug}", getattr(shown, "unpictured", ())),
        canonical=document_links.address(found, None, part),
    )
    response = answered(html, HTML.content_type, generation().version)
    response.headers["Link"] = document_links.of_document(found, None, part, part < parts)
    return response


def _behind(shown: object) -> tuple[Publication | None, bool]:
    """The article behind what a portrait shows, which a citation names, and whether a report restates it."""
    return getattr(shown, "behind", None) or (None, False)


@blueprint.get("/data/<kind>/<slug>.<extension>")
@tells(
    Interface(
        "What is said of a thing.",
        "Things",
        (IN_RDF, _GONE),
        (_PART,),
        within=(_KIND, _SLUG, EXTENSION),
        faults=(*ASKS, 404),
    )
)
def data(kind: str, slug: str, extension: str) -> Response:
    """The triples about a thing in the syntax of the extension. Raises Problem: 400, 404."""
    rdf = by_extension(extension)
    found, size = _known(kind, slug)
    parts = size.parts(*_DATA_PARTS)
    part = part_of(request.args.get("part"), parts, size.bounded)
    exactly(document_links.address(found, extension, part))
    status = retirement(engine(), found.iri).status if size.retired else 200
    if status == 200:
        refuse_known(rdf.content_type)
    body, version = _written(found, rdf, part)
    response = answered(body, rdf.content_type, version)
    response.status_code = status
    response.headers["Link"] = document_links.of_document(found, extension, part, part < parts)
    return response


def _written(found: Resource, rdf: Format[ox.RdfFormat], part: int) -> tuple[bytes, str]:
    """One part of the triples about a thing, sorted: always the same bytes; and the version of the data."""
    text = lookups.text("describe", base(), this=found.iri, **description_places(part))
    answer = engine().ask(Question(text, Formats(graphs=_LINES)))
    lines = sorted(set(triples.lines_of(answer.body.decode())))
    if part > 1 and not lines:
        raise Problem(404, "There are fewer parts than that about this; they are numbered from 1.")
    quads = ox.parse("\n".join(lines), ox.RdfFormat.N_TRIPLES)
    body = triples.written((ox.Quad(*quad.triple) for quad in quads), rdf.writer)
    return (json_ld.compacted(body) if rdf.writer is ox.RdfFormat.JSON_LD else body), answer.version


def description_places(part: int) -> dict[str, int]:
    """What the places of the lookup `describe` take for one part of the data."""
    return {
        "limit": _DATA_LINKS,
        "offset": (part - 1) * _DATA_LINKS,
        "told": _DATA_STATEMENTS,
        "toldbefore": (part - 1) * _DATA_STATEMENTS,
    }


def _moved(found: Resource, place: str, status: int) -> Response:
    response = answered(f"{place}\n", "text/plain; charset=utf-8", generation().version)
    response.status_code = status
    response.headers["Location"] = place
    response.headers["Link"] = document_links.of_thing(found)
    return response


def _epitaph(found: Resource) -> Response:
    """The page of a thing that has ended."""
    told = retirement(engine(), found.iri)
    html = render_template("retired.html", told=told, kind=found.kind, slug=found.slug, formats=RDF_FORMATS)
    response = answered(html, HTML.content_type, generation().version)
    response.status_code = told.status
    response.headers["Link"] = document_links.of_document(found, None, 1, more=False)
    return response


def _known(kind: str, slug: str) -> tuple[Resource, Extent]:
    """A thing of the graph, and how much there is about it. Raises Problem: 400 for no IRI, 404."""
    found = resource(kind, slug, base())
    try:
        size = extent(engine(), found.iri) if found else None
    except ValueError:
        size = None
    if found is None or size is None:
        raise Problem(400, "This can be no part of an IRI: a sign that IRIs do not have, or too many.")
    if not size.known:
        raise Problem(404, f"Nothing in this graph is called {kind}/{slug}.")
    return found, size
