"""Reports of where something stands that lasts, such as a track or a corridor."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.engine.contract import Row
from server.portraits.material import Material
from server.portraits.records import cells, together
from server.tables import Cell
from server.words import Words, named, value


@dataclass(frozen=True)
class Standing:
    """A report of where something stands, by whom and as of when."""

    of: tuple[Cell, ...]  # where it is not what the page is about
    value: Cell
    who: tuple[Cell, ...]
    time: Cell
    words: tuple[Words, ...]


def standings(found: Material, iri: str) -> tuple[Standing, ...]:
    """Those of the section `status`, in its order."""
    return tuple(_standing(found, rows, iri) for _, rows in together(found.rows("status"), "item"))


def _standing(found: Material, rows: Sequence[Row], iri: str) -> Standing:
    row, base = rows[0], found.base
    others = [one for one in rows if value(one, "thing") not in ("", iri)]
    of = cells(others, "thing", base)
    return Standing(
        of, named(row, "kind", base), cells(rows, "who", base), named(row, "time", base), found.words(row)
    )
