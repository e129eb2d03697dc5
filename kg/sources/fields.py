"""The citation of a text as the places outside its body state it: fields, their values, and sidecars."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.sources.decoding import read_text
from kg.sources.paths import kind_of, shown, unpacked

KINDS = ("report", "article")
FIELDS = ("title", "publisher", "author", "date", "url", "kind", "licence")
_CITED = ("title", "publisher", "author", "date", "url", "licence")
# What other tools call these fields, in JSON and in YAML front matter.
_ALIASES = {
    "rights": "licence",
    "license": "licence",
    "authors": "author",
    "byline": "author",
    "sitename": "publisher",
    "link": "url",
}
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


NONE = Fields()


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


def value_of(name: str, value: Any, where: str) -> Any:
    """A date for `date`, else one line of text; null and blank are None."""
    if value is None:
        return None
    if name == "date" and isinstance(value, Day):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str):
        raise SourceError(f"the field {name!r} is not text", where, "Put its value in quotes")
    line = " ".join(value.split())
    return iso_date(line, where) if name == "date" and line else line or None


def known_fields(table: Mapping[str, Any], where: str) -> Fields:
    """The citation in a table that another tool wrote; fields without a meaning here are left alone.

    Raises SourceError for a value of the wrong type.
    """
    named = {_ALIASES[name]: value for name, value in table.items() if name in _ALIASES}
    named |= {name: value for name, value in table.items() if name in _CITED}
    kind = table.get("kind")
    values = {name: value_of(name, _joined(value), where) for name, value in named.items()}
    return Fields(**values, kind=kind if kind in KINDS else None)


def _joined(value: Any) -> Any:
    """Several authors as one line."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a text is, if it has one: NAME.meta.json beside NAME.txt."""
    return path.parent / f"{unpacked(path).stem}.meta.json"


def sidecar(path: Path) -> Fields:
    """The fields of the text's sidecar, if it is there.

    Raises SourceError for a file that is not a JSON object or has a value of the wrong type.
    """
    beside = sidecar_of(path)
    if kind_of(beside) != "file":
        return Fields()
    where = shown(beside)
    return known_fields(json_object(read_text(beside), where), where)


def json_object(text: str, where: str) -> dict[str, Any]:
    """One JSON object; SourceError for anything else."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) and "\n" in text else ""
        raise SourceError("is not JSON", where + line, "Mend or delete it") from error
    if not isinstance(table, dict):
        raise SourceError("is not a JSON object", where, 'Write it as {"title": "…", "date": "YYYY-MM-DD"}')
    return table


def file_name_date(path: Path) -> Day | None:
    """The first ISO date in the file's name, if it has one. SourceError: one that is no day."""
    found = _ISO.search(path.name)
    return iso_date(found[0], f"{shown(path)}, file name") if found else None
