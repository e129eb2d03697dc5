"""Reads points that stand on the calendar by themselves: days, months, years and decades."""

import re
from dataclasses import replace

from kg.reading.dates.shapes import (
    DAY,
    LAST_DAY,
    MONTH,
    YEAR,
    YEAR_PART,
    Found,
    Point,
    Reader,
    fixed_year,
    word_after,
    word_before,
)
from kg.reading.dates.words import GAP, LICENCE, MONTHS, TRAPS, WEEKDAYS

_ISO = re.compile(r"(?P<year>(?:18|19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![^\W_]|-[0-9])")
_SLASHED = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2((?:19|20)[0-9]{2})(?![^\W_]|[-/.][0-9])")
_DAY_MONTH = re.compile(rf"{DAY}{LAST_DAY}?{GAP}(?:of{GAP})?{MONTH}(?![^\W_]){YEAR_PART}?")
_MONTH_DAY = re.compile(rf"{MONTH}(?:{GAP}(?:the{GAP})?|(?<=\.)){DAY}{LAST_DAY}?{YEAR_PART}?")
_MONTH_YEAR = re.compile(rf"{MONTH}{YEAR_PART}")
_MONTH_ONLY = re.compile(rf"{MONTH}(?![^\W_])")
_YEARS = re.compile(r"((?:18|19|20)[0-9]{2})[-–](?:([0-9]{2})([0-9]{2})|([0-9]{2}))(?![^\W_]|[-–./,][0-9])")
_YEAR_ONLY = re.compile(YEAR)
# Not the 1800s and 1900s, which may be a decade or a century.
_DECADE = re.compile(r"((?!1[89]00)(?:18|19|20)[0-9]0)s\b")


def _month_number(found: re.Match[str]) -> int:
    return MONTHS[found["month"].rstrip(".").capitalize()]


def _number(text: str) -> int:
    return int(text.rstrip("stndrh"))


def iso(text: str, start: int, licensed: bool) -> Found | None:
    found = _ISO.match(text, start)
    if not found:
        return None
    day = Point("day", year=int(found["year"]), month=int(found["month"]), day=int(found["day"]))
    return Found(found.end(), day)


def slashed(text: str, start: int, licensed: bool) -> Found | None:
    """20/11/2023 in either order, only where one number cannot be a month or both are the same."""
    found = _SLASHED.match(text, start)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if second > 12 else (first, second)
    return Found(found.end(), Point("day", year=int(found[4]), month=month, day=day))


def _day_and_month(pattern: re.Pattern[str]) -> Reader:
    """A reader of a day and a month, in the order of the pattern, with another day or a year."""

    def read(text: str, start: int, licensed: bool) -> Found | None:
        found = pattern.match(text, start)
        if not found or _is_name(text, found):
            return None
        year, shift = fixed_year(found)
        first = Point("day", year, _month_number(found), _number(found["day"]), year_shift=shift)
        if found["last"] is None:
            return Found(found.end(), first)
        last = replace(first, day=_number(found["last"]))
        steps = _number(found["last"]) - _number(found["day"])
        # "Nov. 5 and 6" is one stretch; "Nov. 5 and 19" are two days, the second not said in full.
        if steps < 1 or (found["and"] == "and" and steps > 1 and not licensed):
            return None
        return Found(found.end(), first, last)

    return read


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether a day and month without a year belong to a name ("August 2 Boulevard") or count something."""
    if found["year"]:
        return False
    after = word_after(text, found.end())
    day_last = found.start("day") > found.start("month")
    if f"{_month_number(found)}-{_number(found['day'])} {after}" in TRAPS["anniversaries"]:
        return True
    if after in TRAPS["named_after"] or (day_last and after in TRAPS["counted"]):
        return True
    return found["month"] == "Jan" and found.end() == found.end("month") and after[:1].isupper()


def month_and_year(text: str, start: int, licensed: bool) -> Found | None:
    found = _MONTH_YEAR.match(text, start)
    if not found:
        return None
    year, shift = fixed_year(found)
    return Found(found.end(), Point("month", year, _month_number(found), year_shift=shift))


def month_alone(text: str, start: int, licensed: bool) -> Found | None:
    """A month without day and year, unless the word may be a name, a verb or part of a name."""
    found = _MONTH_ONLY.match(text, start)
    if not found or (found["month"].isupper() and len(found["month"]) > 1):
        return None
    name, after, before = found["month"], word_after(text, found.end()), word_before(text, start)
    if after in TRAPS["named_after"] or before in TRAPS["named_before"]:
        return None
    if len(name) < 5 or name in TRAPS["month_names"]:
        called_for = licensed or before.lower() in LICENCE["month"] or _continues(text, start, before)
        if not called_for or not _reads_as_month(text, found, before.lower(), after):
            return None
    return Found(found.end(), Point("month", month=MONTHS[name]))


def _continues(text: str, start: int, before: str) -> bool:
    """Whether another month and "and" or "or" stand before: "in March and April"."""
    return before in ("and", "or") and word_before(text, text.rindex(before, 0, start)) in MONTHS


def _reads_as_month(text: str, found: re.Match[str], before: str, after: str) -> bool:
    """Whether a month that is also a name stands where a name would not."""
    rest = text[found.end() : found.end() + 1]
    if rest in ("'", "’") or (after[:1].isupper() and after not in WEEKDAYS):
        return False
    person = found["month"] == "May" and before in ("by", "from", "before", "after")
    return not person or after in ("", "to", "until", "till", "through", "and", "or")


def years(text: str, start: int, licensed: bool) -> Found | None:
    """2016–2020; 1992–95 and 2020-21, but not 2003-11, which may be a month."""
    found = _YEARS.match(text, start)
    if not found:
        return None
    first = int(found[1])
    last = int(found[2] + found[3]) if found[2] else first - first % 100 + int(found[4])
    month = found[4] and "-" in found[0] and int(found[4]) <= 12 and last != first + 1
    if month or not first < last < 2100:
        return None
    return Found(found.end(), Point("year", year=first), Point("year", year=last))


def year_alone(text: str, start: int, licensed: bool) -> Found | None:
    """A bare year where the words before call for one and those after do not make it a count."""
    found = _YEAR_ONLY.match(text, start)
    if not found:
        return None
    bracketed = text[start - 1 : start] == "(" and text[found.end() : found.end() + 1] == ")"
    after = word_after(text, found.end())
    called_for = word_before(text, start).lower() in LICENCE["year"] or after in LICENCE["year_behind"]
    if not (licensed or bracketed or called_for):
        return None
    if after in TRAPS["counted"] or (found[0].endswith("00") and after.endswith("s") and after.islower()):
        return None
    return Found(found.end(), Point("year", year=int(found[0])))


def decade(text: str, start: int, licensed: bool) -> Found | None:
    found = _DECADE.match(text, start)
    return Found(found.end(), Point("decade", year=int(found[1]))) if found else None


day_month, month_day = _day_and_month(_DAY_MONTH), _day_and_month(_MONTH_DAY)
