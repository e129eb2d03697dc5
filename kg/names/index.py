"""Reads the index of names: exact names, words that sound alike, first letters, and what was said."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.names import folding
from kg.names.matching import SAME_SOUND, alike
from kg.names.things import Found, Known, Name, Thing

_STEPS = 10_000  # of the database's machine between two looks at the clock; about a millisecond
_SECONDS = 2.0  # that one search may take
_COMMON = 2_000  # names with a word, above which it is looked at only where nothing rarer is there
_SIMILAR = 8  # words of the index that a word of a query may mean
_WORDS = 8  # of a search
_LEAST = 0.72  # likeness of words that may be one


class SearchTooLong(StoreError):
    """A search that was ended because its time was up."""


class Index:
    """The names of one version of a graph, for many threads; the file may be removed meanwhile."""

    def __init__(self, path: Path, version: str) -> None:
        self.version = version
        self._path = path
        self._local = threading.local()
        self.similar = lru_cache(2**14)(self._similar)
        self._connection()

    def by_identifier(self, text: str) -> list[int]:
        """Things that a text stands for as key, IRI, code or identifier elsewhere."""
        return self._numbers("SELECT thing FROM identifier WHERE text = ?", text.strip())

    def exact(self, plain: Sequence[str]) -> list[Name]:
        """Names of the same plain words in whichever order, or of the same letters in a row."""
        found = self._names("bag = ?", folding.bag(plain))
        return list(dict.fromkeys(found + self._names("joined = ?", "".join(plain))))

    def names(self, ids: Sequence[int]) -> list[Name]:
        """Names by their numbers."""
        return self._names(f"id IN ({_places(ids)})", *ids)

    def postings(self, word: str, types: Sequence[str], most: int = _COMMON) -> list[int]:
        """Numbers of names that a word is in: of things that have a name, or that have one of the types."""
        if types:
            text = (
                "SELECT DISTINCT posting.name FROM posting JOIN name ON name.id = posting.name"
                " JOIN typed ON typed.thing = name.thing"
                f" WHERE word = ? AND type IN ({_places(types)}) LIMIT ?"
            )
            return self._numbers(text, word, *types, most)
        return self._numbers("SELECT name FROM posting WHERE word = ? AND named = 1 LIMIT ?", word, most)

    def bearers(self, word: str, type_: str) -> int:
        """How many things of a type have a word in a name."""
        text = (
            "SELECT COUNT(DISTINCT name.thing) FROM posting JOIN name ON name.id = posting.name"
            " JOIN typed ON typed.thing = name.thing WHERE word = ? AND type = ?"
        )
        return self._numbers(text, word, type_)[0]

    def things(self, ids: Sequence[int]) -> dict[int, Thing]:
        """Things by their numbers."""
        rows = self._rows(f"SELECT {_THING} FROM thing WHERE id IN ({_places(ids)})", *ids)
        types: dict[int, list[str]] = {}
        for thing, type_ in self._rows(
            f"SELECT thing, type FROM typed WHERE thing IN ({_places(ids)}) ORDER BY thing, place", *ids
        ):
            types.setdefault(thing, []).append(type_)
        return {row[0]: Thing(*(*row, tuple(types.get(row[0], ())))) for row in rows}

    def search(self, text: str, kind: str | None, limit: int, offset: int) -> Found:
        """Things whose names or words have, for each word of the text, one that begins or sounds so.

        Raises SearchTooLong.
        """
        wanted = self._matching(text)
        if not wanted:
            return Found((), 0, ())
        kinds = self._rows(
            "SELECT kind, COUNT(*) FROM words JOIN thing ON id = words.rowid WHERE words MATCH ?"
            " GROUP BY kind ORDER BY 2 DESC, 1",
            wanted,
        )
        of_kind, value = ("AND kind = ?", (kind,)) if kind else ("", ())
        found = self._numbers(
            f"SELECT id FROM words JOIN thing ON id = words.rowid WHERE words MATCH ? {of_kind}"
            " ORDER BY named DESC, bm25(words, 10, 1), mentions DESC, key LIMIT ? OFFSET ?",
            *(wanted, *value, limit, offset),
        )
        total = sum(count for name, count in kinds if kind in (None, name))
        things = self.things(found)
        return Found(tuple(things[number] for number in found), total, tuple(kinds))

    def complete(self, text: str, limit: int, offset: int = 0, kind: str | None = None) -> list[Thing]:
        """Things that have a name with words that begin or sound so; first those that people know by a name.

        Raises SearchTooLong.
        """
        wanted = self._matching(text)
        ids = self.by_identifier(text) if not offset else []
        if wanted:
            of_kind, value = ("AND kind = ?", (kind,)) if kind else ("", ())
            ids += self._numbers(
                f"SELECT id FROM words JOIN thing ON id = words.rowid WHERE words MATCH ? {of_kind}"
                " ORDER BY named DESC, names LIKE ? DESC, mentions DESC, length(label), key LIMIT ? OFFSET ?",
                *(f"names : ({wanted})", *value, f"{' '.join(folding.words(text))}%", limit, offset),
            )
        things = self.things(ids)
        return [things[number] for number in dict.fromkeys(ids)][:limit]

    def classes(self) -> list[Known]:
        """Classes that things have, the commonest first."""
        return [Known(*row) for row in self._rows(f"SELECT {_TERM} FROM class ORDER BY things DESC, key")]

    def properties(self) -> list[Known]:
        """Properties that things have, the commonest first."""
        return [Known(*row) for row in self._rows(f"SELECT {_TERM} FROM property ORDER BY things DESC, key")]

    def broader(self, key: str) -> list[Known]:
        """The next broader classes of one; what nothing is said to be is left out."""
        text = f"SELECT {_TERM} FROM broader JOIN class ON key = broader.broader WHERE class = ? ORDER BY key"
        return [Known(*row) for row in self._rows(text, key)]

    def _matching(self, text: str) -> str:
        """The question for the table of words; plain words have no character that means anything to it."""
        plain = dict.fromkeys(folding.words(text)[:_WORDS])
        return " AND ".join(f"({' OR '.join(self._spellings(word))})" for word in plain)

    def _spellings(self, word: str) -> list[str]:
        """What begins with a word, and words that sound the same: Aliyev for Алиев, read as Aliev."""
        heard = (other for other, close in self.similar(word) if SAME_SOUND <= close < 1)
        return [f'"{word}" *', *(f'"{other}"' for other in heard)]

    def _similar(self, word: str) -> tuple[tuple[str, float], ...]:
        """Words of the index that a word may mean, with how alike they are (0 to 1), best first."""
        keys = folding.near(folding.skeleton(word))
        rows = self._rows(f"SELECT DISTINCT word FROM near WHERE bones IN ({_places(keys)})", *keys)
        weighed = ((other, alike(word, other)) for (other,) in rows)
        close = sorted((pair for pair in weighed if pair[1] >= _LEAST), key=lambda pair: (-pair[1], pair[0]))
        return tuple(close[:_SIMILAR])

    def _names(self, condition: str, *values: str | int) -> list[Name]:
        rows = self._rows(f"SELECT thing, text, role, plain FROM name WHERE {condition}", *values)
        return [Name(thing, text, role, tuple(plain.split())) for thing, text, role, plain in rows]

    def _numbers(self, text: str, *values: str | int) -> list[int]:
        return [row[0] for row in self._rows(text, *values)]

    def _rows(self, text: str, *values: str | int) -> list[tuple[Any, ...]]:
        connection = self._connection()
        try:
            with _deadline(connection):
                return connection.execute(text, values).fetchall()
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise SearchTooLong("the search took too long", None, "Give longer, or fewer, words") from None

    def _connection(self) -> sqlite3.Connection:
        """One for each thread. Raises StoreError where there is no index any more."""
        found = getattr(self._local, "connection", None)
        if found is None:
            try:
                found = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
                found.execute("PRAGMA mmap_size = 1073741824")
            except sqlite3.OperationalError as error:
                what = f"the index of names cannot be read ({error})"
                raise StoreError(what, str(self._path), "Ask again: it may have been replaced") from error
            self._local.connection = found
        return found


_THING = "id, key, kind, label, description, mentions"
_TERM = "key, iri, label, description, things"


@contextmanager
def _deadline(connection: sqlite3.Connection) -> Iterator[None]:
    """Have what runs on the connection end in time."""
    end = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
