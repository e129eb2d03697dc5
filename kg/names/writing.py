"""Writes the index of the names of one version of a graph: a file of SQLite, made whole or not at all."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from kg import durable
from kg.names import folding, keys
from kg.names.facts import ALIAS, INITIALS, LABEL, NAMED, TERM, UNSEARCHED, Facts, Term
from kg.vocab import Base

_INITIALLED = frozenset(
    ("agreement", "corridor", "format", "group", "organisation", "state")
)  # kinds with acronyms
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;"
_DESCRIBED = 3  # descriptions of one thing that are kept

Row = tuple[str | int, ...]


def write(path: Path, base: Base, facts: Facts) -> None:
    """Put the index of these facts at a path, where nothing is; raises OSError, sqlite3.Error."""
    partial = path.with_name(f"{durable.PARTIAL}{os.getpid()}-{path.name}")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as index:
            index.executescript(_FAST + (files(__package__) / "schema.sql").read_text("utf-8"))
            _Filling(index, base, facts).fill()
            index.commit()
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


class _Filling:
    def __init__(self, index: sqlite3.Connection, base: Base, facts: Facts) -> None:
        self._index, self._base, self._facts = index, base, facts
        self._names: dict[str, dict[str, str]] = defaultdict(dict)  # by thing: role by text
        for iri, text, role in facts.names:
            if self._kind(iri) not in UNSEARCHED and text.strip():
                known = self._names[iri]
                known[text] = min(known.get(text, role), role, key=_rank)
        self._ids = {iri: number for number, iri in enumerate(sorted(self._names), 1)}

    def fill(self) -> None:
        """Write every table."""
        self._many("about", [("base", self._base.iri)])
        self._many("thing", self._things())
        self._many("typed", self._typed())
        self._many("identifier", set(self._identifiers()))
        names = [*self._listed()]
        self._many("name", names)
        self._postings(names)
        self._many("class", map(_term, self._facts.classes))
        self._many("broader", {(keys.of_term(a), keys.of_term(b)) for a, b in self._facts.broader if a != b})
        self._many("property", map(_term, self._facts.properties))
        self._searched(names)

    def _many(self, table: str, rows: Iterable[Row]) -> None:
        listed = [*rows]
        if listed:
            places = ", ".join("?" * len(listed[0]))
            self._index.executemany(f"INSERT INTO {table} VALUES ({places})", listed)

    def _kind(self, iri: str) -> str:
        return (keys.of_thing(iri, self._base) or "").partition("/")[0]

    def _things(self) -> Iterator[Row]:
        told = _grouped(self._facts.descriptions)
        for iri, number in self._ids.items():
            kind = self._kind(iri)
            key = keys.of_thing(iri, self._base) or iri
            label = min(self._names[iri], key=lambda text: (_rank(self._names[iri][text]), text))
            description = "; ".join(_telling(told[iri], label)[:_DESCRIBED])
            mentions = self._facts.mentions.get(iri, 0)
            yield number, key, kind, label, description, int(kind in NAMED), mentions

    def _typed(self) -> Iterator[Row]:
        for iri, types in _grouped(self._facts.types).items():
            if iri in self._ids:
                for place, name in enumerate(dict.fromkeys(map(keys.of_term, types))):
                    yield name, place, self._ids[iri]

    def _identifiers(self) -> Iterator[Row]:
        for iri, number in self._ids.items():
            yield iri, number
            yield keys.of_thing(iri, self._base) or iri, number
        for iri, text in self._facts.identifiers:
            if iri in self._ids:
                yield text, self._ids[iri]
                yield text.rstrip("/").rpartition("/")[2], self._ids[iri]

    def _listed(self) -> Iterator[Row]:
        number = 0
        for iri, thing in self._ids.items():
            for text, role in self._with_initials(iri):
                plain = folding.words(text)
                if plain:
                    number += 1
                    yield number, thing, text, role, " ".join(plain), folding.bag(plain), "".join(plain)

    def _with_initials(self, iri: str) -> Iterator[tuple[str, str]]:
        known = self._names[iri]
        yield from known.items()
        if self._kind(iri) in _INITIALLED:
            shortened = dict.fromkeys(filter(None, map(folding.initials, known)))
            taken = {"".join(folding.words(text)) for text in known}
            yield from ((short.upper(), INITIALS) for short in shortened if short not in taken)

    def _postings(self, names: list[Row]) -> None:
        kinds = {number: int(self._kind(iri) in NAMED) for iri, number in self._ids.items()}
        postings = {
            (word, kinds[int(thing)], number)
            for number, thing, _, role, plain, *_ in names
            if role != INITIALS
            for word in str(plain).split()
        }
        self._many("posting", sorted(postings))
        words = {word for word, _, _ in postings}
        self._many(
            "near", sorted((bones, word) for word in words for bones in folding.near(folding.skeleton(word)))
        )

    def _searched(self, names: list[Row]) -> None:
        said = {iri: " ".join(texts) for iri, texts in _grouped(self._facts.said).items()}
        plain: dict[int, list[str]] = defaultdict(list)
        for _, thing, _, _, text, *_ in names:
            plain[int(thing)].append(str(text))
        rows = (
            (number, " . ".join(plain[number]), " ".join(folding.words(said.get(iri, ""))))
            for iri, number in self._ids.items()
        )
        self._index.executemany("INSERT INTO words (rowid, names, said) VALUES (?, ?, ?)", rows)


def _telling(descriptions: Iterable[str], label: str) -> list[str]:
    """Those that say what the label does not."""
    known = set(folding.words(label))
    return [text for text in dict.fromkeys(descriptions) if not set(folding.words(text)) <= known]


def _rank(role: str) -> int:
    return (LABEL, ALIAS, TERM, INITIALS).index(role)


def _term(term: Term) -> Row:
    key = keys.of_term(term.iri)
    return key, term.iri, term.label or keys.spelled(key), term.description, term.things


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found
