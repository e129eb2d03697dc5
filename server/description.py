"""What a page tells about one thing: names, classes, properties, statements and the words behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.vocab import Base
from server import json_ld, lookups, urls
from server.engine.contract import Engine, Row
from server.extent import Extent
from server.outside import elsewhere
from server.tables import Cell, compact
from server.words import Words, flag, named, value, words

LINKS = 50  # links to a thing on one page
OUTGOING = 80  # links from a thing on one page
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
class Description:
    """Everything on the page of one thing."""

    iri: str
    title: str
    types: tuple[tuple[Cell, bool], ...]
    outgoing: tuple[Property, ...]
    incoming: tuple[Property, ...]
    statements: tuple[Card, ...]
    words: tuple[Words, ...]
    extent: Extent
    part: int
    elsewhere: tuple[Cell, ...]  # the same thing in other data sets
    embedded: dict[str, Any]  # names, classes and properties as JSON-LD


def describe(
    engine: Engine, iri: str, types: Sequence[Row], extent: Extent, part: int, statements: bool
) -> Description:
    """What the graph says of a thing of these classes and of this extent.

    `part` counts the pages of what is long, from 1; `statements`: whether those about it come as cards, with
    the passages that support it.
    """
    base = engine.generation().base
    names = lookups.select(engine, "title", this=iri)[0]
    outgoing = _sorted(lookups.select(engine, "outgoing", this=iri, **_page(OUTGOING, part)), "value")
    incoming = _sorted(lookups.select(engine, "incoming", this=iri, **_page(LINKS, part)), "subject")
    said = lookups.select(engine, "statements", this=iri, **_page(STATEMENTS, part)) if statements else []
    return Description(
        iri=iri,
        title=_title(iri, names, base),
        types=tuple((named(row, "type", base), flag(row, "inferred")) for row in types),
        outgoing=_properties(outgoing, "value", base),
        incoming=_properties(incoming, "subject", base),
        statements=cards(engine, [value(row, "statement") for row in said]),
        words=_passages(_quoted(engine, "words", this=iri, limit=_WORDS), base)
        if statements and part == 1
        else (),
        extent=extent,
        part=part,
        elsewhere=elsewhere(outgoing),
        embedded=json_ld.about(iri, names, types, outgoing),
    )


def _title(iri: str, names: Row, base: Base) -> str:
    """What its page is headed and cited by: the label of a proposition alone would read as a fact."""
    label = value(names, "preferredLabel") or value(names, "label") or compact(iri, base)
    return f"Claim: {label}" if iri.startswith(f"{base.iri}id/proposition/") else label


def _sorted(found: list[Row], column: str) -> list[Row]:
    """By property and column: here, since the engine takes long to sort."""
    return sorted(found, key=lambda row: (value(row, "property"), value(row, column)))


def _page(size: int, part: int) -> dict[str, int]:
    return {"limit": size, "offset": (part - 1) * size}


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


def _properties(found: list[Row], column: str, base: Base) -> tuple[Property, ...]:
    by_property = groupby(found, key=lambda row: value(row, "property"))
    return tuple(_property(list(members), column, base) for _, members in by_property)


def _property(members: list[Row], column: str, base: Base) -> Property:
    values = tuple((named(row, column, base), flag(row, "inferred")) for row in members)
    return Property(named(members[0], "property", base), values)


def _passages(found: Sequence[Row], base: Base) -> tuple[Words, ...]:
    return tuple(filter(None, (words(row, base) for row in found)))
