"""What to send of what there is: by the name in `format=` if the request has one, else by Accept."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pyoxigraph import RdfFormat

from kg.formats import RDF_FORMATS, RESULT_FORMATS, Format
from server.negotiation import HTML, Offer, choose
from server.problems import Problem, not_acceptable


class Named(Offer, Protocol):
    """An offer that can be asked for by name."""

    @property
    def spellings(self) -> frozenset[str]: ...
    @property
    def content_type(self) -> str: ...


AnyNamed = TypeVar("AnyNamed", bound=Named)
_TABLES: tuple[Sequence[Named], ...] = (RESULT_FORMATS, RDF_FORMATS, (HTML,))
_KNOWN = frozenset(name for table in _TABLES for row in table for name in row.spellings)


def chosen(offers: Sequence[AnyNamed], name: str | None, accept: str | None) -> AnyNamed:
    """The offer to send; a name wins over the Accept header.

    Raises Problem: 406 where nothing fits, 400 for a name that no format has.
    """
    wanted = (name or "").lower()
    if wanted and wanted not in _KNOWN:
        raise Problem(400, f"No format is called {wanted[:40]!r}. There is: {', '.join(_names(offers))}")
    if wanted:
        found = next((offer for offer in offers if wanted in offer.spellings), None)
    else:
        found = choose(accept, offers)
    if found is None:
        raise not_acceptable([offer.media_type for offer in offers])
    return found


def by_extension(extension: str) -> Format[RdfFormat]:
    """The syntax that files with this ending have. Raises Problem 404."""
    found = next((row for row in RDF_FORMATS if row.extension == extension), None)
    if found is None:
        raise Problem(404, f"Data have one of the endings {', '.join(row.extension for row in RDF_FORMATS)}.")
    return found


def _names(offers: Sequence[Named]) -> list[str]:
    return [min(offer.spellings - {offer.media_type}, key=len) for offer in offers]
