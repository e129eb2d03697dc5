"""/ns and /shapes: the ontology, its versions, its alignments and its shapes, as pages and as RDF."""

from collections.abc import Callable
from functools import cache

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Graph

import ontology
from kg import evolution, triples
from kg.formats import RDF_FORMATS, Format
from queries.parameters import Parameter
from server import urls
from server.choice import by_extension
from server.context import engine, generation
from server.interface import EXTENSION, IN_RDF, MADE, Interface, form_of, offered, tells
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.reference import front, naming
from server.reference.constraints import shape_modules
from server.reference.entries import entries
from server.reference.examples import examples
from server.reference.modelled import modelled
from server.reference.picture import pictures
from server.reference.terms import lists, modules, of_namespace
from server.responses import answered, exactly, refuse_known

blueprint = Blueprint("vocabulary", __name__)

_OFFERS: tuple[Format[RdfFormat] | Page, ...] = (*RDF_FORMATS, HTML)
_ALIGNMENTS = "alignments"
_SHAPES = "shapes"

_EITHER = offered(_OFFERS, "As a page or in RDF.")
_NUMBER = Parameter("number", "string", "The version, or `alignments`.", example="alignments")


@blueprint.get("/ns")
@tells(Interface("The ontology.", "Vocabulary", (_EITHER,), (form_of(_OFFERS),), faults=MADE))
def terms() -> Response:
    """The ontology in RDF, or the page that begins its description. Raises Problem 406."""
    return _either(front.number(), _front)


@blueprint.get("/ns.<extension>")
@tells(Interface("The ontology.", "Vocabulary", (IN_RDF,), within=(EXTENSION,), faults=(*MADE, 404)))
def terms_in(extension: str) -> Response:
    """The ontology in one syntax. Raises Problem 404."""
    return _data(front.number(), extension)


@blueprint.get("/ns/module/<name>")
def module(name: str) -> Response:
    """All about the terms of one module, with its diagram. Raises Problem 404."""
    found = next((one for one in modules() if one.name == name), None)
    if found is None:
        raise Problem(
            404, f"The ontology has no module {name!r}. There is: {', '.join(m.name for m in modules())}"
        )
    exactly(request.base_url)
    refuse_known(HTML.content_type)
    from server.reference.layout import drawings  # brings grandalf and NumPy, which nothing else here needs

    return _page(
        "module.html",
        urls.vocabulary(),
        module=found,
        modules=modules(),
        entries=entries()[name],
        picture=pictures()[name],
        drawing=drawings()[name],
        examples=examples(engine(), found.terms),
        modelled=modelled,
    )


@blueprint.get("/ns/<number>")
@tells(
    Interface(
        "A version of the ontology, or its alignments.",
        "Vocabulary",
        (_EITHER,),
        (form_of(_OFFERS),),
        within=(_NUMBER,),
        faults=(*MADE, 404),
    )
)
def version(number: str) -> Response:
    """A version of the ontology, or its alignments. Raises Problem: 404, 406."""
    pages = {front.number(): _front, _ALIGNMENTS: _aligned}
    return _either(_known(number), pages.get(number, lambda: _earlier(number)))


@blueprint.get("/ns/<number>.<any(ttl, nt, jsonld, rdf, trig, nq):extension>")
@tells(
    Interface(
        "A version of the ontology, or its alignments.",
        "Vocabulary",
        (IN_RDF,),
        within=(_NUMBER, EXTENSION),
        faults=(*MADE, 404),
    )
)
def version_in(number: str, extension: str) -> Response:
    """The same in one syntax. Raises Problem 404."""
    return _data(_known(number), extension)


@blueprint.get("/shapes")
@tells(Interface("The rules for data, in SHACL.", "Vocabulary", (_EITHER,), (form_of(_OFFERS),), faults=MADE))
def shapes() -> Response:
    """What a node of each class must say, in words or as SHACL. Raises Problem 406."""
    return _either(_SHAPES, lambda: _page("shapes.html", urls.shapes(), modules=shape_modules()))


@blueprint.get("/shapes.<extension>")
@tells(
    Interface(
        "The rules for data, in SHACL.", "Vocabulary", (IN_RDF,), within=(EXTENSION,), faults=(*MADE, 404)
    )
)
def shapes_in(extension: str) -> Response:
    """The shapes in one syntax. Raises Problem 404."""
    return _data(_SHAPES, extension)


def _known(number: str) -> str:
    known = [name for name in (*_documents(), *ontology.versions()) if name != _SHAPES]
    if number not in known:
        raise Problem(404, f"The ontology has no version {number!r}. There is: {', '.join(sorted(known))}")
    return number


def _either(name: str, page: Callable[[], Response]) -> Response:
    """The page, or the data in the syntax that is asked for."""
    exactly(request.base_url)
    offer = asked(_OFFERS)
    return page() if isinstance(offer, Page) else _written(name, offer)


def _data(name: str, extension: str) -> Response:
    exactly(request.base_url)
    rdf = by_extension(extension)
    refuse_known(rdf.content_type)
    return _written(name, rdf)


def _written(name: str, rdf: Format[RdfFormat]) -> Response:
    return answered(_serialized(name, rdf.writer), rdf.content_type, generation().version)


@cache
def _documents() -> dict[str, Callable[[], Graph]]:
    """What can be had but for earlier versions; made when first asked for, since it reads the ontology."""
    return {front.number(): ontology.shared, _ALIGNMENTS: ontology.alignments, _SHAPES: ontology.shapes}


@cache
def _serialized(name: str, writer: RdfFormat) -> bytes:
    """Always the same bytes: blank nodes have their canonical names."""
    return triples.written((Quad(*quad.triple) for quad in parse(_lines(name), RdfFormat.N_TRIPLES)), writer)


@cache
def _lines(name: str) -> str:
    """The document as N-Triples; most who ask for one syntax ask for others too."""
    documents = _documents()
    graph = documents[name]() if name in documents else ontology.versions()[name]
    return "\n".join(triples.to_lines(graph))


def _front() -> Response:
    since, changes = front.changes()
    return _page(
        "vocabulary.html",
        urls.vocabulary(),
        about=front.about(ontology.shared()),
        modules=modules(),
        lists=lists(),
        taken={term.name for module in modules() for term in module.terms},
        namespaces=naming.namespaces(),
        versions=tuple(ontology.versions()),
        since=since,
        changes=changes,
    )


def _aligned() -> Response:
    return _page("alignments.html", urls.alignments(), rows=front.aligned())


def _earlier(number: str) -> Response:
    graph = ontology.versions()[number]
    return _page(
        "vocabulary-version.html",
        urls.vocabulary_version(number),
        about=front.about(graph),
        terms=of_namespace(graph),
        changes=evolution.changes(graph, ontology.shared()),
    )


def _page(template: str, document: str, **told: object) -> Response:
    """A page, with links to the RDF of the document that it tells of."""
    html = render_template(template, naming=naming, formats=RDF_FORMATS, **told)
    response = answered(html, HTML.content_type, generation().version)
    links = (f'<{document}.{row.extension}>; rel="alternate"; type="{row.media_type}"' for row in RDF_FORMATS)
    response.headers["Link"] = ", ".join(links)
    return response
