"""Small records that portraits of several kinds show."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from kg.vocab import VAL, Base
from server.engine.contract import Row
from server.tables import EMPTY, Cell
from server.words import named, value

MOST = 10_000  # things of a kind that a portrait counts
_VOUCHED = f"{VAL}factuality-asserted"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Count:
    """A number of things; more than the most that is counted means: or more."""

    number: int

    def __str__(self) -> str:
        return f"{self.number:,}" if self.number <= MOST else f"more than {MOST:,}"


@dataclass(frozen=True)
class Happening:
    """An event: what it came to, when, and how sure it is where no source vouches for it."""

    name: Cell
    status: Cell
    doubt: Cell
    time: Cell


@dataclass(frozen=True)
class Talks:
    """Talks or an agreement, and a part in them: of what kind, in what state, played through whom."""

    name: Cell
    part: str
    state: Cell
    time: Cell
    through: Cell = EMPTY
    stalled: bool = False
    refusal: Cell = EMPTY


def happening(row: Row, base: Base, column: str = "item") -> Happening:
    """An event from the columns `state` (its factuality), `kind` (its status) and `time`."""
    return Happening(
        named(row, column, base), named(row, "kind", base), doubt(row, base), named(row, "time", base)
    )


def doubt(row: Row, base: Base) -> Cell:
    """The factuality in the column `state`, where it is another than that of what a source vouches for."""
    return EMPTY if value(row, "state") in ("", _VOUCHED) else named(row, "state", base)


def counts(rows: Iterable[Row]) -> dict[str, Count]:
    """Numbers `n` by what they count, which the column `text` names."""
    return {value(row, "text"): Count(int(value(row, "n"))) for row in rows}


def cells(rows: Iterable[Row], column: str, base: Base) -> tuple[Cell, ...]:
    """The different things in a column, in their order."""
    return tuple(dict.fromkeys(cell for row in rows if (cell := named(row, column, base)).text))


def together(rows: Iterable[Row], column: str) -> Iterator[tuple[str, Sequence[Row]]]:
    """Rows that follow one another with the same value in a column."""
    return ((key, [*members]) for key, members in groupby(rows, key=lambda row: value(row, column)))


def first(rows: Iterable[Row], column: str) -> list[Row]:
    """The first row for each value of a column, in their order."""
    return [*{value(row, column): row for row in reversed([*rows])}.values()][::-1]


def each(rows: Iterable[Row], make: Callable[[Row], Made]) -> tuple[Made, ...]:
    """What is made of each row, without repeats."""
    return tuple(dict.fromkeys(map(make, rows)))
