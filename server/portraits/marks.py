"""What the characters of a text are evidence of, as marks in layers: statements, events, terms and so on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.vocab import NS, VAL, Base
from server import lookups
from server.engine.contract import Engine, Row
from server.tables import EMPTY, Cell
from server.words import named, value

_MOST = 4000  # passages in one part of a text; a news report has about sixty in a thousand characters
_THINGS = 1000  # of which details are asked
_NAME = "name"


@dataclass(frozen=True)
class Mark:
    """Characters [start, end), with `text`, that are evidence of a thing, or its `content` or `cue`.

    `detail` is the reason of what was not read, or how real an event is where it is not asserted; `user` is
    who uses a term, and `named` what for.
    """

    start: int
    end: int
    text: str
    layer: str
    how: str
    iri: str
    thing: Cell
    detail: str = ""
    user: Cell = EMPTY
    named: Cell = EMPTY


def marks(engine: Engine, source: str, start: int, end: int) -> list[Mark]:
    """Those of the source with this IRI that touch the characters [start, end), from the first on."""
    places = {"from": start, "until": end, "limit": _MOST}
    found = lookups.select(engine, "text-marks", this=source, **places)
    things = list(dict.fromkeys(value(row, "thing") for row in found))[:_THINGS]
    told = lookups.select(engine, "marked-things", these=things) if things else []
    known = {value(row, "thing"): row for row in told}
    base = engine.generation().base
    return [_mark(row, known.get(value(row, "thing"), row), base) for row in found]


def labels() -> Mapping[str, str]:
    """What each layer is called, in the order of the legend."""
    return {name: layer["label"] for name, layer in _layers().items()}


def layer_of(iri: str, base: Base) -> str:
    """The layer of a thing."""
    kind = iri.removeprefix(f"{base.iri}id/").partition("/")[0]
    return _by_kind().get(kind, _NAME)


def _mark(row: Row, about: Row, base: Base) -> Mark:
    iri = value(row, "thing")
    real = value(about, "factuality").removeprefix(f"{VAL}factuality-")
    return Mark(
        start=int(value(row, "start")),
        end=int(value(row, "end")),
        text=value(row, "text"),
        layer=layer_of(iri, base),
        how=value(row, "how").removeprefix(str(NS)).removesuffix("Span"),
        iri=iri,
        thing=named({"thing": row["thing"], **about}, "thing", base, "label"),
        detail=value(about, "reason") or ("" if real == "asserted" else real),
        user=named(about, "user", base),
        named=named(about, "named", base),
    )


@cache
def _layers() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("layers.toml").read_text("utf-8"))


@cache
def _by_kind() -> Mapping[str, str]:
    return {kind: name for name, layer in _layers().items() for kind in layer["kinds"]}
