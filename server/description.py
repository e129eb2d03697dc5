"""What a page tells about one thing: names, classes, properties, statements and the words behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from kg.vocab import Base
from server import lookups, urls
from server.engine.contract import Engine, Row
from server.tables import Cell, compact
from server.words import Words, flag, named, value, words

PER_PAGE = 50  # links that point at a thing
STATEMENTS = 25  # statements on one page
_WORDS = 50  # passages on one page


@dataclass(frozen=True)
class Property:
    """One property with its values; a value is marked where only the reasoner gives it."""

    name: Cell
    values: tuple[tuple[Cell, bool], ...]


@dataclass(frozen=True)
class Card:
    """One statement: its parts by name (speaker, stance, modality, …) and its words."""

    title: Cell
    parts: dict[str, tuple[Cell, ...]]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Part:
    """One page of a longer list; pages count from 1."""

    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Description:
    """Everything on the page of one thing."""

    iri: str
    title: str
    types: tuple[tuple[Cell, bool], ...]
    outgoing: tuple[Property, ...]
    incoming: tuple[Property, ...]
    statements: tuple[Card, ...]
    words: tuple[Words, ...]
    part: Part


def exists(engine: Engine, iri: str) -> bool:
    """Whether the graph has a triple with this thing."""
    return lookups.number(engine, "exists", this=iri) > 0


def describe(engine: Engine, iri: str, part: int = 1) -> Description:
    """The page of a thing; `part` counts the pages of what is long, from 1."""
    base = engine.generation().base
    links = lookups.count(engine, "incoming", this=iri)
    said = lookups.count(engine, "statements", this=iri)
    pages = max(ceil(links / PER_PAGE), ceil(said / STATEMENTS), 1)
    incoming = lookups.select(engine, "incoming", this=iri, limit=PER_PAGE, offset=(part - 1) * PER_PAGE)
    first = part == 1
    return Description(
        iri=iri,
        title=_title(engine, iri, base),
        types=tuple(
            (named(row, "type", base), flag(row, "inferred"))
            for row in lookups.select(engine, "types", this=iri)
        ),
        outgoing=_properties(lookups.select(engine, "outgoing", this=iri), "value", base) if first else (),
        incoming=_properties(incoming, "subject", base),
        statements=cards(engine, _statements(engine, iri, part)),
        words=_passages(_quoted(engine, "words", this=iri, limit=_WORDS), base) if first else (),
        part=Part(part, pages, links),
    )


def cards(engine: Engine, statements: Sequence[str]) -> tuple[Card, ...]:
    """One card for each statement, in the order given."""
    if not statements:
        return ()
    base = engine.generation().base
    parts = _grouped(lookups.select(engine, "statement-parts", these=statements))
    said = _grouped(_quoted(engine, "statement-words", these=statements))
    return tuple(_card(iri, parts.get(iri, []), said.get(iri, []), base) for iri in statements)


def _quoted(engine: Engine, lookup: str, **places: lookups.Place) -> list[Row]:
    """Passages with the names and citations of their sources."""
    found = lookups.select(engine, lookup, **places)
    return lookups.cited(engine, lookups.labelled(engine, found))


def _statements(engine: Engine, iri: str, part: int) -> list[str]:
    found = lookups.select(engine, "statements", this=iri, limit=STATEMENTS, offset=(part - 1) * STATEMENTS)
    return [value(row, "statement") for row in found]


def _card(iri: str, parts: list[Row], said: list[Row], base: Base) -> Card:
    by_part = groupby(parts, key=lambda row: value(row, "part"))
    grouped = {
        part: tuple(named(row, "value", base, "label") for row in members) for part, members in by_part
    }
    name = grouped.pop("name", (Cell(compact(iri, base)),))[0]
    return Card(Cell(name.text, urls.of(iri, base)), grouped, _passages(said, base))


def _grouped(found: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by their statement; the queries sort by it."""
    return {iri: list(members) for iri, members in groupby(found, key=lambda row: value(row, "statement"))}


def _title(engine: Engine, iri: str, base: Base) -> str:
    row = lookups.select(engine, "title", this=iri)[0]
    return value(row, "preferredLabel") or value(row, "label") or compact(iri, base)


def _properties(found: list[Row], column: str, base: Base) -> tuple[Property, ...]:
    by_property = groupby(found, key=lambda row: value(row, "property"))
    return tuple(_property(list(members), column, base) for _, members in by_property)


def _property(members: list[Row], column: str, base: Base) -> Property:
    values = tuple((named(row, column, base), flag(row, "inferred")) for row in members)
    return Property(named(members[0], "property", base), values)


def _passages(found: Sequence[Row], base: Base) -> tuple[Words, ...]:
    return tuple(filter(None, (words(row, base) for row in found)))
