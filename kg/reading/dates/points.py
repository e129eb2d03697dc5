"""Finds single points of the calendar in a text: "Nov. 20", "last month", "fall of 2020", "two weeks ago".

Each reader takes one shape of words and says what they fix; nothing is resolved here. They are tried in the
order of these tables.
"""

from collections.abc import Iterable

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
from kg.reading.dates.shapes import Found, Reader, first_letters
from kg.reading.dates.words import MONTHS, NUMBERS, SEASONS, WEEKDAYS

_NUMBERS: tuple[Reader, ...] = (iso, slashed, day_month, years, decade, ago, year_alone)
# What each shape of words begins with.
_WORDS: tuple[tuple[Reader, Iterable[str]], ...] = (
    (month_day, MONTHS),
    (month_and_year, MONTHS),
    (month_alone, MONTHS),
    (weekday, WEEKDAYS),
    (season, SEASONS),
    (named_day, ("the", "day", "today", "tonight", "this", "yesterday", "last", "tomorrow")),
    (weekend, ("weekend",)),
    (relative, ("last", "past", "this", "next", "coming")),
    (ago, (*NUMBERS, "several", "many", "some", "few", "days", "weeks", "months", "years", "decades")),
    (vague, ("recent", "coming")),
)


def _by_word() -> dict[str, tuple[Reader, ...]]:
    """Each word that a shape begins with, in lower case → the readers of these shapes, in order."""
    found: dict[str, tuple[Reader, ...]] = {}
    for reader, words in _WORDS:
        for word in dict.fromkeys(first_letters(word, 0) for word in words):
            found[word] = (*found.get(word, ()), reader)
    return found


_BY_WORD = _by_word()
_IN_NUMBER = "+-–/.,:$€£¥#_'’"  # straight before a digit: it is part of something else


def point(text: str, start: int, licensed: bool) -> Found | None:
    """The point of the calendar whose words start here; `licensed` if the words before call for a date."""
    readers = _BY_WORD.get(first_letters(text, start), ())
    if text[start : start + 1].isdigit():
        before = text[start - 1 : start]
        if before and before in _IN_NUMBER and not (licensed and before in "-–"):
            return None
        readers = _NUMBERS
    return next((found for read in readers if (found := read(text, start, licensed)) is not None), None)
