"""Writes what the reader finds in the seed article and in its report as tables of offsets and readings.

`tests/cases/seed/article.tsv` and `report.tsv` have one row for each reading: its kind, its key, where its
words stand (each part's spans as half-open code point offsets), and its values. Text of more than six words
is cut there and ends with a hash of the whole, so that the tables show that it changed but do not hold it.

After a change of the reader or of the report, `renew_seed.py` writes both again; the diff is for review.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kg import known
from kg.identifiers import digest
from kg.model import Mention, Proposition, Reading, Span, Statement, TimeSpan
from kg.reading import Index, read
from kg.sources import load, shipped_reports

CASES = Path(__file__).parent / "cases" / "seed"
COLUMNS = ("kind", "key", "offsets", "values")
_ARTICLE = "articles/dailysabah-2023-12-06.txt"
_REPORT = "daily-sabah-2023-12-06"
_KEPT_WORDS = 6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Row = dict[str, str]


@cache
def reading_of(path: Path) -> Reading:
    """The reading of a seed text, with the citation that both texts share."""
    source = load(path, date(2023, 12, 6), "Daily Sabah").source
    return read(source, _index())


@cache
def _index() -> Index:
    return known.index()


def article(shared: Path) -> Path:
    """The article, which is not part of the project."""
    return shared / _ARTICLE


def report() -> Path:
    """The shipped report that restates it."""
    return next(path for path in shipped_reports() if path.stem == _REPORT)


def rows_of(reading: Reading) -> list[Row]:
    """One row for each reading, in the order of the model."""
    parts = [field.name for field in fields(reading) if field.name != "source"]
    return [_row(part, thing) for part in parts for thing in getattr(reading, part)]


def read_rows(path: Path) -> list[Row]:
    """The rows of a tab-separated table without quoting."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """The table that read_rows reads; a cell with a tab or a line break is an error."""
    lines = [list(columns), *([row[column] for column in columns] for row in rows)]
    assert not any(re.search(r"[\t\r\n]", cell) for line in lines for cell in line)
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def shown_time(time: TimeSpan) -> str:
    """EDTF text, precision and bounds."""
    return f"{time.edtf}:{time.precision}:{time.earliest or ''}..{time.latest or ''}"


def spans_of(thing: Any) -> Iterator[tuple[str, Span]]:
    """Each span of a reading with the part that it plays; mentions go by their form."""
    for field in fields(thing):
        for part in _several(getattr(thing, field.name)):
            if isinstance(part, Span):
                yield field.name, part
            elif isinstance(part, Mention):
                yield part.form, part.span


def _row(part: str, thing: Any) -> Row:
    return {"kind": part, "key": thing.key, "offsets": _offsets(thing), "values": _values(thing)}


def _offsets(thing: Any) -> str:
    return " ".join(f"{part}:{span.start}-{span.end}" for part, span in spans_of(thing))


def _values(thing: Any) -> str:
    """Every field that is neither key nor span and not made of the others."""
    shown = []
    for field in fields(thing):
        values = _several(getattr(thing, field.name))
        if field.name not in _left_out(thing) and values and not isinstance(values[0], Span | Mention):
            shown.append(f"{field.name}={'+'.join(map(_value, values))}")
    return "; ".join(shown)


def _left_out(thing: Any) -> tuple[str, ...]:
    return ("key", "label") if isinstance(thing, Statement | Proposition) else ("key",)


def _value(value: Any) -> str:
    return shown_time(value) if isinstance(value, TimeSpan) else _cut(str(value))


def _cut(text: str) -> str:
    """Keys and short texts as they are; of others the first words and a hash."""
    words = list(_WORD.finditer(text))
    if len(words) <= _KEPT_WORDS or re.fullmatch(r"\S+", text):
        return text
    return f"{text[: words[_KEPT_WORDS - 1].end()]}… #{digest(text, length=8)}"


def _several(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
