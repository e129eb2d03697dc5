"""The axis of the timeline: where a day stands from left to right, in per cent.

Months, or years where there are many, of which more is told are wider: news tells much of a few months and
little of the years before, and on an even axis all that would lie on one spot. Within a month days are even,
and ticks say where years and wide months begin.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.times import label_of_month

_WIDTH_OF_ONE = 2.5  # of an empty unit, that each day that is told adds to its unit
_MANY_YEARS = 15
_YEAR_NAMED, _MONTH_NAMED = 8.0, 8.0  # per cent that the name of a year, or of a month, needs
_LAST_YEAR = 9999  # that a date can have


@dataclass(frozen=True)
class Tick:
    """The first day of a year or a wide month: where it stands, and its name where there is room for it."""

    place: float
    name: str
    major: bool


@dataclass(frozen=True)
class Scale:
    """The first days of units, and of the one after them, with where they begin."""

    starts: tuple[date, ...]
    places: tuple[float, ...]
    ticks: tuple[Tick, ...]
    even: bool

    def place(self, day: date) -> float:
        """Where a day begins; 0 and 100 for what lies outside."""
        unit = bisect_right(self.starts, day) - 1
        if unit < 0:
            return 0.0
        if unit >= len(self.starts) - 1:
            return 100.0
        first, after = self.starts[unit : unit + 2]
        left, right = self.places[unit : unit + 2]
        return round(left + (right - left) * (day - first).days / (after - first).days, 2)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.place(day + timedelta(1)) if day < date.max else 100.0


def scale(first: date, last: date, told: Iterable[date]) -> Scale:
    """The axis from one day to another; the days that are told make their units wider."""
    monthly = last.year - first.year < _MANY_YEARS
    starts = tuple(_starts(first, last, monthly))
    counts = Counter(_start(day, monthly) for day in told)
    weights = [1 + _WIDTH_OF_ONE * counts[start] for start in starts[:-1]]
    whole, places = sum(weights), [0.0]
    for weight in weights:
        places.append(places[-1] + 100 * weight / whole)
    rounded = tuple(round(place, 2) for place in places)
    return Scale(starts, rounded, tuple(_ticks(starts, rounded)), len(set(weights)) == 1)


def _start(day: date, monthly: bool) -> date:
    return date(day.year, day.month if monthly else 1, 1)


def _starts(first: date, last: date, monthly: bool) -> Iterable[date]:
    """First days of units from that of the first day to the one after the last."""
    day, end = _start(first, monthly), _start(last, monthly)
    while day <= end and day.year < _LAST_YEAR:
        yield day
        day = date(day.year, day.month + 1, 1) if monthly and day.month < 12 else date(day.year + 1, 1, 1)
    yield day


def _ticks(starts: Sequence[date], places: Sequence[float]) -> Iterable[Tick]:
    """Years are named first, where they do not crowd each other; then wide months where there is room."""
    units = [*zip(starts[:-1], places, places[1:], strict=False)]
    years = [(start, left) for start, left, _ in units if start.month == 1 or start == starts[0]]
    taken = [place for _, place in _apart(years)]
    for start, left, right in units:
        if (start, left) in years:
            yield Tick(left, _year(start, starts[0]) if left in taken else "", major=True)
        elif right - left >= _MONTH_NAMED / 2:
            room = all(abs(left - place) >= _YEAR_NAMED for place in taken)
            named = right - left >= _MONTH_NAMED and room
            yield Tick(left, label_of_month(start)[:3] if named else "", major=False)


def _apart(years: Iterable[tuple[date, float]]) -> Iterable[tuple[date, float]]:
    free = 0.0
    for start, place in years:
        if place >= free and place <= 100 - _YEAR_NAMED:
            free = place + _YEAR_NAMED
            yield start, place


def _year(start: date, first: date) -> str:
    return label_of_month(start) if start == first and start.month != 1 else str(start.year)
