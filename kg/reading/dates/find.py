"""Finds the times that a text names and places them on the calendar, relative to the day of publication.

A time is a point ("Nov. 20"), a part of one ("late last year"), a range ("from 27 September to 10 November
2020") or a bound ("since 2020", "by the end of the year"). A length of time ("for 44 days") is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.model import Span, TimeSpan
from kg.reading.dates.calendar import (
    day_after,
    day_before,
    joined,
    of_day,
    of_days,
    onward,
    up_to,
)
from kg.reading.dates.phrases import Phrase, phrase, phrases
from kg.reading.dates.ranges import time_of
from kg.reading.dates.shapes import word_after
from kg.reading.dates.tense import direction
from kg.reading.dates.words import GAP, MONTHS, NUMBERS, OPENERS, PARTS, SEASONS, WEEKDAYS
from kg.reading.words.remembered import Remembered


@dataclass(frozen=True)
class FoundTime:
    """One expression of time: its characters, what it means, and its words."""

    span: Span
    time: TimeSpan
    text: str


_WORD = re.compile(r"[^\W_]+")
_BOUND = re.compile(rf"(since|until|till|by|before|after){GAP}(?:the{GAP})?", re.IGNORECASE)
_OWNED = re.compile(r"['’]s\b")  # "after last year's war": the time is that of the war, no bound
# Words that may open an expression; all others are passed over without a look.
_NAMES = (*MONTHS, *SEASONS, *WEEKDAYS, *NUMBERS, *(part.split()[0] for part in PARTS), *OPENERS)
_STARTS = frozenset(form for name in _NAMES for form in (name, name.upper(), name.capitalize()))
_LOWER = frozenset(name.lower() for name in _NAMES)
_DIGITS = frozenset("0123456789")
# Articles open many phrases and few expressions of time: "the day after tomorrow", "a couple of weeks ago".
ARTICLES = frozenset({"the", "a", "an"})
_BEHIND_ARTICLE = ("day", "week", "month", "year", "decade", "couple")


def _may_open(word: str) -> bool:
    parts = _WORD.findall(word)
    if word.startswith(_BEHIND_ARTICLE) or any(part[0] in _DIGITS for part in parts):
        return True
    return word not in ARTICLES and any(part in _LOWER for part in parts)


# Whether an expression of time may begin in a lower-case word, or with an article before it.
MAY_OPEN = Remembered(_may_open)


def find_times(
    text: str, published: date | None, within: Iterable[tuple[int, int]] | None = None
) -> list[FoundTime]:
    """The times that the text names, in order, none overlapping; offsets count code points.

    Without a day of publication, what depends on one has no bounds and precision `open`. The running time
    grows with the length of the text and no faster: each expression has a bounded number of words. `within`
    are the words that `MAY_OPEN` one and articles before them, start and end; only there is looked for any.
    """
    times: list[FoundTime] = []
    done = 0
    for word in _words(text, ((0, len(text)),) if within is None else within):
        form = word[0]
        if not (form in _STARTS or form[0] in _DIGITS) or (start := word.start()) < done:
            continue
        if form.lower() in ARTICLES and not word_after(text, word.end()).lower().startswith(_BEHIND_ARTICLE):
            continue
        if (read := _bounded(text, start, published) or _plain(text, start, published)) is not None:
            done, time = read
            times.append(FoundTime(Span(start, done), time, text[start:done]))
    return times


def _words(text: str, within: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The whole words, between what is none, that begin in these stretches."""
    for first, last in within:
        for word in _WORD.finditer(text, first, last):
            if word.start() == first and first and _WORD.match(text, first - 1, first):
                continue  # the rest of a word that begins before
            yield (_WORD.match(text, word.start()) or word) if word.end() == last else word


def _plain(text: str, start: int, published: date | None) -> tuple[int, TimeSpan] | None:
    """A range or point that starts here: where it ends, and its time."""
    for found in phrases(text, start):
        time = time_of(found, published, _tense(text, start, found))
        if time:
            return found.end, time
    return None


def _tense(text: str, start: int, found: Phrase) -> str | None:
    """Which way the sentence points, asked only where the answer matters."""
    first = found.first
    said = first.which is not None and first.unit != "weekend"
    fixed = first.shift is not None or first.year is not None or said
    return None if fixed else direction(text, start, found.end)


def _bounded(text: str, start: int, published: date | None) -> tuple[int, TimeSpan] | None:
    """A point with a word before it that makes it a bound: where the expression ends, and its time."""
    bound = _BOUND.match(text, start)
    found = bound and phrase(text, bound.end(), licensed=True)
    if not bound or not found or found.last is not None or _OWNED.match(text, found.end):
        return None
    word = bound[1].lower()
    if word == "before" and found.part == "end":
        word = "by"
    time = time_of(found, published, _bound_tense(word, _tense(text, start, found)))
    return None if time is None else (found.end, _apply(word, time, published))


def _bound_tense(word: str, tense: str | None) -> str | None:
    """Since looks back; by and until look ahead, unless the verb is past: then to the nearer date."""
    if word == "since":
        return "past"
    if word in ("by", "until", "till"):
        return "open" if tense == "past" else "future"
    return tense


def _apply(word: str, time: TimeSpan, published: date | None) -> TimeSpan:
    """The stretch that the bound leaves open, closed by the day of publication where that is meant."""
    if word == "since":
        begun = published is not None and time.earliest is not None and time.earliest <= published
        return joined(time, of_day(published)) if begun and published else onward(time)
    if word == "by" and published is not None and time.latest is not None and time.latest >= published:
        return of_days(published, time.latest)
    return {"before": day_before, "after": day_after}.get(word, up_to)(time)
