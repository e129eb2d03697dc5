"""What a thing is called besides its neutral label: terms, each with those who use it and the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.engine.contract import Row
from server.portraits.material import Material
from server.portraits.records import cells, together
from server.tables import EMPTY, Cell
from server.words import Words, named, value


@dataclass(frozen=True)
class Term:
    """A term for the thing, who uses it and where; `of` is another account, where it is a term for that."""

    text: str
    who: tuple[Cell, ...]
    of: Cell
    words: tuple[Words, ...]


def terms(found: Material, iri: str) -> tuple[Term, ...]:
    """The terms in the section `term`, for the thing with this IRI or for `thing`."""
    return tuple(
        _term(rows, iri, found) for _, rows in together(found.ordered("term", "text", "who"), "text")
    )


def _term(rows: Sequence[Row], iri: str, found: Material) -> Term:
    row = next((row for row in rows if value(row, "thing") == iri), rows[0])
    of = EMPTY if value(row, "thing") == iri else named(row, "thing", found.base)
    return Term(value(row, "text"), cells(rows, "who", found.base), of, found.words(row))
