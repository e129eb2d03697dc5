"""Stretches of the calendar as time spans, with their text in EDTF (https://www.loc.gov/standards/datetime/).

Seasons are northern and meteorological: spring starts in March, and the winter of a year in its December.
Weeks start on Monday. A bound that the words leave vague is marked as approximate (`~`) in the EDTF text.
"""

import calendar
import re
from datetime import date, timedelta

from kg.model import TimeSpan

_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
ANY_TIME = "../.."  # the only valid EDTF for a bound beside a date whose year is unknown
_UNITS = {"day": 1, "week": 7}


def shifted_month(year: int, month: int, by: int) -> tuple[int, int]:
    """The month so many months later (earlier if negative)."""
    years, index = divmod(month - 1 + by, 12)
    return year + years, index + 1


def shifted(day: date, unit: str, by: int) -> date:
    """The day so many units later, at most the last of its month. Raises OverflowError or ValueError."""
    if unit in _UNITS:
        return day + timedelta(days=by * _UNITS[unit])
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * by
    year, month = shifted_month(day.year, day.month, months)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def of_day(day: date) -> TimeSpan:
    return TimeSpan(day, day, "day", day.isoformat())


def of_month(year: int, month: int) -> TimeSpan:
    last = calendar.monthrange(year, month)[1]
    return TimeSpan(date(year, month, 1), date(year, month, last), "month", f"{year:04}-{month:02}")


def of_months(year: int, month: int, count: int) -> TimeSpan:
    """A run of whole months."""
    return joined(of_month(year, month), of_month(*shifted_month(year, month, count - 1)))


def of_season(year: int, code: int) -> TimeSpan:
    """Spring 21, summer 22, autumn 23 or winter 24, as EDTF level 1 numbers them."""
    months = of_months(year, _FIRST_MONTH[code], 3)
    return TimeSpan(months.earliest, months.latest, "season", f"{year:04}-{code}")


def of_year(year: int) -> TimeSpan:
    return TimeSpan(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def of_decade(year: int) -> TimeSpan:
    """The ten years that share the first three digits of the year."""
    first = year - year % 10
    return TimeSpan(date(first, 1, 1), date(first + 9, 12, 31), "interval", f"{first // 10:03}X")


def of_days(first: date, last: date) -> TimeSpan:
    """From one day to another, both included."""
    return joined(of_day(first), of_day(last))


def of_week(day: date, weekend: bool = False) -> TimeSpan:
    """The week (Monday to Sunday) or weekend (Saturday and Sunday) that the day's week holds."""
    monday = day - timedelta(days=day.weekday())
    return of_days(monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6))


def unknown(edtf: str) -> TimeSpan:
    """A time that the text does not place on the calendar."""
    return TimeSpan(None, None, "open", edtf)


def starting(time: TimeSpan) -> str:
    """The EDTF text of the start of a span, in a form that may bound an interval."""
    return _bound(time, time.earliest, 0)


def ending(time: TimeSpan) -> str:
    """The EDTF text of the end of a span, in a form that may bound an interval."""
    return _bound(time, time.latest, -1)


def _bound(time: TimeSpan, day: date | None, side: int) -> str:
    if time.precision == "season" and day is not None:
        return day.isoformat()[:7]
    if time.edtf.endswith("X") and day is not None:
        return day.isoformat()[:4]
    return time.edtf.split("/")[side]


def joined(first: TimeSpan, last: TimeSpan) -> TimeSpan:
    """From the start of one span to the end of the other; one day if both are the same day."""
    if first == last and first.precision == "day":
        return first
    precision = "open" if None in (first.earliest, last.latest) else "interval"
    return TimeSpan(first.earliest, last.latest, precision, f"{starting(first)}/{ending(last)}")


def onward(time: TimeSpan) -> TimeSpan:
    """From the start of the span, with no end known."""
    if time.earliest is None:
        return unknown(ANY_TIME)
    return TimeSpan(time.earliest, None, "open", f"{starting(time)}/..")


def up_to(time: TimeSpan) -> TimeSpan:
    """To the end of the span, with no start known."""
    if time.latest is None:
        return unknown(ANY_TIME)
    return TimeSpan(None, time.latest, "open", f"../{ending(time)}")


def day_before(time: TimeSpan) -> TimeSpan:
    """Before the span: to the day before its start."""
    if time.earliest is None:
        return unknown(ANY_TIME)
    return up_to(of_day(time.earliest - timedelta(days=1)))


def day_after(time: TimeSpan) -> TimeSpan:
    """After the span: from the day after its end."""
    if time.latest is None:
        return unknown(ANY_TIME)
    return onward(of_day(time.latest + timedelta(days=1)))


def about(time: TimeSpan) -> TimeSpan:
    """The same span, marked as approximate."""
    return TimeSpan(time.earliest, time.latest, time.precision, time.edtf + "~")


def narrowed(time: TimeSpan, first: int, end: int) -> TimeSpan:
    """The part of a year, decade, season or month between two twelfths of it, counted from 0; others whole.

    Thirds have vague inner bounds; halves and quarters are exact.
    """
    if time.earliest is None or time.latest is None:
        return time
    pieces = _pieces(time)
    if len(pieces) < 2:
        return time
    count = len(pieces)
    start, stop = pieces[first * count // 12], pieces[-(-end * count // 12) - 1]
    if start == stop:
        return about(start)
    part = joined(start, stop)
    if end - first != 4:
        return part
    texts = starting(part) + "~" * (first > 0), ending(part) + "~" * (end < 12)
    return TimeSpan(part.earliest, part.latest, "interval", "/".join(texts))


def _pieces(time: TimeSpan) -> list[TimeSpan]:
    """The smaller units of a span, in order; none where it is not divided."""
    first, last = time.earliest, time.latest
    if first is None or last is None:
        return []
    if re.fullmatch(r"\d{3}X", time.edtf):
        return [of_year(year) for year in range(first.year, last.year + 1)]
    if time.precision in ("year", "season"):
        count = 12 if time.precision == "year" else 3
        return [of_month(*shifted_month(first.year, first.month, index)) for index in range(count)]
    if time.precision == "month":
        return [of_day(first + timedelta(days=index)) for index in range(last.day)]
    return []
