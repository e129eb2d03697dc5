"""/.well-known/void, /void.<extension>, /dataset: what is said of the data set as a whole, in VoID and DCAT.

W3C note "Describing Linked Datasets with the VoID Vocabulary", section 7.2, for the well-known address.
"""

from urllib.parse import urljoin

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Quad, RdfFormat, parse

from kg import triples
from kg.formats import RDF_FORMATS, Format, named
from kg.vocab import Base
from server import data_page, lookups, urls
from server.choice import by_extension
from server.citing import works
from server.citing.shown import of_thing as citation
from server.context import engine, generation
from server.data_catalog import catalogue
from server.data_services import data_services
from server.engine.contract import Formats, Question
from server.interface import ASKS, EXTENSION, IN_RDF, Interface, form_of, offered, tells
from server.kept_dumps import kept
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.responses import answered, refuse_known
from server.schema_dataset import schema_dataset

blueprint = Blueprint("data_set", __name__)

_OFFERS: tuple[Format[RdfFormat] | Page, ...] = (*RDF_FORMATS, HTML)


@blueprint.get("/.well-known/void")
@tells(
    Interface(
        "The data set in VoID and DCAT.", "Data set", (IN_RDF,), (form_of(RDF_FORMATS),), faults=(*ASKS, 404)
    )
)
def well_known() -> Response:
    """The description in RDF. Raises Problem: 404, 406."""
    return _written(asked(RDF_FORMATS))


@blueprint.get("/void.<extension>")
@tells(
    Interface(
        "The data set in VoID and DCAT.", "Data set", (IN_RDF,), within=(EXTENSION,), faults=(*ASKS, 404)
    )
)
def described_in(extension: str) -> Response:
    """The description in one syntax. Raises Problem 404."""
    rdf = by_extension(extension)
    refuse_known(rdf.content_type)
    return _written(rdf)


@blueprint.get("/dataset")
@tells(
    Interface(
        "The data set.",
        "Data set",
        (offered(_OFFERS, "As a page or in RDF."),),
        (form_of(_OFFERS),),
        faults=(*ASKS, 404),
    )
)
def page() -> Response:
    """The description as a page, or in RDF. Raises Problem: 404, 406."""
    offer = asked(_OFFERS)
    return _shown() if isinstance(offer, Page) else _written(offer)


def _written(rdf: Format[RdfFormat]) -> Response:
    quads = parse("\n".join(_lines()), RdfFormat.N_TRIPLES)
    body = triples.written((Quad(*quad.triple) for quad in quads), rdf.writer)
    return _linked(answered(body, rdf.content_type, generation().version))


def _shown() -> Response:
    present = generation()
    listed = kept(present).get(present.version)
    lines = _lines()
    told = schema_dataset(lines, present.base)
    html = render_template(
        "dataset.html",
        told=told,
        listed=listed,
        choices=data_page.choices(listed),
        counts=data_page.counts(told),
        measured=data_page.measured(),
        lean=data_page.lean(engine()),
        versions=kept(present),
        example=urls.thing("state/azerbaijan", whole=True),
        services=data_services(),
        formats=RDF_FORMATS,
        void=urls.graph("void"),
        cited=citation(*works.data_set()),
    )
    return _linked(answered(html, HTML.content_type, present.version))


def _linked(response: Response) -> Response:
    alternates = (
        f'<{urls.data_set(row.extension)}>; rel="alternate"; type="{row.media_type}"' for row in RDF_FORMATS
    )
    response.headers["Link"] = ", ".join(alternates)
    return response


def _lines() -> tuple[str, ...]:
    """Every triple of the description, as sorted lines. Raises Problem 404 for a store that has none."""
    present, home = generation(), urljoin(request.host_url, urls.home())
    held = _held(present.base)
    if not held:
        raise Problem(404, "This store has no description of its data; that of the service is at /sparql")
    added = catalogue(
        present,
        kept(present).get(present.version),
        data_services(),
        lambda place: urljoin(home, place),
    )
    return tuple(sorted({*held, *triples.to_lines(added)}))


def _held(of: Base) -> tuple[str, ...]:
    """What the graph itself says of the data."""
    asked_for = Question(
        lookups.text("graph", of, this=str(of.graph("void"))), Formats(graphs=named("ntriples", RDF_FORMATS))
    )
    return tuple(triples.lines_of(engine().ask(asked_for).body.decode()))
