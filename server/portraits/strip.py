"""Who held which post when, as bars on one scale of years."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    days = [day for row in rows for column in ("from", "to") if (day := value(row, column))]
    if not days:
        return Strip(tuple(_holding(row, base) for row in rows))
    first, last = int(min(days)[:4]), int(max([*days, until])[:4])
    span = last + 1 - first
    return Strip(tuple(_holding(row, base, first, span, until) for row in rows), first, last)


def _holding(row: Row, base: Base, first: int = 0, span: int = 0, until: str = "") -> Holding:
    since, ended = value(row, "from"), value(row, "to")
    post, who = named(row, "thing", base), named(row, "who", base)
    if not (since and span):
        return Holding(post, who, since, ended)
    start = 100 * (_year(since) - first) / span
    end = 100 * (_year(ended or max(until, since)) - first) / span
    return Holding(post, who, since, ended, round(start, 2), round(max(end - start, _SHORTEST), 2))


def _year(day: str) -> float:
    """A day as a year with a fraction, near enough for a bar."""
    year, month, date = (*day.split("-"), "1", "1")[:3]
    return int(year) + (int(month) - 1) / 12 + (int(date) - 1) / 372
