"""Gives a phrase its time: the part of a point, or a range whose ends lend each other the year."""

from dataclasses import replace
from datetime import date, timedelta

from kg.model import TimeSpan
from kg.reading.dates.calendar import ANY_TIME, joined, narrowed, of_day, of_days, unknown
from kg.reading.dates.phrases import Phrase
from kg.reading.dates.resolve import resolve
from kg.reading.dates.shapes import Point
from kg.reading.dates.words import PARTS


def time_of(phrase: Phrase, published: date | None, tense: str | None) -> TimeSpan | None:
    """When the phrase says; None if it names no possible time, such as a range that runs backwards."""
    if phrase.last is None:
        return _part(resolve(phrase.first, published, tense), phrase.part, published)
    first, last = _completed(phrase.first, phrase.last)
    end = resolve(last, published, tense)
    if end is not None and _dateless(last) and end.earliest is not None:
        first = _in_year_up_to(first, last, end.earliest)
    start = resolve(first, published, tense)
    if start is not None and last.unit == "weekday" and start.earliest is not None:
        end = _weekday_from(start.earliest, last)
    return _range(_part(start, phrase.part, published), _part(end, phrase.last_part, published))


def _part(time: TimeSpan | None, part: str | None, published: date | None) -> TimeSpan | None:
    """Early, late, the end of: a third of the time; earlier, later: its days before or after publication."""
    if time is None or part is None:
        return time
    if part not in PARTS:
        return _sided(time, part, published)
    first, end = PARTS[part]
    return narrowed(time, first, end)


def _sided(time: TimeSpan, part: str, published: date | None) -> TimeSpan:
    if published is None or time.earliest is None or time.latest is None:
        return time
    if not time.earliest <= published <= time.latest:
        return time
    return of_days(time.earliest, published) if part == "earlier" else of_days(published, time.latest)


def _order(point: Point) -> tuple[int, int]:
    """The place of a point within a year, as far as it says."""
    return point.month or point.season or 0, point.day or 0


def _dateless(point: Point) -> bool:
    return point.year is None and point.year_shift is None and point.shift is None and point.unit != "weekday"


def _completed(first: Point, last: Point) -> tuple[Point, Point]:
    """The two points, one with the year of the other: the nearest that keeps them in order."""
    turn = _order(first) > _order(last)
    if _dateless(first) and last.year is not None:
        return replace(first, year=last.year - turn), last
    if _dateless(first) and last.year_shift is not None:
        return replace(first, year_shift=last.year_shift - turn), last
    if _dateless(last) and first.year is not None:
        return first, replace(last, year=first.year + turn)
    if _dateless(last) and first.year_shift is not None:
        return first, replace(last, year_shift=first.year_shift + turn)
    return first, last


def _in_year_up_to(first: Point, last: Point, end: date) -> Point:
    """The first point in the year in which its range ends, or in the year before if that orders them."""
    return replace(first, year=end.year - (_order(first) > _order(last))) if _dateless(first) else first


def _weekday_from(start: date, last: Point) -> TimeSpan:
    """The first such weekday after the start of its range."""
    ahead = ((last.weekday or 0) - start.weekday()) % 7
    return of_day(start + timedelta(days=ahead or 7))


def _range(start: TimeSpan | None, end: TimeSpan | None) -> TimeSpan | None:
    if start is None or end is None:
        return None
    if start.earliest is None or end.latest is None:
        masked = "/" not in start.edtf + end.edtf
        return unknown(f"{start.edtf}/{end.edtf}" if masked else ANY_TIME)
    return joined(start, end) if start.earliest <= end.latest else None
