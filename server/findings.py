"""The answer to a shipped question as people read it: names for IRIs, and passages for offsets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server import lookups
from server.engine.contract import Answer, Engine, rows
from server.tables import Cell, table
from server.words import Words, named, words

_PASSAGE = ("text", "start", "end", "source")
_SHOWN = 500  # rows on a page


@dataclass(frozen=True)
class Findings:
    """Column titles, the rows that are shown with their passages, and how many rows there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, ...], Words | None], ...]
    total: int


def findings(engine: Engine, answer: Answer) -> Findings:
    """An answer in JSON: `<x>Label` is the text of `<x>`; text, start, end and source make one passage."""
    base = engine.generation().base
    plain = table(answer, base)
    shown = lookups.labelled(engine, list(rows(answer))[:_SHOWN])
    cited = lookups.cited(engine, shown)
    columns = _columns(plain.columns)
    told = tuple((tuple(named(row, name, base) for name in columns), words(row, base)) for row in cited)
    return Findings(tuple(map(_title, columns)), told, plain.total)


def _columns(names: Sequence[str]) -> tuple[str, ...]:
    """Those that keep a column of their own."""
    passage = _PASSAGE if set(_PASSAGE) <= set(names) else ()
    labels = {f"{name}Label" for name in names}
    return tuple(name for name in names if name not in passage and name not in labels)


def _title(name: str) -> str:
    """`groundSpeaker` in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
