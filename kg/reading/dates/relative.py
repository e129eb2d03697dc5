"""Reads seasons, and points that depend on the publication: weekdays, "last month", "two weeks ago"."""

import re
from dataclasses import replace

from kg.reading.dates.absolute import day_month, month_alone, month_day
from kg.reading.dates.shapes import (
    SHIFTS,
    UNIT,
    YEAR_PART,
    Found,
    Point,
    fixed_year,
    word_after,
    word_before,
)
from kg.reading.dates.words import GAP, LICENCE, NUMBERS, SEASONS, TRAPS, WEEKDAYS, any_of

_SEASON = re.compile(rf"(?P<season>(?i:{any_of(SEASONS)}))\b{YEAR_PART}?")
_WEEKDAY = re.compile(rf"(?P<weekday>{any_of(WEEKDAYS)})\b(?!s\b)")
_WEEK_PART = re.compile(rf"{GAP}(?:of{GAP})?(?P<which>last|this|next){GAP}week\b")
_RELATIVE = re.compile(rf"(?P<which>(?i:last|past|this|next|coming)){GAP}(?:past{GAP}|coming{GAP})?")
_RELATIVE_UNIT = re.compile(r"(?P<unit>week|weekend|month|quarter|year|decade)\b(?!-)")
_COUNT = rf"(?:[Aa]{GAP}(?=couple))?(?P<count>[0-9]{{1,4}}|(?i:{any_of(NUMBERS)}))"
_COUNTED = re.compile(rf"{_COUNT}{GAP}(?:of{GAP})?{UNIT}s?\b")
_AGO = re.compile(rf"{_COUNT}{GAP}(?:of{GAP})?{UNIT}s?{GAP}ago\b")
_VAGUE_AGO = re.compile(rf"(?:(?i:several|many|some|few){GAP})?{UNIT}s{GAP}ago\b", re.IGNORECASE)
_VAGUE = re.compile(rf"(?P<which>(?i:recent|coming)){GAP}{UNIT}s\b")
_NAMED_DAYS = (
    (re.compile(rf"(?:the{GAP})?day{GAP}before{GAP}yesterday\b", re.IGNORECASE), -2),
    (re.compile(rf"(?:the{GAP})?day{GAP}after{GAP}tomorrow\b", re.IGNORECASE), 2),
    (re.compile(rf"(?:today|tonight|this{GAP}(?:morning|afternoon|evening))\b", re.IGNORECASE), 0),
    (re.compile(rf"(?:yesterday|last{GAP}night)\b", re.IGNORECASE), -1),
    (re.compile(r"tomorrow\b", re.IGNORECASE), 1),
)
_GAP_TO_DATE = re.compile(rf",?{GAP}(?:the{GAP})?")


def season(text: str, start: int, licensed: bool) -> Found | None:
    """A season with its year, or after "in the", "since the", …; not "the fall of Kabul"."""
    found = _SEASON.match(text, start)
    if not found:
        return None
    year, shift = fixed_year(found)
    season = Point("season", season=SEASONS[found["season"].lower()], year=year, year_shift=shift)
    if season.year is not None or season.year_shift is not None:
        return Found(found.end(), season)
    after = word_after(text, found.end())
    if found["season"][0].isupper() or after in ("of", "from", "in", "to", "into"):
        return None
    return Found(found.end(), season) if licensed or _season_is_called_for(text, start) else None


def _season_is_called_for(text: str, start: int) -> bool:
    before = word_before(text, start)
    if before == "the":
        return word_before(text, text.rindex("the", 0, start)).lower() in LICENCE["season"]
    return before.lower() == "in" and not text.startswith("fall", start)


