"""What the page about the data tells beside its description: files, how well it was read, who is in it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby

from kg.dumps.listing import File, Listing
from kg.vocab import NS
from server import lookups
from server.data_catalog import distributed
from server.engine.contract import Engine
from server.schema_dataset import Told
from server.tables import Cell
from server.words import named, value

_TABLES = "text/csv"
# What a reader of the page wants to know the number of: classes of the ontology, in words.
_COUNTED = {
    "Statement": "statements",
    "Event": "events",
    "NegotiationFormat": "tracks of negotiation",
    "Agent": "actors",
    "Place": "places",
    "TransportCorridor": "corridors",
    "TextSpan": "passages",
}
_KINDS = {
    "entities": "names of actors and places",
    "statements": "statements, with speaker and words",
    "stance": "stance of statements found",
    "modality": "firmness of statements found",
    "events": "events",
    "dates": "dates of events found",
}
_SPEAKERS = 3


@dataclass(frozen=True)
class Choice:
    """One file to take, plain and packed."""

    title: str
    name: str
    plain: File | None
    packed: File | None
    table: bool


@dataclass(frozen=True)
class Measure:
    """How well one kind is read: which part of what is found is right, and of what is there is found."""

    kind: str
    precision: float
    recall: float
    n: int


@dataclass(frozen=True)
class Measured:
    """Measures on a set of texts from which no rule was written, on a day."""

    day: str
    texts: int
    measures: tuple[Measure, ...]

    @property
    def statements(self) -> Measure:
        return next(one for one in self.measures if one.kind == _KINDS["statements"])


@dataclass(frozen=True)
class Lean:
    """Outlets and speakers with most texts and statements, and how many outlets there are."""

    outlets: tuple[tuple[Cell, int], ...]
    all_outlets: int
    speakers: tuple[tuple[Cell, int], ...]


def choices(listed: Listing | None) -> tuple[Choice, ...]:
    """The files of the data, tables first."""
    by_name = groupby(distributed(listed), key=lambda file: file.name.removesuffix(".gz"))
    found = (_choice(name, [*files]) for name, files in by_name)
    return tuple(sorted(found, key=lambda one: (not one.table, "-" in one.name, one.name)))


def counts(told: Told) -> tuple[tuple[str, int], ...]:
    """How many there are of what matters to readers."""
    known = dict(told.classes)
    numbers = ((words, known.get(f"{NS}{name}", 0)) for name, words in _COUNTED.items())
    return tuple((words, number) for words, number in numbers if number)


@cache
def measured() -> Measured | None:
    """The largest set of `kg/evaluation/measured.json`, which `bench.extraction --record` writes."""
    told = json.loads(resources.files("kg").joinpath("evaluation", "measured.json").read_text("utf-8"))
    sets: Iterable[Mapping[str, object]] = told["sets"].values()
    largest = max(sets, key=lambda one: int(str(one["texts"])), default=None)
    if largest is None:
        return None
    figures = json.loads(json.dumps(largest["figures"]))
    measures = tuple(
        Measure(words, figures[kind]["precision"], figures[kind]["recall"], figures[kind]["n"])
        for kind, words in _KINDS.items()
        if kind in figures
    )
    return Measured(told["day"], int(str(largest["texts"])), measures)


def lean(engine: Engine) -> Lean:
    """Whom the data lean on."""
    base = engine.generation().base
    outlets = lookups.select(engine, "data-outlets")
    speakers = lookups.select(engine, "data-speakers", limit=_SPEAKERS)
    return Lean(
        tuple((named(row, "outlet", base), int(value(row, "n"))) for row in outlets[:12]),
        len(outlets),
        tuple((named(row, "who", base), int(value(row, "n"))) for row in speakers),
    )


def _choice(name: str, files: list[File]) -> Choice:
    plain = next((file for file in files if not file.packed), None)
    packed = next((file for file in files if file.packed), None)
    first = plain or packed or files[0]
    return Choice(first.title, name, plain, packed, first.media_type.startswith(_TABLES))
