"""JSON Lines: one article a line, an object with `text` and the fields of its citation."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.sources.decoding import MAX_BYTES, check_size, decode, opened
from kg.sources.document import Document
from kg.sources.fields import json_object, known_fields
from kg.sources.paths import shown


def records(path: Path) -> Iterator[Document | SourceError]:
    """Each article of the file, or why it cannot be used; never more than one line in memory.

    A file that breaks off gives what stands before that, and then the SourceError.
    """
    where, number = shown(path), 0
    try:
        with opened(path) as file:
            while line := file.readline(MAX_BYTES + 1):
                number += 1
                if line.strip():
                    yield _record(line, f"{where}, line {number}")
                while len(line) > MAX_BYTES and not line.endswith(b"\n"):
                    line = file.readline(MAX_BYTES)
    except SourceError as error:
        after = f"{where}, after line {number}" if number else where
        yield SourceError(error.what, after, error.mend)


def _record(line: bytes, where: str) -> Document | SourceError:
    try:
        check_size(line, where)
        table = json_object(decode(line, where).text, where)
        text = table.get("text")
        if not isinstance(text, str):
            raise SourceError("has no field 'text' with an article in it", where, "Put it there as a string")
        return Document(text, where, known_fields(table, where))
    except SourceError as error:
        return error
