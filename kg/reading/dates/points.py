"""Finds single points of the calendar in a text: "Nov. 20", "last month", "fall of 2020", "two weeks ago".

Each reader takes one shape of words and says what they fix; nothing is resolved here. They are tried in the
order of these tables.
"""

from kg.reading.dates.absolute import (
    day_month,
    decade,
    iso,
    month_alone,
    month_and_year,
    month_day,
    slashed,
    year_alone,
    years,
)
from kg.reading.dates.relative import ago, named_day, relative, season, vague, weekday, weekend
from kg.reading.dates.shapes import Found, Reader

_NUMBERS: tuple[Reader, ...] = (iso, slashed, day_month, years, decade, ago, year_alone)
_WORDS: tuple[Reader, ...] = (
    month_day,
    month_and_year,
    month_alone,
    weekday,
    season,
    named_day,
    weekend,
    relative,
    ago,
    vague,
)
_IN_NUMBER = "+-–/.,:$€£¥#_'’"  # straight before a digit: it is part of something else


def point(text: str, start: int, licensed: bool) -> Found | None:
    """The point of the calendar whose words start here; `licensed` if the words before call for a date."""
    readers = _WORDS
    if text[start : start + 1].isdigit():
        before = text[start - 1 : start]
        if before and before in _IN_NUMBER and not (licensed and before in "-–"):
            return None
        readers = _NUMBERS
    return next((found for read in readers if (found := read(text, start, licensed)) is not None), None)
