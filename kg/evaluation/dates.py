"""Dates of ISO 8601 and EDTF as the days between which they lie."""

import calendar
import re
from dataclasses import dataclass
from datetime import date as Day

_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # as the reader counts its seasons
_MONTHS |= {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
_POINT = re.compile(r"(\d{2}[\dXu]{2})(?:-(\d{2}|XX|uu)(?:-(\d{2}|XX|uu))?)?")


@dataclass(frozen=True)
class Interval:
    """Inclusive bounds; None for a side that is open or not known."""

    earliest: Day | None
    latest: Day | None

    def within(self, other: "Interval") -> bool:
        """Whether no day of this one lies outside the other."""
        after = other.earliest is None or (self.earliest is not None and self.earliest >= other.earliest)
        before = other.latest is None or (self.latest is not None and self.latest <= other.latest)
        return after and before


def interval(text: str) -> Interval | None:
    """The days that a date, month, season, year, decade or interval means; None for anything else.

    Marks of doubt (`~`, `?`, `%`) and a time of day are left out. Levels 0 and 1 of
    https://www.loc.gov/standards/datetime/, and its quarters and halves of years.
    """
    plain = re.sub(r"[~?%]", "", text.strip())
    first, slash, last = plain.partition("/")
    begin, end = _bound(first), _bound(last) if slash else _bound(first)
    if begin is None or end is None or (begin.earliest is None and end.latest is None):
        return None
    if begin.earliest and end.latest and begin.earliest > end.latest:
        return None
    return Interval(begin.earliest, end.latest)


def _bound(text: str) -> Interval | None:
    if text in ("", ".."):
        return Interval(None, None)
    found = _POINT.fullmatch(re.sub(r"[T ]\d.*$", "", text))
    if found is None:
        return None
    try:
        return _point(*found.groups())
    except (ValueError, KeyError):
        return None


def _point(year: str, month: str | None, day: str | None) -> Interval:
    first, last = int(re.sub(r"\D", "0", year)), int(re.sub(r"\D", "9", year))
    if first != last or month is None or not month.isdigit():
        return Interval(Day(first, 1, 1), Day(last, 12, 31))
    if int(month) > 12:
        return _months(first, *_MONTHS[int(month)])
    if day is None or not day.isdigit():
        return _months(first, int(month), int(month))
    return Interval(Day(first, int(month), int(day)), Day(first, int(month), int(day)))


def _months(year: int, first: int, last: int) -> Interval:
    """From the first to the last month, which may be one of the year after."""
    ends, month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Interval(Day(year, first, 1), Day(ends, month, calendar.monthrange(ends, month)[1]))
