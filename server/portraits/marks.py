"""What the characters of a text are evidence of, as marks in layers: statements, events, terms and so on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.vocab import VAL, Base
from server import lookups
from server.engine.contract import Engine, Row
from server.tables import EMPTY, Cell
from server.words import named, value

_MOST = 4000  # passages in one part of a text; a news report has about sixty in a thousand characters
_THINGS = 1000  # of which details are asked
_NAME = "name"


@dataclass(frozen=True)
class Marked:
    """A thing that characters are evidence of, in its layer.

    `detail` is the reason of what was not read, or how real an event is where it is not asserted; `user` is
    who uses a term, and `named` what for.
    """

    iri: str
    layer: str
    thing: Cell
    detail: str = ""
    user: Cell = EMPTY
    named: Cell = EMPTY


@dataclass(frozen=True)
class Mark:
    """Characters [start, end) that are evidence of a thing, or its `content` or `cue`."""

    start: int
    end: int
    how: str
    of: Marked

    @property
    def iri(self) -> str:
        return self.of.iri

    @property
    def layer(self) -> str:
        return self.of.layer


def marks(engine: Engine, source: str, start: int, end: int) -> list[Mark]:
    """Those of the source with this IRI that touch the characters [start, end), from the first on."""
    places = {"from": start, "until": end, "limit": _MOST}
    found = lookups.select(engine, "text-marks", this=source, **places)
    things = list(dict.fromkeys(value(row, "thing") for row in found))[:_THINGS]
    base = engine.generation().base
    told = lookups.select(engine, "marked-things", these=things) if things else []
    known = {value(row, "thing"): _marked(row, base) for row in told}
    made = (_mark(row, known) for row in found if value(row, "thing") in known)
    return sorted(made, key=lambda mark: (mark.start, -mark.end, mark.iri, mark.how))


def words(engine: Engine, source: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words of the passages that touch the characters [start, end), each with its offset."""
    places = {"from": start, "until": end, "limit": _MOST}
    found = lookups.select(engine, "text-passages", this=source, **places)
    return [(int(value(row, "start")), value(row, "text")) for row in found]


def labels() -> Mapping[str, str]:
    """What each layer is called, in the order of the legend."""
    return {name: layer["label"] for name, layer in _layers().items()}


def layer_of(iri: str, base: Base) -> str:
    """The layer of a thing."""
    kind = iri.removeprefix(f"{base.iri}id/").partition("/")[0]
    return _by_kind().get(kind, _NAME)


def _marked(row: Row, base: Base) -> Marked:
    iri = value(row, "thing")
    real = value(row, "factuality").removeprefix(f"{VAL}factuality-")
    return Marked(
        iri=iri,
        layer=layer_of(iri, base),
        thing=named(row, "thing", base, "label"),
        detail=value(row, "reason") or ("" if real == "asserted" else real),
        user=named(row, "user", base),
        named=named(row, "named", base),
    )


def _mark(row: Row, known: Mapping[str, Marked]) -> Mark:
    return Mark(
        start=int(value(row, "start")),
        end=int(value(row, "end")),
        how=value(row, "how"),
        of=known[value(row, "thing")],
    )


@cache
def _layers() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("layers.toml").read_text("utf-8"))


@cache
def _by_kind() -> Mapping[str, str]:
    return {kind: name for name, layer in _layers().items() for kind in layer["kinds"]}
