"""What every reader of dates shares: the point that words fix, and patterns of their smallest parts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.reading.dates.words import GAP, MONTHS, any_of


@dataclass(frozen=True)
class Point:
    """What words fix of a time; `unit` says what kind of stretch it is.

    `year_shift`, `week_shift` and `shift` count years, weeks and units from the publication. `which` is last,
    next or this. `form` is `at`, or for counted units `ago`, `span` (so long, up to the publication or
    from it), `vague` (an unsaid number).
    """

    unit: str  # day, weekday, week, weekend, month, quarter, season, year, decade
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    weekday: int | None = None
    year_shift: int | None = None
    week_shift: int | None = None
    shift: int | None = None
    which: str | None = None
    form: str = "at"


@dataclass(frozen=True)
class Found:
    """One point, or a range that is one expression ("2–9 December"), and where it ends."""

    end: int
    first: Point
    last: Point | None = None


# Reads one shape of words that starts at a position; `licensed` if the words before it call for a date.
Reader = Callable[[str, int, bool], Found | None]

# The full stop belongs to an abbreviation, not to "May" at the end of a sentence.
_ABBREVIATED = r"(?:(?<=\b[A-Z][a-z]{2})(?<!May)\.|(?<=\b[A-Z]{3})(?<!MAY)\.|(?<=\b(?:Sept|SEPT))\.)?"
MONTH = rf"(?P<month>{any_of(MONTHS)}|{any_of(name.upper() for name in MONTHS)})\b{_ABBREVIATED}"
NOT_IN_NUMBER = r"(?![^\W_])(?![.,:/][0-9]|[-–/][0-9]|%)"
_DAY_NUMBER = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![^\W_])"
DAY = rf"(?P<day>{_DAY_NUMBER})(?![.,:/][0-9]|%)"
YEAR = rf"(?P<year>(?:18|19|20)[0-9]{{2}}){NOT_IN_NUMBER}"
_TO = rf"(?:\s?[-–]\s?|{GAP}(?P<and>and|to|until|till|through){GAP})"
LAST_DAY = rf"(?:{_TO}(?P<last>{_DAY_NUMBER})(?![.,:/%][0-9]))"
SHIFTS = {"last": -1, "this": 0, "next": 1}
YEAR_PART = rf"(?:,?{GAP}(?:of{GAP})?(?:{YEAR}|(?P<which>last|this|next){GAP}year\b))"
UNIT = r"(?P<unit>day|week|month|year|decade)"
_PREVIOUS = re.compile(r"(?<![^\W_])([^\W_]+)[^\S\n]{0,3}\n?[^\S\n]{0,3}\Z")
_NEXT = re.compile(rf"{GAP}([^\W_]+)")
_LETTERS = re.compile(r"[^\W\d_]+")


def word_before(text: str, position: int) -> str:
    """The word straight before a position, with nothing but white space between; else an empty string."""
    found = _PREVIOUS.search(text[max(0, position - 24) : position])
    return found[1] if found else ""


def word_after(text: str, position: int) -> str:
    found = _NEXT.match(text, position)
    return found[1] if found else ""


def first_letters(text: str, position: int) -> str:
    """The letters from a position on, in lower case: what most patterns are told apart by."""
    found = _LETTERS.match(text, position)
    return found[0].lower() if found else ""


def fixed_year(found: re.Match[str]) -> tuple[int | None, int | None]:
    """The year that a match fixes, by number or counted from the publication."""
    parts = found.groupdict()
    which = parts.get("which")
    return int(parts["year"]) if parts.get("year") else None, SHIFTS[which] if which else None
