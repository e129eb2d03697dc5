"""The texts that a generation was read from: one file of SQLite, so that a page finds one without the others.

They stand in the generation, since the library of the data folder may hold another text under the same key by
the time that an older generation is served. Whether a server shows them is for its settings to say.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from kg.model import Source

FILE = "texts.sqlite"
_SCHEMA = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # what is half written is thrown away as a whole
    "CREATE TABLE text (key TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;"
)


def write(folder: Path, sources: Iterable[Source]) -> None:
    """Put the texts of these sources into a folder that has none; raises OSError."""
    rows = ((source.key, source.text) for source in sources)
    try:
        with closing(sqlite3.connect(folder / FILE)) as file:
            file.executescript(_SCHEMA)
            file.executemany("INSERT INTO text VALUES (?, ?)", rows)
            file.commit()
    except sqlite3.Error as error:  # as where its disk is full
        raise OSError(str(error)) from error


def read(folder: Path, key: str) -> str | None:
    """The text of a source; None where the folder has none of it. Raises sqlite3.Error for a damaged file."""
    found = _asked(folder, "SELECT words FROM text WHERE key = ?", key)
    return found[0][0] if found else None


def intact(folder: Path) -> bool:
    """Whether the file can be read to its end, or is not there; takes as long as that."""
    try:
        return _asked(folder, "PRAGMA quick_check") in ([], [("ok",)])
    except sqlite3.Error:
        return False


def _asked(folder: Path, question: str, *values: str) -> list[tuple[str, ...]]:
    path = folder / FILE
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        return file.execute(question, values).fetchall()
