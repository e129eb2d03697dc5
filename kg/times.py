"""Times in words, for labels."""

from datetime import date

from kg.model import TimeSpan

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)  # not strftime: its names change with the locale
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}  # EDTF level 1


def label_of(time: TimeSpan) -> str:
    """As in "20 November 2023", "November 2023", "autumn 2020"; the bounds or the EDTF text for the rest."""
    about = "about " if time.edtf.endswith("~") else ""
    first, last = time.earliest, time.latest
    if first is None:
        return f"until {_day(last)}" if last else f"open ({time.edtf})"
    if last is None:
        return f"from {_day(first)}"
    named = _NAMED.get(time.precision, _interval)
    return about + named(time, first, last)


def in_label(time: TimeSpan | None) -> str:
    """The time as it stands in the label of something; nothing where it is not known at all."""
    return label_of(time) if time and (time.earliest or time.latest) else ""


def _of_day(time: TimeSpan, first: date, last: date) -> str:
    return _day(first)


def _of_month(time: TimeSpan, first: date, last: date) -> str:
    return label_of_month(first)


def _of_season(time: TimeSpan, first: date, last: date) -> str:
    year, _, season = time.edtf.rstrip("~?%").rpartition("-")
    return f"{_SEASONS[season]} {year}" if season in _SEASONS else _interval(time, first, last)


def _of_year(time: TimeSpan, first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def _interval(time: TimeSpan, first: date, last: date) -> str:
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {label_of_month(day)}"


def label_of_month(day: date) -> str:
    """The month of a day, as in "November 2023"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


_NAMED = {"day": _of_day, "month": _of_month, "season": _of_season, "year": _of_year}
