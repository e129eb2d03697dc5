"""The texts that a data folder holds, each with its citation, one JSON file each."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date as Day
from pathlib import Path
from typing import Any

from kg import durable
from kg.errors import StoreError
from kg.identifiers import digest
from kg.model import Citation, Source

_NAME_LIMIT = 120  # characters of a file name; file systems end at 255 bytes


@dataclass(frozen=True)
class Stored:
    """A text of the library; `shipped` if it came with Parley and was not given by the user."""

    source: Source
    licence: str | None = None
    shipped: bool = False


def load(folder: Path) -> tuple[Stored, ...]:
    """Every text of the library, sorted by key; raises StoreError for a file that is not one of its own."""
    files = (f for f in folder.glob("*.json") if not f.name.startswith(durable.PARTIAL))
    return _sorted(_from_json(file) for file in files)


def save(folder: Path, texts: Iterable[Stored]) -> None:
    """Have the library hold these texts and no others."""
    wanted = {_file_name(text.source.key): _to_json(text) for text in texts}
    for name, content in wanted.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != content:
            durable.write(folder / name, content)
    for file in folder.glob("*.json"):
        if file.name not in wanted:
            file.unlink()


def merge(held: Iterable[Stored], given: Iterable[Stored]) -> tuple[Stored, ...]:
    """The library after `given` texts came in: a new text replaces one with the same key.

    The same text given again with more, or less, of its citation is one text: the fuller citation stays.
    Shipped texts come all together, so that those of an older release go.
    """
    came = tuple(given)
    renewed = any(text.shipped for text in came)
    library = {text.source.key: text for text in held if not (renewed and text.shipped)}
    keys: dict[str, set[str]] = defaultdict(set)  # by the hash of the words
    for text in library.values():
        keys[text.source.sha256].add(text.source.key)
    for text in came:
        twins = [library[key] for key in keys[text.source.sha256] if key in library]
        twins = [twin for twin in twins if _same_text(twin, text)]
        if any(_completes(twin, text) and not _completes(text, twin) for twin in twins):
            continue
        for twin in twins:
            if _completes(text, twin):
                del library[twin.source.key]
        library[text.source.key] = text
        keys[text.source.sha256].add(text.source.key)
    return _sorted(library.values())


def _sorted(texts: Iterable[Stored]) -> tuple[Stored, ...]:
    return tuple(sorted(texts, key=lambda text: text.source.key))


def _same_text(one: Stored, other: Stored) -> bool:
    return (one.source.sha256, one.source.kind) == (other.source.sha256, other.source.kind)


def _completes(fuller: Stored, other: Stored) -> bool:
    """Whether one citation says all that the other does, and contradicts nothing of it."""
    ours, theirs = asdict(fuller.source.citation), asdict(other.source.citation)
    return all(not value or ours[field] == value for field, value in theirs.items())


def _file_name(key: str) -> str:
    name = key.replace("/", "--")
    return f"{name if len(name) <= _NAME_LIMIT else name[:_NAME_LIMIT] + '-' + digest(key)}.json"


def _to_json(text: Stored) -> bytes:
    record = asdict(text)
    day = text.source.citation.date
    record["source"]["citation"]["date"] = day.isoformat() if day else None
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _from_json(file: Path) -> Stored:
    try:
        record: dict[str, Any] = json.loads(file.read_bytes())
        source: dict[str, Any] = record["source"]
        cited: dict[str, Any] = source["citation"]
        day = Day.fromisoformat(cited["date"]) if cited["date"] else None
        citation = Citation(**{**cited, "date": day})
        return Stored(**{**record, "source": Source(**{**source, "citation": citation})})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError("is not a text that Parley stored", str(file), "Move it elsewhere") from error
