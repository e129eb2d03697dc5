"""Places on corridors, as the pages of places and states show them."""

from dataclasses import dataclass

from server.portraits.material import Material
from server.portraits.records import each
from server.tables import Cell
from server.words import named, value


@dataclass(frozen=True)
class Membership:
    """A place on a corridor: its position and role there."""

    corridor: Cell
    position: str
    role: Cell


def memberships(found: Material) -> tuple[Membership, ...]:
    """Those of the section `corridor`."""
    base = found.base
    return each(
        found.ordered("corridor", "thing", "n"),
        lambda row: Membership(named(row, "thing", base), value(row, "n"), named(row, "kind", base)),
    )
