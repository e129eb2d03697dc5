"""What a list holds for a request: items with their fields and first words, and the facets beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.vocab import Base
from server import lookups
from server.engine.contract import Engine, Row
from server.lists import Field, List
from server.lists.selection import FEW, Selection, details
from server.tables import Cell, compact
from server.words import Words, named, value, words

_AT_ONCE = 1000  # items whose fields one query gives


@dataclass(frozen=True)
class Value:
    """One value of a field: what to write to choose it, the IRI or text that it is, and how it is shown."""

    written: str
    plain: str
    cell: Cell


@dataclass(frozen=True)
class Item:
    """One thing on a list; `values` by the names of fields.

    `words` is the passage that supports it first, `source` the IRI of the text that has it.
    """

    iri: str
    name: Cell
    values: Mapping[str, tuple[Value, ...]]
    words: Words | None
    source: str


@dataclass(frozen=True)
class Facet:
    """A field with the values of which most items have one, and how many; `more` where there are others."""

    field: Field
    counts: tuple[tuple[Value, int], ...]
    more: bool


def total(engine: Engine, chosen: Selection) -> int:
    """How many items there are."""
    return int(value(lookups.run(engine, chosen.count())[0], "n"))


def items(engine: Engine, chosen: Selection, sort: str, limit: int | None, offset: int) -> Iterator[Item]:
    """Some of the items, or all, in their order."""
    base = engine.generation().base
    found = lookups.run(engine, chosen.page(sort, limit, offset))
    for start in range(0, len(found), _AT_ONCE):
        yield from _items(engine, chosen.list, found[start : start + _AT_ONCE], base)


def facets(engine: Engine, chosen: Selection) -> tuple[Facet, ...]:
    """The facets of a list, in its order; values with most items come first."""
    base = engine.generation().base
    found = lookups.labelled(engine, lookups.run(engine, chosen.facets()))
    told = {name: [*rows] for name, rows in groupby(found, key=lambda row: value(row, "facet"))}
    return tuple(
        _facet(field, told.get(field.name, []), base) for field in chosen.list.fields if field.faceted
    )


def _items(engine: Engine, list_: List, found: Sequence[Row], base: Base) -> Iterator[Item]:
    iris = [value(row, "item") for row in found]
    fields = {field.name: field for field in list_.fields if field.shown}
    told = lookups.labelled(engine, lookups.run(engine, details([*fields.values()], iris)))
    said = lookups.cited(
        engine, lookups.labelled(engine, _first(lookups.select(engine, "first-words", these=iris)))
    )
    values = {iri: [*rows] for iri, rows in groupby(told, key=lambda row: value(row, "item"))}
    passages = {value(row, "item"): row for row in said}
    for row, iri in zip(found, iris, strict=True):
        yield Item(
            iri,
            named(row, "item", base, "label"),
            {name: _values(field, values.get(iri, []), base) for name, field in fields.items()},
            words(passages.get(iri, {}), base),
            value(passages.get(iri, {}), "source"),
        )


def _first(found: Sequence[Row]) -> list[Row]:
    """The first passage of each item, of whichever source."""
    return [next(rows) for _, rows in groupby(found, key=lambda row: value(row, "item"))]


def _values(field: Field, found: Sequence[Row], base: Base) -> tuple[Value, ...]:
    own = (row for row in found if value(row, "field") == field.name)
    return tuple(filter(None, (_value(field, row, base) for row in own)))


def _facet(field: Field, found: Sequence[Row], base: Base) -> Facet:
    counted = [(_value(field, row, base), int(value(row, "n"))) for row in found]
    known = [(one, count) for one, count in counted if one]
    most = len(known) if field.parameter.choices else FEW
    return Facet(field, tuple(known[:most]), len(known) > most)


def _value(field: Field, row: Row, base: Base) -> Value | None:
    """The value in a row; None for one that is none of the choices, such as a class that says nothing new."""
    plain, choices = value(row, "value"), field.parameter.choices
    written = plain.removeprefix(field.parameter.space if choices else f"{base.iri}id/")
    if not plain or (choices and written not in choices):
        return None
    cell = named(row, "value", base)
    return Value(written, plain, cell if cell.text else Cell(compact(plain, base)))
