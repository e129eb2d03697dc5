"""/ns: the terms that the graph is written in, as a list for people and as RDF."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.formats import RDF_FORMATS, Format
from server import lookups, urls
from server.context import base, engine, generation
from server.engine.contract import Row
from server.graphs import triples
from server.negotiation import HTML, Page
from server.offers import asked
from server.responses import answered

blueprint = Blueprint("vocabulary", __name__)

_OFFERS: tuple[Format[RdfFormat] | Page, ...] = (*RDF_FORMATS, HTML)
_SECTIONS = {
    "class": "Classes",
    "property": "Properties",
    "relation": "Relations",
    "value": "Values",
    "plover": "Event codes",
    "pax": "Stages of agreements",
}


@dataclass(frozen=True)
class Term:
    """One term of ours; `anchor` is its place on the page."""

    iri: str
    anchor: str
    kind: str
    label: str
    definition: str
    parents: str


@blueprint.get("/ns")
def terms() -> Response:
    """The ontology in RDF, or its terms on a page."""
    offer = asked(_OFFERS)
    if not isinstance(offer, Page):
        return triples(str(base().graph("ontology")), offer)
    found = [term for row in lookups.select(engine(), "terms") if (term := _term(row))]
    sections = {title: [t for t in found if t.kind == kind] for kind, title in _SECTIONS.items()}
    html = render_template("vocabulary.html", sections=sections)
    return answered(html, HTML.content_type, generation().version)


def _term(row: Row) -> Term | None:
    """A row of the lookup as a term; None for what belongs to another vocabulary."""
    told = {name: term.value for name, term in row.items() if isinstance(term, Literal | NamedNode)}
    anchor = urls.anchor(told["term"])
    if not anchor:
        return None
    family = anchor.partition("-")[0]
    kind = family if family in _SECTIONS else told["kind"]
    return Term(
        told["term"], anchor, kind, told["label"], told.get("definition", ""), told.get("parents", "")
    )
