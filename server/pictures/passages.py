"""Names and words for the rows of pictures: only what a page shows is looked up."""

from collections.abc import Iterable, Sequence

from kg.vocab import Base
from server import lookups
from server.engine.contract import Engine, Row
from server.words import Words, value, words


def labelled(engine: Engine, found: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """The rows with names of what is in these columns."""
    few = [{column: row[column] for column in columns if column in row} for row in found]
    names = lookups.labelled(engine, few)
    return [{**name, **row} for name, row in zip(names, found, strict=True)]


def passages(engine: Engine, spans: Iterable[str], base: Base) -> dict[str, Words]:
    """The words of some passages, by their IRIs."""
    these = sorted({*spans})
    found = lookups.select(engine, "span-words", these=these) if these else []
    told = {value(row, "span"): words(row, base) for row in found}
    return {span: one for span, one in told.items() if one}
