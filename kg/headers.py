"""What is said about a text outside its body: its TOML header, the JSON file beside it, its file name."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from pathlib import Path
from typing import Any

from kg.decoding import kind_of, read_text, shown
from kg.errors import SourceError

KINDS = ("report", "article")
FIELDS = ("title", "publisher", "author", "date", "url", "kind", "licence")
_CITED = ("title", "publisher", "author", "date", "url", "licence")
_SIDECAR = {name: name for name in _CITED} | {"rights": "licence"}
_OPEN = re.compile(r"\+\+\+[ \t]*(?:\r?\n|\Z)")
_CLOSE = re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_ISO = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True)
class Fields:
    """Citation fields from one place; what that place does not say is None."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: Day | None = None
    url: str | None = None
    kind: str | None = None
    licence: str | None = None


def iso_date(text: str, where: str) -> Day:
    """The day that YYYY-MM-DD names; a time of day after it is left out. SourceError: no such form or day."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", text):
            raise ValueError
        return Day.fromisoformat(text[:10])
    except ValueError as error:
        raise SourceError(
            f"{text[:40]!r} is not a date", where, "Write a day that exists as YYYY-MM-DD"
        ) from error


def split_header(text: str, where: str) -> tuple[Fields | None, str]:
    """The header between `+++` lines, if the text opens with one, and the body after it, untouched.

    Raises SourceError with the line for a header that is not closed or not TOML.
    """
    start = _OPEN.match(text)
    if start is None:
        return None, text
    end = _CLOSE.search(text, start.end())
    if end is None:
        raise SourceError(
            "the header is not closed", f"{where}, line 1", "Put a line `+++` after its last field"
        )
    header = text[start.end() : end.start()]
    return _checked(_toml(header, where), where), text[end.end() :]


def _toml(header: str, where: str) -> Mapping[str, Any]:
    """The header as a table; its first line is line 2 of the file."""
    try:
        return tomllib.loads(header)
    except RecursionError as error:
        raise SourceError("the header is nested too deeply", where, _known()) from error
    except ValueError as error:
        found = re.search(r" \(at line (\d+)", str(error))
        line = int(found[1]) + 1 if found else header.count("\n") + 1
        reason = str(error).partition(" (at ")[0]
        mend = 'Write each field as name = "value"'
        raise SourceError(f"the header is not TOML: {reason}", f"{where}, line {line}", mend) from error


def _known() -> str:
    return "Fields known: " + ", ".join(FIELDS)


def _checked(table: Mapping[str, Any], where: str) -> Fields:
    """The header's fields. SourceError: an unknown one, an unknown kind, or a value of the wrong type."""
    unknown = [name for name in table if name not in FIELDS]
    if unknown:
        raise SourceError(f"unknown header field {unknown[0]!r}", where, _known())
    if table.get("kind", KINDS[0]) not in KINDS:
        raise SourceError(f"unknown kind {table['kind']!r}", where, "Write one of: " + ", ".join(KINDS))
    return Fields(**{name: _value(name, value, where) for name, value in table.items()})


def _value(name: str, value: Any, where: str) -> Any:
    """A date for `date`, else one line of text; null and blank are None."""
    if value is None:
        return None
    if name == "date" and isinstance(value, Day):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str):
        raise SourceError(f"the field {name!r} is not text", where, "Put its value in quotes")
    line = " ".join(value.split())
    return iso_date(line, where) if name == "date" and line else line or None


def opens_with_header(text: str) -> bool:
    """Whether the text opens with a header, be it closed or not."""
    return _OPEN.match(text) is not None


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a text is, if it has one: NAME.meta.json beside NAME.txt."""
    return path.parent / f"{path.stem}.meta.json"


def sidecar(path: Path) -> Fields:
    """The fields of the text's sidecar, if it is there.

    Such files come from many tools, so fields without a meaning here are left alone; `rights` is the licence.
    Raises SourceError for a file that is not a JSON object or has a value of the wrong type.
    """
    beside = sidecar_of(path)
    if kind_of(beside) != "file":
        return Fields()
    where = shown(beside)
    try:
        table = json.loads(read_text(beside))
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise SourceError("is not JSON", where + line, "Mend or delete it") from error
    if not isinstance(table, dict):
        raise SourceError("is not a JSON object", where, 'Write it as {"title": "…", "date": "YYYY-MM-DD"}')
    named = {_SIDECAR[name]: value for name, value in table.items() if name in _SIDECAR}
    return Fields(**{name: _value(name, value, where) for name, value in named.items()})


def file_name_date(path: Path) -> Day | None:
    """The first ISO date in the file's name, if it has one. SourceError: one that is no day."""
    found = _ISO.search(path.stem)
    return iso_date(found[0], f"{shown(path)}, file name") if found else None
