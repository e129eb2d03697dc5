"""Finds whole expressions of time: a point, a part of a point ("late last year"), a range of two points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.dates.points import point
from kg.reading.dates.shapes import Point, first_letters
from kg.reading.dates.words import GAP, PARTS, any_of


@dataclass(frozen=True)
class Phrase:
    """An expression as it was read: where it ends, its point or two, and which part of the point is meant."""

    end: int
    first: Point
    last: Point | None = None
    part: str | None = None
    last_part: str | None = None


_THE = rf"(?:the{GAP})?"
_FROM = re.compile(rf"(from|between){GAP}{_THE}", re.IGNORECASE)
_TO = re.compile(rf"(?:{GAP}(?P<word>to|until|till|through){GAP}{_THE}|\s?[-–]\s?)")
_AND = re.compile(rf"(?P<word>{GAP}and{GAP}){_THE}")
_PART = re.compile(
    rf"(?:(?P<prefix>early|mid|late)(?:-|{GAP})(?:in{GAP})?|(?P<noun>{any_of(PARTS)}){GAP}of{GAP}){_THE}",
    re.IGNORECASE,
)
_PART_WORDS = frozenset({"early", "mid", "late", *(first_letters(part, 0) for part in PARTS)})
_EARLIER = re.compile(rf"(?P<part>earlier|later){GAP}(?:in{GAP})?(?P<the>the{GAP})?", re.IGNORECASE)
_OWN_UNIT = re.compile(r"(?P<unit>week|month|year|decade)\b")
_CALLED_YEAR = re.compile(rf"year{GAP}(?=(?:18|19|20)[0-9]{{2}}\b)")  # "the middle of the year 2017"
_YEAR_END = re.compile(rf"(?:year[-\s]end|year['’]s{GAP}end)\b", re.IGNORECASE)
_DIVIDED = frozenset({"week", "month", "quarter", "season", "year", "decade"})


def phrase(text: str, start: int, licensed: bool = False) -> Phrase | None:
    """The point, or part of one, whose words start here; `licensed` if the words before call for a date."""
    word = first_letters(text, start)
    if word == "year" and (year_end := _YEAR_END.match(text, start)):
        return Phrase(year_end.end(), Point("year", shift=0), part="end")
    if word in _PART_WORDS and (part := _PART.match(text, start)):
        name = (part["prefix"] or part["noun"]).lower()
        return _part(text, part.end(), name, own_unit=part["noun"] is not None)
    if word in {"earlier", "later"} and (part := _EARLIER.match(text, start)):
        return _part(text, part.end(), part["part"].lower(), own_unit=part["the"] is not None)
    found = point(text, start, licensed)
    return None if found is None else Phrase(found.end, found.first, found.last)


def _part(text: str, start: int, name: str, own_unit: bool) -> Phrase | None:
    """The whole of which a part is named: a point, or "the year" in which the text was published."""
    if called := _CALLED_YEAR.match(text, start):
        start, own_unit = called.end(), False
    if own_unit and (unit := _OWN_UNIT.match(text, start)):
        return Phrase(unit.end(), Point(unit["unit"], shift=0), part=name)
    found = point(text, start, licensed=True)
    if found is None or found.last or found.first.unit not in _DIVIDED or found.first.form != "at":
        return None
    return Phrase(found.end, found.first, part=name)


def phrases(text: str, start: int) -> Iterator[Phrase]:
    """What may start here: two points that "from … to", "between … and" or a dash join, then one alone."""
    opening = _FROM.match(text, start)
    first = phrase(text, opening.end() if opening else start, licensed=opening is not None)
    whole = _ranged(text, first, opening) if first else None
    if whole:
        yield whole
    if first and not opening:
        yield first


def _ranged(text: str, first: Phrase, opening: re.Match[str] | None) -> Phrase | None:
    """The range that begins with a point; None if the words behind it make none."""
    if first.last is not None:
        return first if opening else None
    link = (_AND if opening and opening[1].lower() == "between" else _TO).match(text, first.end)
    last = link and phrase(text, link.end(), licensed=True)
    if not link or not last or last.last is not None:
        return None
    if not opening and not _alike(first.first, last.first, dashed=link["word"] is None):
        return None
    return Phrase(last.end, first.first, last.first, first.part, last.part)


def _alike(first: Point, last: Point, dashed: bool) -> bool:
    """Whether two points without "from" are the ends of one range, not two times side by side."""
    if first.unit != last.unit or first.shift is not None or last.shift is not None:
        return False
    return dashed or first.unit != "weekday"
