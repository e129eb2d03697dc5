"""/fragments: triples or quads by pattern, a hundred at a time, for clients that join them themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import quote_from_bytes, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg import void
from kg.formats import RDF_FORMATS, Format
from kg.vocab import PREFIXES
from queries.parameters import Parameter, WrongValue
from server import lookups, urls
from server.choice import chosen
from server.context import base, engine, generation
from server.fragments.controls import NAMESPACES, Controls, default_graph
from server.fragments.pattern import GRAPH, QUAD, TRIPLE, Pattern, term
from server.interface import ASKS, Interface, form_of, offered, tells
from server.negotiation import HTML, Page
from server.problems import Problem
from server.request_fields import read, whole, wrong
from server.responses import answered, refuse_known
from server.tables import cell
from server.words import value

blueprint = Blueprint("pattern_fragments", __name__)

PAGE = Parameter("page", "integer", "Which part, from 1.", example="1", least=1, most=100_000_000)
OFFERS: Sequence[Format[ox.RdfFormat] | Page] = (*RDF_FORMATS, HTML)
_ANSWER = offered(OFFERS, "A part of the fragment, and how to go on.")
_SIZE = 100  # matches in a part
# What stays of an address as a client wrote it: clients compare. All else is no part of an IRI as it is.
_KEPT = "!$&'()*+,;=:@/?-._~%"
_STRAY = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Part:
    """A part of a fragment: its matches, and what it says of itself."""

    quads: list[ox.Quad]
    controls: Controls
    number: int

    @property
    def pages(self) -> int:
        return max(ceil(self.controls.total / _SIZE), 1)


@blueprint.get("/fragments")
@tells(
    Interface(
        "Triples by pattern, with Hydra controls.",
        "Fragments",
        (_ANSWER,),
        (*TRIPLE, PAGE, form_of(OFFERS)),
        faults=(*ASKS, 404),
    )
)
def triples() -> Response:
    """The triples of all graphs together that match. Raises Problem: 404 past the last part, 400, 406."""
    return _answer(TRIPLE)


@blueprint.get("/fragments/quads")
@tells(
    Interface(
        "Quads by pattern, with Hydra controls.",
        "Fragments",
        (_ANSWER,),
        (*QUAD, PAGE, form_of(OFFERS)),
        faults=(*ASKS, 404),
    )
)
def quads() -> Response:
    """The triples of named graphs that match, each with its graph. Raises Problem as `triples` does."""
    return _answer(QUAD)


def _answer(places: tuple[Parameter, ...]) -> Response:
    given = read((*places, PAGE))
    offer = chosen(OFFERS, request.args.get("format"), request.headers.get("Accept"))
    refuse_known(offer.content_type)
    part = _part(places, given)
    if offer is HTML:
        return _page(part, given)
    assert isinstance(offer, Format)
    return answered(_written(part, offer), offer.content_type, generation().version)


def _part(places: tuple[Parameter, ...], given: dict[str, str]) -> Part:
    endpoint, number = request.base_url, whole(given, PAGE, 1)
    pattern = _pattern(places, given, endpoint)
    found = lookups.run(engine(), pattern.part(_SIZE, (number - 1) * _SIZE)) if pattern.possible else []
    total = (number - 1) * _SIZE + len(found)
    if pattern.possible and (len(found) == _SIZE or (number > 1 and not found)):
        total = int(value(lookups.run(engine(), pattern.count())[0], "n"))
    pages = max(ceil(total / _SIZE), 1)
    if number > pages:
        raise Problem(404, f"This fragment has {pages:,} parts, numbered from 1.")
    asked = {name: text for name, text in given.items() if name != PAGE.name}
    return Part(pattern.quads(iter(found)), _controls(places, endpoint, asked, total, number, pages), number)


def _pattern(places: tuple[Parameter, ...], given: dict[str, str], endpoint: str) -> Pattern:
    try:
        terms = {place.name: term(place, given.get(place.name, "")) for place in places}
    except WrongValue as fault:
        raise wrong(fault) from None
    together = terms.get(GRAPH.name) == ox.NamedNode(default_graph(endpoint))
    if together:
        del terms[GRAPH.name]
    return Pattern(terms, graphs=GRAPH in places and not together)


def _controls(
    places: tuple[Parameter, ...], endpoint: str, asked: dict[str, str], total: int, number: int, pages: int
) -> Controls:
    beside = {"first": 1, "last": pages} | ({"previous": number - 1} if number > 1 else {})
    beside |= {"next": number + 1} if number < pages else {}
    raw = _STRAY.sub(b"%25", quote_from_bytes(request.query_string, _KEPT).encode()).decode()
    return Controls(
        dataset=str(void.dataset(base())),
        endpoint=endpoint,
        fragment=_address(endpoint, asked),
        page=f"{endpoint}?{raw}" if raw else endpoint,
        places=places,
        total=total,
        size=_SIZE,
        links={name: _address(endpoint, {**asked, PAGE.name: str(at)}) for name, at in beside.items()},
    )


def _address(endpoint: str, fields: dict[str, str]) -> str:
    return f"{endpoint}?{urlencode(fields)}" if fields else endpoint


def _written(part: Part, offer: Format[ox.RdfFormat]) -> bytes:
    """The matches with the description, which has a graph of its own in syntaxes that have graphs."""
    all_quads = [*part.quads, *part.controls.quads()]
    content = (
        all_quads if offer.writer.supports_datasets else dict.fromkeys(quad.triple for quad in all_quads)
    )
    return ox.serialize(content, format=offer.writer, prefixes=PREFIXES | NAMESPACES) or b""


def _page(part: Part, given: dict[str, str]) -> Response:
    here = base()
    rows = [[cell(one, here) for one in (*quad.triple, quad.graph_name)] for quad in part.quads]
    html = render_template(
        "fragment.html",
        part=part,
        given=given,
        rows=rows,
        formats=RDF_FORMATS,
        urls=urls,
        links=part.controls.links,
    )
    return answered(html, HTML.content_type, generation().version)
