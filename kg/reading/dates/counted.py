"""Times counted in units from the publication: "last month", "two weeks ago", "the past year"."""

from collections.abc import Callable
from datetime import date, timedelta

from kg.model import TimeSpan
from kg.reading.dates.calendar import (
    about,
    of_day,
    of_days,
    of_decade,
    of_month,
    of_months,
    of_week,
    of_year,
    onward,
    shifted,
    up_to,
)


def _whole(unit: str, shift: int, published: date) -> TimeSpan:
    """Last, this and next week, month, year, …: whole units of the calendar."""
    step = "week" if unit == "weekend" else unit
    day = shifted(published, step, shift)
    if unit in ("week", "weekend"):
        return of_week(day, weekend=unit == "weekend")
    if unit == "quarter":
        return of_months(day.year, day.month - (day.month - 1) % 3, 3)
    makers: dict[str, Callable[[], TimeSpan]] = {
        "day": lambda: of_day(day),
        "month": lambda: of_month(day.year, day.month),
        "year": lambda: of_year(day.year),
        "decade": lambda: of_decade(day.year),
    }
    return makers[unit]()


def _ago(unit: str, shift: int, published: date) -> TimeSpan:
    """So many units ago: a day exactly; about a week, month or year; a decade give or take half of one."""
    day = shifted(published, unit, shift)
    if unit == "day":
        return of_day(day)
    if unit == "week":
        return _roughly(day - timedelta(days=3), day + timedelta(days=3), 10)
    if unit == "decade":
        return _roughly(date(day.year - 5, 1, 1), date(day.year + 5, 12, 31), 4)
    return about(of_month(day.year, day.month) if unit == "month" else of_year(day.year))


def _roughly(first: date, last: date, digits: int) -> TimeSpan:
    """An interval with approximate bounds, written with so many characters of the date."""
    edtf = f"{first.isoformat()[:digits]}~/{last.isoformat()[:digits]}~"
    return TimeSpan(first, last, "interval", edtf)


def _span(unit: str, shift: int, published: date) -> TimeSpan:
    """The past two weeks, the next three months: up to the publication, or from it."""
    first, last = sorted((shifted(published, unit, shift), published))
    marks = ("~", "") if shift < 0 else ("", "~")
    span = of_days(first, last)
    return TimeSpan(first, last, span.precision, f"{first}{marks[0]}/{last}{marks[1]}") if shift else span


def _vague(unit: str, shift: int, published: date) -> TimeSpan:
    """An unsaid number of units: up to the publication (or so many units before it), or from it on."""
    if shift > 0:
        return onward(of_day(published))
    return up_to(of_day(published if shift == -1 else shifted(published, unit, shift)))


COUNTED: dict[str, Callable[[str, int, date], TimeSpan]] = {
    "at": _whole,
    "ago": _ago,
    "span": _span,
    "vague": _vague,
}
