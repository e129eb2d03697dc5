"""The texts that a data folder holds, each with its citation, one JSON file each."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date as Day
from pathlib import Path
from typing import Any

from kg import durable
from kg.errors import LeftOut, SourceError, StoreError
from kg.identifiers import digest
from kg.model import Citation, Source
from kg.sameness import Copies

_NAME_LIMIT = 120  # characters of a file name; file systems end at 255 bytes


@dataclass(frozen=True)
class Stored:
    """A text of the library; `shipped` if it came with Parley and was not given by the user.

    `where` is the file, and the line in it, that a text is just loaded from; it is for messages alone.
    """

    source: Source
    licence: str | None = None
    shipped: bool = False
    where: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """What to call the text in a message."""
        return self.where or self.source.key


@dataclass(frozen=True)
class Merged:
    """The library after texts came in, and why some of them did not."""

    texts: tuple[Stored, ...]
    left_out: tuple[SourceError, ...]


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


def merge(held: Iterable[Stored], given: Iterable[Stored]) -> Merged:
    """The library after `given` texts came in: a new text replaces an older one with the same key.

    The same text given again with more, or less, of its citation is one text: the fuller citation stays.
    So is a copy in other dress (see `kg.sameness`): the first stays. Two of the given texts with one key and
    different content are a fault of their citations. Shipped texts come all together, so that those of an
    older release go.
    """
    came = tuple(given)
    renewed = any(text.shipped for text in came)
    kept = [text for text in held if not (renewed and text.shipped)]
    shelf = _Shelf(kept)
    refused = [fault for text in came for fault in shelf.take(text)]
    return Merged(_sorted(shelf.texts.values()), tuple(refused))


class _Shelf:
    """A library while texts come in."""

    def __init__(self, held: Iterable[Stored]) -> None:
        self.texts = {text.source.key: text for text in held}
        self._held = dict(self.texts)
        self._copies = Copies()
        for text in self.texts.values():
            self._copies.add(text.source)

    def take(self, text: Stored) -> list[SourceError]:
        """Put the text in, unless it is there already; gives why it, or what goes for it, is left out."""
        key = text.source.key
        twins = [self.texts[copy.key] for copy in self._copies.of(text.source) if self._holds(copy)]
        first = next((twin for twin in twins if not self._gives_way(twin, text)), None)
        if first is not None:
            known = _same_text(first, text) and _completes(first, text) and not first.where
            return [] if known else [_copy(text, first)]
        if key in self.texts and self.texts[key] not in twins and not self._is_held(key):
            what = f"has the publisher, date and title of {self.texts[key].name}, and another text"
            return [SourceError(what, text.name, "Leave one of them out, or mend its citation")]
        for twin in twins:
            del self.texts[twin.source.key]
        self.texts[key] = text
        self._copies.add(text.source)
        return [_copy(twin, text) for twin in twins if twin.where]

    def _holds(self, source: Source) -> bool:
        return source.key in self.texts and self.texts[source.key].source is source

    def _is_held(self, key: str) -> bool:
        return self._held.get(key) is self.texts[key]

    def _gives_way(self, twin: Stored, text: Stored) -> bool:
        """Whether a copy goes: an earlier version under the same key, or one that says less of itself."""
        earlier = twin.source.key == text.source.key and self._is_held(twin.source.key)
        return earlier or (_completes(text, twin) and not _completes(twin, text))


def _copy(text: Stored, first: Stored) -> LeftOut:
    return LeftOut(f"is the same text as {first.name}", text.name)


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
    del record["where"]
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
