"""What the timeline draws: lanes of tracks and processes with things in them, on one axis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kg.model import TimeSpan
from kg.times import label_of
from kg.vocab import NS, Base
from server.engine.contract import Row
from server.pictures.picture import Shown
from server.pictures.scale import Scale, scale
from server.pictures.spans import Stretch, stretch, time_of
from server.tables import Cell
from server.words import flag, named, value

_STATEMENT = "Statement"
_NEAR = timedelta(100)
# How a status is drawn, and the word beside it; one that is none of these is drawn as what took place.
STATES: Mapping[str, tuple[str, str]] = {
    "occurred": ("held", "took place"),
    "ongoing": ("going", "goes on"),
    "planned": ("planned", "planned"),
    "postponed": ("planned", "postponed"),
    "suspended": ("off", "suspended"),
    "cancelled": ("off", "cancelled"),
    "refused": ("refused", "refused"),
    "prospective": ("planned", "not yet agreed"),
    "proposed": ("planned", "proposed"),
    "annulled": ("off", "annulled"),
    "expired": ("off", "expired"),
}
# What stands instead where only somebody claims it.
_CLAIMED = {
    "held": "said to have taken place",
    "going": "said to go on",
    "planned": "said to be planned",
    "refused": "said to be refused",
    "off": "said to be called off",
}
_SURE = {
    "alleged": "only",
    "expected": "expected",
    "possible": "held possible",
    "hypothetical": "supposed",
}


@dataclass(frozen=True)
class Item:
    """One thing on a lane; `by` are those who alone claim it, or who speak; `number` is its row, from 1."""

    number: int
    name: Cell
    when: str
    mark: Stretch
    state: str
    word: str
    sure: str
    by: tuple[Cell, ...]
    contested: str

    @property
    def claimed(self) -> bool:
        return self.sure == _SURE["alleged"]


@dataclass(frozen=True)
class Lane:
    """A track, a process beside its tracks, or what stands beside none; `of` is the process of a track."""

    kind: str
    name: Cell
    of: Cell | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Lanes:
    """Lanes in order, and the axis that they share."""

    scale: Scale
    lanes: tuple[Lane, ...]


def lanes(found: Sequence[Shown], beside: Iterable[Row], base: Base) -> Lanes | None:
    """The drawing for rows of the timeline; `beside` has the processes that things stand beside.

    None where no time has a bound.
    """
    axis = _axis([time_of(one.rows[0], base) for one in found])
    if axis is None:
        return None
    processes = {value(row, "item"): named(row, "process", base) for row in reversed([*beside])}
    placed: dict[tuple[str, Cell, Cell | None], list[Item]] = {}
    for number, one in enumerate(found, start=1):
        key = _lane(one.rows[0], processes, base)
        placed.setdefault(key, []).append(_item(one, number, axis, base))
    ordered = sorted(placed, key=_place)
    return Lanes(axis, tuple(Lane(*key, tuple(placed[key])) for key in ordered))


def when(row: Row, base: Base) -> str:
    """The time of a row in words."""
    return label_of(time_of(row, base))


def _axis(times: Sequence[TimeSpan]) -> Scale | None:
    """From the first bound to the last; what is told to within a season makes the axis wider there."""
    bounds = [day for time in times for day in (time.earliest, time.latest) if day]
    if not bounds:
        return None
    near = [
        day
        for time in times
        if time.earliest and time.latest and time.latest - time.earliest < _NEAR
        for day in (time.earliest, time.latest)
    ]
    return scale(min(bounds), max(bounds), near)


def _lane(row: Row, processes: Mapping[str, Cell], base: Base) -> tuple[str, Cell, Cell | None]:
    if value(row, "what") == f"{NS}{_STATEMENT}":
        return "spoken", Cell("What was said"), None
    if value(row, "onTrack"):
        process = named(row, "inProcess", base)
        return "track", named(row, "onTrack", base), process if process.text else None
    process = processes.get(value(row, "item"), Cell(""))
    return ("process", process, None) if process.text else ("none", Cell("Beside no process"), None)


def _place(key: tuple[str, Cell, Cell | None]) -> tuple[int, str, int, str]:
    """Processes by name, each after its tracks; tracks of none, what stands beside none, what was said."""
    kind, name, of = key
    process = (of.text if of else "") if kind == "track" else name.text if kind == "process" else ""
    rank = {"none": 2, "spoken": 3}.get(kind, 0 if process else 1)
    return rank, process, kind == "process", name.text


def _item(one: Shown, number: int, axis: Scale, base: Base) -> Item:
    row = one.rows[0]
    kind = value(row, "what").removeprefix(str(NS))
    state, word = _state(row, kind)
    sure = _SURE.get(value(row, "factuality").rpartition("factuality-")[2], "")
    time = time_of(row, base)
    told = label_of(time)
    name = named(row, "item", base)
    return Item(
        number=number,
        name=Cell(name.text.removesuffix(f", {told}"), name.href),
        when=told,
        mark=stretch(time, kind, axis),
        state=state,
        word=_CLAIMED.get(state, word) if sure == _SURE["alleged"] else word,
        sure=sure,
        by=one.cells.get("by", ()),
        contested=value(row, "item") if flag(row, "contested") else "",
    )


def _state(row: Row, kind: str) -> tuple[str, str]:
    """How it is drawn and the word for it: of a statement, that it was said; of an agreement, its stage."""
    if kind == _STATEMENT:
        return "spoken", "said"
    status = value(row, "status").rpartition("/")[2].partition("-")[2]
    return STATES.get(status, ("held", status.replace("-", " ")))
