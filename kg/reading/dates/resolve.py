"""Places a point of the calendar, relative to the day of publication where it fixes no year.

Rules for a point without a year (AP usage; news mostly looks back):
- said to be past: the most recent one, not after the publication (a day: not after the next, for time zones);
- said to be still to come: the next one, the current one included;
- planned or possible: the nearer of the two;
- nothing said: the most recent one, unless it ended more than 304 days (ten months) before: then the next.
A weekday or "the weekend" with nothing said is the most recent, the day of publication included. "Last" is
the most recent wholly over (a season: by 30 days, as one just over is still called "this"), "next" the first
to begin, "this" that of the year or week of publication.
"""

import calendar
from datetime import date, timedelta

from kg.model import TimeSpan
from kg.reading.dates.calendar import of_day, of_decade, of_month, of_season, of_week, of_year, unknown
from kg.reading.dates.counted import COUNTED
from kg.reading.dates.shapes import Point

_TOO_LONG_AGO = 304  # days
_JUST_OVER = 30  # days
_YEARS_AROUND = 2
_LEAP_YEARS_AROUND = 8  # 29 February may be that far away


def resolve(point: Point, published: date | None, tense: str | None) -> TimeSpan | None:
    """The time that a point means; None for one that does not exist ("Feb. 30") or is beyond the calendar."""
    try:
        if point.year is not None:
            return _in_year(point, point.year)
        if published is None:
            return _undated(point)
        if point.year_shift is not None:
            return _in_year(point, published.year + point.year_shift)
        if point.shift is not None:
            return COUNTED[point.form](point.unit, point.shift, published)
        if point.unit == "weekday":
            return _weekday(point, published, tense)
        if point.unit == "weekend":
            return _weekend(point, published, tense)
        return _chosen(_around(point, published), point, published, tense)
    except (ValueError, OverflowError):  # what datetime raises outside its years and for a day that is none
        return None


def _in_year(point: Point, year: int) -> TimeSpan:
    """The point in that year. ValueError: its month has no such day."""
    if point.unit == "day":
        return of_day(date(year, point.month or 1, point.day or 1))
    if point.unit == "month":
        return of_month(year, point.month or 1)
    if point.unit == "season":
        return of_season(year, point.season or 21)
    return of_decade(year) if point.unit == "decade" else of_year(year)


def _undated(point: Point) -> TimeSpan | None:
    """A point that needs a day of publication, without one: open, with the digits that are known."""
    if point.unit == "day" and point.month is not None and point.day is not None:
        date(2000, point.month, point.day)  # a leap year: any day that ever exists
        return unknown(f"XXXX-{point.month:02}-{point.day:02}")
    if point.unit == "month" and point.month is not None:
        return unknown(f"XXXX-{point.month:02}")
    if point.form != "at":
        return unknown("../..")
    return unknown({"day": "XXXX-XX-XX", "weekday": "XXXX-XX-XX", "month": "XXXX-XX"}.get(point.unit, "XXXX"))


def _around(point: Point, published: date) -> list[TimeSpan]:
    """The point in each year around the publication in which it exists, in order."""
    around = _LEAP_YEARS_AROUND if (point.month, point.day) == (2, 29) else _YEARS_AROUND
    years = range(published.year - around, published.year + around + 1)
    times = [_in_year(point, year) for year in years if _exists(point, year)]
    near = [time for time in times if _falls_on(point.weekday, time, published)]
    return near or times


def _exists(point: Point, year: int) -> bool:
    if point.unit != "day":
        return True
    return (point.day or 1) <= calendar.monthrange(year, point.month or 1)[1]


def _falls_on(weekday: int | None, time: TimeSpan, published: date) -> bool:
    """Whether a date that the text gives a weekday ("Wednesday, Dec. 6") has it, within about a year."""
    if weekday is None or time.earliest is None:
        return False
    return time.earliest.weekday() == weekday and abs((time.earliest - published).days) < 400


def _chosen(times: list[TimeSpan], point: Point, published: date, tense: str | None) -> TimeSpan | None:
    """One of several times, by the rules at the top of this file."""
    if point.which == "this":
        return next((time for time in times if time.earliest and time.earliest.year == published.year), None)
    if point.which == "next":
        return _next(times, published + timedelta(days=1), by_start=True)
    if point.which == "last":
        margin = _JUST_OVER if point.unit == "season" else 0
        return _past(times, published - timedelta(days=margin + 1), by_end=True)
    window = 1 if tense == "past" and point.unit == "day" else 0
    past, coming = _past(times, published + timedelta(days=window)), _next(times, published)
    if past is None or coming is None or past == coming or tense == "past":
        return past or coming
    if tense == "future":
        return coming
    since, until = _days(past.latest, published), _days(published, coming.earliest)
    ahead = until < since if tense == "open" else since > _TOO_LONG_AGO
    return coming if ahead else past


def _days(first: date | None, last: date | None) -> int:
    return max(0, (last - first).days) if first and last else 0


def _past(times: list[TimeSpan], day: date, by_end: bool = False) -> TimeSpan | None:
    """The most recent that had begun (or ended) by the day."""
    bounds = [(time.latest if by_end else time.earliest, time) for time in times]
    return next((time for bound, time in reversed(bounds) if bound and bound <= day), None)


def _next(times: list[TimeSpan], day: date, by_start: bool = False) -> TimeSpan | None:
    """The first that ends (or starts) on the day or after."""
    bounds = [(time.earliest if by_start else time.latest, time) for time in times]
    return next((time for bound, time in bounds if bound and bound >= day), None)


def _weekday(point: Point, published: date, tense: str | None) -> TimeSpan | None:
    weekday = point.weekday or 0
    monday = published - timedelta(days=published.weekday())
    if point.week_shift is not None:
        return of_day(monday + timedelta(weeks=point.week_shift, days=weekday))
    if point.which == "this":
        return of_day(monday + timedelta(days=weekday))
    since, until = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    if point.which == "last":
        return of_day(published - timedelta(days=since or 7))
    if point.which == "next":
        return of_day(published + timedelta(days=until or 7))
    ahead = tense == "future" or (tense == "open" and until < since)
    return of_day(published + timedelta(days=until) if ahead else published - timedelta(days=since))


def _weekend(point: Point, published: date, tense: str | None) -> TimeSpan:
    """The weekend is the most recent, and the coming one if that is said; "this" the other way round."""
    ahead = tense == "future" or (point.which == "this" and tense != "past")
    back = (published.weekday() - 5) % 7
    return of_week(published if ahead else published - timedelta(days=back), weekend=True)
