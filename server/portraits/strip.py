"""Who held which post when, as bars on one scale of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.vocab import Base
from server.engine.contract import Row
from server.tables import Cell
from server.words import named, value

_SHORTEST = 0.6  # of a bar, in hundredths of the strip: a day of a century is still seen


@dataclass(frozen=True)
class Holding:
    """Who holds or held which post, from when until when as far as that is told.

    The bar begins at `start` and has this `length`, in hundredths of the strip; none without a beginning.
    """

    post: Cell
    who: Cell
    since: str
    until: str
    start: float = 0
    length: float = 0


@dataclass(frozen=True)
class Strip:
    """Posts over the years from `first` to the end of `last`; both are 0 where no time is told."""

    holdings: tuple[Holding, ...]
    first: int = 0
    last: int = 0


def strip(rows: Sequence[Row], until: str, base: Base) -> Strip:
    """Posts with bars; what has not ended lasts to this day, which is that of the data."""
    told = [year for row in rows for column in ("from", "to") if (year := _year(value(row, column)))]
    if not told:
        return Strip(tuple(_holding(row, base) for row in rows))
    now = _year(until)
    first, last = int(min(told)), int(max([*told, now]))
    return Strip(tuple(_holding(row, base, first, last + 1 - first, now) for row in rows), first, last)


def _holding(row: Row, base: Base, first: int = 0, span: int = 0, now: float = 0) -> Holding:
    post, who = named(row, "thing", base), named(row, "who", base)
    since, ended = value(row, "from"), value(row, "to")
    began, end = _year(since), _year(ended)
    if not (began and span):
        return Holding(post, who, since, ended)
    start = 100 * (began - first) / span
    length = 100 * ((end or max(now, began)) - began) / span
    return Holding(post, who, since, ended, round(start, 2), round(max(length, _SHORTEST), 2))


def _year(day: str) -> float:
    """A day as a year with a fraction, near enough for a bar; 0 for what is no day."""
    try:
        told = date.fromisoformat(day)
    except ValueError:
        return 0
    return told.year + (told.timetuple().tm_yday - 1) / 366
