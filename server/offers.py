"""What a request asks for among what a route offers: by `format=` if it is there, else by Accept."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from flask import request

from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server.errors import Problem, not_acceptable
from server.negotiation import HTML, Offer, choose


class Named(Offer, Protocol):
    """An offer that can be asked for by name."""

    @property
    def spellings(self) -> frozenset[str]: ...


AnyNamed = TypeVar("AnyNamed", bound=Named)
_TABLES: tuple[Sequence[Named], ...] = (RESULT_FORMATS, RDF_FORMATS, (HTML,))
_KNOWN = frozenset(name for table in _TABLES for row in table for name in row.spellings)


def asked(offers: Sequence[AnyNamed], name: str | None = None) -> AnyNamed:
    """The offer to send; `name` is the request's `format=` (None: look in the address).

    Raises Problem: 406 where nothing fits, 400 for a name that no format has.
    """
    wanted = (name or request.args.get("format") or "").lower()
    if wanted and wanted not in _KNOWN:
        raise Problem(400, f"No format is called {wanted!r}. There is: {', '.join(_names(offers))}")
    if wanted:
        chosen = next((offer for offer in offers if wanted in offer.spellings), None)
    else:
        chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        raise not_acceptable([offer.media_type for offer in offers])
    return chosen


def _names(offers: Sequence[Named]) -> list[str]:
    return [min(offer.spellings - {offer.media_type}, key=len) for offer in offers]
