"""What portraits are made of: rows of a lookup by the section that they are for, names, passages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from server import lookups
from server.engine.contract import Engine, Row
from server.words import Words, value, words

Sections = Mapping[str, Sequence[Row]]


def sections(engine: Engine, lookup: str, **places: lookups.Place) -> Sections:
    """The rows of a lookup by what stands in their column `section`, in their order, without repeats."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in lookups.select(engine, lookup, **places):
        rows = found[value(row, "section")]
        if row not in rows[-1:]:
            rows.append(row)
    return found


def named(engine: Engine, found: Sections, spoken: Sequence[Row]) -> tuple[Sections, list[Row]]:
    """The same rows, with the names of all things in them beside these; asked for at once."""
    told = iter(lookups.labelled(engine, [*(row for rows in found.values() for row in rows), *spoken]))
    beside: dict[str, Sequence[Row]] = defaultdict(list)
    for section, rows in found.items():
        beside[section] = [next(told) for _ in rows]
    return beside, [*told]


def iris(rows: Iterable[Row], *columns: str) -> list[str]:
    """The things in some columns, each once, in their order."""
    terms = (row.get(column) for row in rows for column in columns)
    return [*dict.fromkeys(term.value for term in terms if isinstance(term, NamedNode))]


def passages(engine: Engine, said: Sequence[str], told: Sequence[str]) -> Mapping[str, tuple[Words, ...]]:
    """The words of these statements, and the first ones in each source that tell of these other things."""
    base = engine.generation().base
    found: dict[str, dict[tuple[str, str], Words]] = defaultdict(dict)
    for row in lookups.select(engine, "passages", said=said, told=told) if said or told else ():
        passage = words(row, base)
        if passage:  # a source may have two outlets: the first by name is shown
            found[value(row, "item")].setdefault((value(row, "source"), value(row, "start")), passage)
    return {item: tuple(ones.values()) for item, ones in found.items()}


def day(engine: Engine) -> str:
    """The day of the data: when what is served became current."""
    return datetime.fromtimestamp(engine.generation().since, UTC).date().isoformat()
