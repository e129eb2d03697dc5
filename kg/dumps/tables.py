"""Tables in CSV for people without RDF, described as the W3C's CSV on the Web has it.

RFC 4180; Metadata Vocabulary for Tabular Data (W3C Recommendation of 2015): csv-metadata.json beside the
tables is where programs look for it (Model for Tabular Data, section 5.3).
"""

import csv
import io
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.dumps.extracts import rows
from kg.dumps.listing import File, files, on_disk
from kg.dumps.sinks import Pair
from kg.vocab import Base

METADATA = "csv-metadata.json"
_CSV = "text/csv; charset=utf-8; header=present"
_BETWEEN = "|"
_INSTEAD = "¦"  # of the sign above within a value
_CSVW = "http://www.w3.org/ns/csvw"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column, as tables.toml has it."""

    name: str
    title: str
    about: str
    type: str
    many: bool = False
    beside: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Table:
    """One table: the columns that tell rows apart, those that rows are sorted by, and all of them."""

    name: str
    title: str
    keys: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def tables() -> tuple[Table, ...]:
    """Every table of tables.toml; the columns that all have come last."""
    told = tomllib.loads((resources("kg.dumps.extracts") / "tables.toml").read_text("utf-8"))
    common = told.pop("common")
    return tuple(_table(name, one, common) for name, one in told.items())


def _table(name: str, told: Mapping[str, Any], common: Mapping[str, Any]) -> Table:
    dated = [] if name == "statements" else ["place", "place_name", "earliest", "latest"]
    shared = [*dated, "words", "start", "end", "source", "title", "publisher", "date"]
    columns = {**told["columns"], **{column: common[column] for column in shared}}
    named = tuple(Column(column, **fields) for column, fields in columns.items())
    return Table(name, told["title"], tuple(told["keys"]), tuple(told["order"]), named)


def write(folder: Path, store: Store, base: Base) -> Iterator[File]:
    """Write the tables, plain and packed, and their description."""
    for table in tables():
        found = _rows(table, store, base)
        pair = Pair(folder / f"{table.name}.csv")
        for start in range(0, max(len(found), 1), 10_000):
            pair.write(_csv(table, found[start : start + 10_000], head=not start))
        yield from files(pair.close(), table.title, _CSV, rows=len(found), conforms_to=_CSVW)
    (folder / METADATA).write_text(f"{json.dumps(metadata(), ensure_ascii=False, indent=1)}\n", "utf-8")
    yield on_disk(folder / METADATA, "What the columns of the tables hold", "application/csvm+json")


def _rows(table: Table, store: Store, base: Base) -> list[Row]:
    merged: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for solution in rows(store, table.name, base):
        row = {column.name: _text(solution[column.name]) for column in table.columns}
        merged[tuple(row[key] for key in table.keys)].append(row)
    found = [{column.name: _cell(column, of_one) for column in table.columns} for of_one in merged.values()]
    return sorted(found, key=lambda row: [_place(row[name]) for name in table.order])


def _text(term: Any) -> str:
    return "" if term is None else str(term.value)


def _cell(column: Column, of_one: Iterable[Row]) -> str:
    """The values of a column in the solutions for one row."""
    if column.beside:
        pairs = sorted({(row[column.beside], row[column.name]) for row in of_one if row[column.beside]})
        values = list(dict(reversed(pairs)).values())[::-1]
    else:
        values = sorted({row[column.name] for row in of_one} - {""})
    if not column.many:
        return values[0] if values else ""
    return _BETWEEN.join(value.replace(_BETWEEN, _INSTEAD) for value in values)


def _place(cell: str) -> tuple[int, str]:
    return (int(cell), "") if cell.isdecimal() else (-1, cell)


def _csv(table: Table, part: Iterable[Row], head: bool) -> bytes:
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, [column.name for column in table.columns])
    if head:
        writer.writeheader()
    writer.writerows(part)
    return content.getvalue().encode()


def metadata() -> dict[str, Any]:
    """What csv-metadata.json says."""
    return {
        "@context": [_CSVW, {"@language": "en"}],
        "dc:title": "Parley as tables",
        "dc:license": {"@id": _LICENCE},
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": table.title,
                "tableSchema": {
                    "columns": [_described(column) for column in table.columns],
                    "primaryKey": list(table.keys),
                },
            }
            for table in tables()
        ],
    }


def _described(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "titles": [column.name], "dc:title": column.title}
    told |= {"dc:description": column.about, "datatype": column.type}
    if column.many:
        told["separator"] = _BETWEEN
    if column.value:
        told["valueUrl"] = column.value
    return told