def weekday(text: str, start: int, licensed: bool) -> Found | None:
    """A weekday, with the date or "last week" after it if there is one."""
    found = _WEEKDAY.match(text, start)
    if not found or word_before(text, start) in TRAPS["named_before"]:
        return None
    day = Point("weekday", weekday=WEEKDAYS[found["weekday"]])
    if week := _WEEK_PART.match(text, found.end()):
        return Found(week.end(), replace(day, week_shift=SHIFTS[week["which"]]))
    gap = _GAP_TO_DATE.match(text, found.end())
    dated = gap and next(
        (date for read in (day_month, month_day) if (date := read(text, gap.end(), True)) is not None), None
    )
    if dated and dated.last is None:
        return Found(dated.end, replace(dated.first, weekday=day.weekday))
    return None if word_after(text, found.end()) in TRAPS["papers"] else Found(found.end(), day)


def named_day(text: str, start: int, licensed: bool) -> Found | None:
    """Today, yesterday, tomorrow and their kin; not "Russia Today"."""
    for pattern, shift in _NAMED_DAYS:
        found = pattern.match(text, start)
        if found:
            title = found[0][0].isupper() and word_before(text, start)[:1].isupper()
            return None if title else Found(found.end(), Point("day", shift=shift))
    return None


def relative(text: str, start: int, licensed: bool) -> Found | None:
    """Last, this or next: week, month, Wednesday, March, fall; "the past two weeks"."""
    found = _RELATIVE.match(text, start)
    if not found:
        return None
    said = found[0].lower().split()[-1]
    which = {"past": "last", "coming": "next"}.get(said, said)
    definite = word_before(text, start).lower() == "the"
    if which != "this" and (counted := _COUNTED.match(text, found.end())):
        return Found(
            counted.end(), Point(counted["unit"], shift=_count(counted) * SHIFTS[which], form="span")
        )
    if unit := _RELATIVE_UNIT.match(text, found.end()):
        return _relative_unit(text, unit, which, definite or said == "past")
    for read in (weekday, month_alone, season):
        named = read(text, found.end(), True)
        if named and named.first.year is None and named.first.day is None and named.last is None:
            return Found(named.end, replace(named.first, which=which))
    return None


def _relative_unit(text: str, unit: re.Match[str], which: str, as_span: bool) -> Found | None:
    """Last month; but "the last month" and "the past year" reach up to the publication."""
    if word_after(text, unit.end()) == "of":
        return None
    if as_span and unit["unit"] not in ("weekend", "quarter") and which != "this":
        return Found(unit.end(), Point(unit["unit"], shift=SHIFTS[which], form="span"))
    if unit["unit"] == "weekend" and which == "this":
        return Found(unit.end(), Point("weekend", which=None if as_span else "this"))
    return Found(unit.end(), Point(unit["unit"], shift=SHIFTS[which]))


def weekend(text: str, start: int, licensed: bool) -> Found | None:
    """A weekend after "over the", "at the" or the like."""
    if not text.startswith("weekend", start) or word_before(text, start) != "the":
        return None
    before = word_before(text, text.rindex("the", 0, start)).lower()
    end = start + len("weekend")
    plain = not text[end : end + 1].isalpha() and word_after(text, end) != "of"
    return Found(end, Point("weekend")) if plain and before in LICENCE["weekend"] else None


def _count(found: re.Match[str]) -> int:
    return int(found["count"]) if found["count"].isdigit() else NUMBERS[found["count"].lower()]


def ago(text: str, start: int, licensed: bool) -> Found | None:
    """Two weeks ago; "several years ago" without a number."""
    if found := _AGO.match(text, start):
        if word_before(text, start).lower() in ("half", "and"):
            return None
        return Found(found.end(), Point(found["unit"], shift=-_count(found), form="ago"))
    found = _VAGUE_AGO.match(text, start)
    if not found or word_before(text, start).lower() == "half":
        return None
    return Found(found.end(), Point(found["unit"].lower(), shift=-2, form="vague"))


def vague(text: str, start: int, licensed: bool) -> Found | None:
    """Recent weeks, coming days."""
    found = _VAGUE.match(text, start)
    if not found:
        return None
    shift = -1 if found["which"].lower() == "recent" else 1
    return Found(found.end(), Point(found["unit"], shift=shift, form="vague"))
