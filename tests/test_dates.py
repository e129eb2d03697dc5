"""Times in text: each kind of expression, what tempts a wrong reading, and properties that always hold."""

import csv
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.dates import find_times

CASES = Path(__file__).with_name("cases") / "dates.tsv"
with CASES.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

# EDTF as far as a reading uses it: level 0 and 1, and level 2 for a day whose year is unknown.
_DATE = r"(?:\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|\d{4})"
_MASKED = r"XXXX(?:-XX(?:-XX)?|-(?:0[1-9]|1[0-2])(?:-\d\d)?)?"
EDTF = re.compile(
    rf"{_DATE}~?|\d{{4}}-2[1-4]|\d{{3}}X|(?:{_DATE}~?|\.\.)/(?:{_DATE}~?|\.\.)|{_MASKED}(?:/{_MASKED})?"
)
# fmt: off
WORDS = [
    "Nov.", "20", "November", "May", "March", "Jan", "2020", "2021", "1701", "2,000", "20", "9", "5th",
    "the", "of", "in", "on", "by", "since", "until", "from", "to", "and", "between", "-", "–", ",", ".",
    "fall", "spring", "last", "next", "this", "week", "month", "year", "years", "two", "ago", "early",
    "late", "mid", "end", "Wednesday", "Friday", "today", "will", "met", "said", "1990s", "2023-11-20",
    "03/04/2023", "\n", "\n\n", "(", ")", "’s", "earlier", "later", "past", "coming", "before", "after",
    "year-end",
]
# fmt: on


def expected(row: dict[str, str]) -> list[tuple[str, ...]]:
    """What a row says should be found: words, EDTF, precision, bounds."""
    columns = (row[name].split(" ; ") for name in ("words", "edtf", "precision", "earliest", "latest"))
    return list(zip(*columns, strict=True)) if row["words"] else []


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_cases_are_all_there() -> None:
    """The table is not cut down unnoticed; a quarter of its cases or more hold no time."""
    assert len(ROWS) >= 219
    assert sum(not row["words"] for row in ROWS) >= 50


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['text']}@{row['published']}" for row in ROWS])
def test_case(row: dict[str, str]) -> None:
    """Each sentence of the table gives exactly the times that it says."""
    found = find_times(row["text"], day(row["published"]))
    assert [
        (
            one.text,
            one.time.edtf,
            one.time.precision,
            one.time.earliest.isoformat() if one.time.earliest else "",
            one.time.latest.isoformat() if one.time.latest else "",
        )
        for one in found
    ] == expected(row)


def check(text: str, published: date | None) -> None:
    """Spans are exact, sorted and apart; bounds in order; precision and EDTF valid."""
    end = 0
    for found in find_times(text, published):
        assert end <= found.span.start < found.span.end
        assert text[found.span.start : found.span.end] == found.text
        end = found.span.end
        bounds = (found.time.earliest, found.time.latest)
        assert None in bounds or bounds[0] <= bounds[1]  # type: ignore[operator]
        assert (found.time.precision == "open") == (None in bounds)
        assert found.time.precision in {"day", "month", "season", "year", "interval", "open"}
        assert EDTF.fullmatch(found.time.edtf), found


dates = st.none() | st.dates()


@given(st.text(), dates)
def test_any_text(text: str, published: date | None) -> None:
    """No text makes it fail, on whatever day it was published."""
    check(text, published)


@given(st.lists(st.sampled_from(WORDS), max_size=25), dates)
def test_any_words_of_the_grammar(words: list[str], published: date | None) -> None:
    """Words of the grammar in any order give sound times or none."""
    check(" ".join(words), published)


@given(st.sampled_from(ROWS), st.text(max_size=20), dates)
def test_offsets_move_with_the_text(row: dict[str, str], before: str, published: date | None) -> None:
    """A paragraph put in front moves the spans and changes nothing else, whatever its characters."""
    ahead = before + ".\n\n"
    if find_times(ahead, published):
        return
    moved = find_times(ahead + row["text"], published)
    plain = find_times(row["text"], published)
    assert [(one.text, one.time, one.span.start - len(ahead)) for one in moved] == [
        (one.text, one.time, one.span.start) for one in plain
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "from ",
        "Nov. ",
        "20 ",
        "1",
        " ",
        "\n",
        "the end of ",
        "2020-",
        "since the ",
        "will be ",
        "a",
        "Nov. 20 to ",
    ],
)
def test_time_grows_with_length(unit: str) -> None:
    """Four times the text takes about four times as long, however it tempts the grammar to try again."""
    short, long = unit * 2_000, unit * 8_000
    took = [min(_seconds(text) for _ in range(2)) for text in (short, long)]
    assert took[1] < 12 * took[0] + 0.02


def _seconds(text: str) -> float:
    start = time.process_time()
    find_times(text, date(2023, 12, 6))
    return time.process_time() - start
