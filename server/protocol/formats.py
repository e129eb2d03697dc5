"""In which syntax an operation is answered: the tables of `kg.formats`, by kind of answer."""

from collections.abc import Sequence
from functools import lru_cache

import pyoxigraph as ox

from kg.formats import RDF_FORMATS, RESULT_FORMATS, Format
from server.choice import chosen
from server.engine.contract import Formats
from server.negotiation import HTML, Page
from server.protocol.operation import Operation

AnyFormat = Format[ox.QueryResultsFormat] | Format[ox.RdfFormat]
Offer = AnyFormat | Page
# A text of no known form fails to parse; until it does, whatever is asked for will do.
_ANYTHING: tuple[AnyFormat, ...] = (*RESULT_FORMATS, *RDF_FORMATS)
_OFFERS: dict[str, Sequence[AnyFormat]] = {
    "select": RESULT_FORMATS,
    "ask": RESULT_FORMATS,
    "construct": RDF_FORMATS,
    "describe": RDF_FORMATS,
}


@lru_cache(maxsize=1024)  # most clients send one of a few headers
def for_query(form: str, name: str | None, accept: str | None) -> Formats | None:
    """How to write the answer to a query of this form (select, ask, construct, describe or none).

    None stands for the page that shows it. Raises Problem: 406, 400 for a name that no format has.
    """
    offers: tuple[Offer, ...] = (*_OFFERS.get(form, _ANYTHING), HTML)
    found = chosen(offers, name, accept)
    if isinstance(found, Page):
        return None
    results = next((row for row in RESULT_FORMATS if row == found), RESULT_FORMATS[0])
    graphs = next((row for row in RDF_FORMATS if row == found), RDF_FORMATS[0])
    return Formats(results, graphs)


def is_for_a_page(asked: Operation, accept: str | None) -> bool:
    """Whether the answer is to be a page. Raises Problem: 406, 400 for a name that no format has."""
    if asked.kind == "description":
        return for_description(asked.format, accept) is None
    return asked.kind == "query" and for_query(asked.form, asked.format, accept) is None


def for_graph(name: str | None, accept: str | None) -> Format[ox.RdfFormat]:
    """How to write a graph. Raises Problem: 406, 400 for a name that no format has."""
    return chosen(RDF_FORMATS, name, accept)


def for_description(name: str | None, accept: str | None) -> Format[ox.RdfFormat] | None:
    """How to write the description of the service; None stands for the query page. Raises Problem."""
    offers: tuple[Format[ox.RdfFormat] | Page, ...] = (*RDF_FORMATS, HTML)
    found = chosen(offers, name, accept)
    return None if isinstance(found, Page) else found
