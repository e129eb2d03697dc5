"""Small pictures that lead to the large ones: positions of marks in a field of 100 by 50 units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kg.vocab import VAL
from server.engine.contract import Row
from server.glance.board import Board
from server.glance.material import Material
from server.tables import Cell
from server.words import named, value

WIDTH, HEIGHT = 100.0, 50.0
_EDGE = 4.0  # that stays free on each side
_ROWS = 5  # of marks on a timeline, one below the other
_TERMS = 3  # for one thing
_NOT_SO = frozenset(f"{VAL}status-{state}" for state in ("refused", "cancelled", "suspended", "postponed"))


@dataclass(frozen=True)
class Mark:
    """A mark on a timeline: from `x` so far to the right; `off` for what was refused or broken off."""

    x: float
    y: float
    length: float
    off: bool


@dataclass(frozen=True)
class Strip:
    """Marks between two years."""

    marks: tuple[Mark, ...]
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Net:
    """Mediators, tracks and parties in three columns, and lines between them; all by their positions."""

    nodes: tuple[tuple[float, float, str], ...]
    lines: tuple[tuple[float, float, float, float, bool], ...]


@dataclass(frozen=True)
class Naming:
    """A thing with terms for it, each with who uses it."""

    thing: Cell
    terms: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Previews:
    """What the small pictures show; `numbers` says in words what each is made of."""

    strip: Strip
    net: Net
    dots: tuple[tuple[float, float], ...]
    naming: Naming | None


def previews(found: Material, shown: Board) -> Previews:
    """Drawn from what the rest of the page shows, too."""
    return Previews(
        _strip(found.rows("dated")), _net(found, shown), _dots(found.rows("place")), _naming(found)
    )


def _strip(rows: Sequence[Row]) -> Strip:
    if not rows:
        return Strip(())
    days = [_day(value(row, column)) for row in rows for column in ("from", "to")]
    low, high = min(days), max(days)
    scale = (WIDTH - 2 * _EDGE) / max(high - low, 1)
    step = (HEIGHT - 4 * _EDGE) / _ROWS
    marks = tuple(
        Mark(
            round(_EDGE + (_day(value(row, "from")) - low) * scale, 1),
            round(_EDGE + (number % _ROWS) * step, 1),
            round(max((_day(value(row, "to")) - _day(value(row, "from"))) * scale, 1.6), 1),
            value(row, "state") in _NOT_SO,
        )
        for number, row in enumerate(rows)
    )
    return Strip(marks, str(date.fromordinal(low).year), str(date.fromordinal(high).year))


def _day(written: str) -> int:
    """The number of a day, written as xsd:date; years before 1 and after 9999 count as these."""
    year, month, day = (*written.lstrip("-").split("-"), "1", "1")[:3]
    return date(min(max(int(year), 1), 9999), int(month), int(day[:2])).toordinal()


def _net(found: Material, shown: Board) -> Net:
    tracks = [track.name for track in shown.tracks]
    mediators = [
        *dict.fromkeys(
            one.who for track in shown.tracks for told in track.mediations for one in told.mediators
        )
    ]
    parties = [*dict.fromkeys(named(row, "thing", found.base) for row in found.rows("party"))]
    place = {**_column(mediators, 15), **_column(parties, 85)}
    middle = _column(tracks, 50)
    lines = [
        (*place[one.who], *middle[track.name], told.setting.text != "")
        for track in shown.tracks
        for told in track.mediations
        for one in told.mediators
    ]
    lines += [(*middle[track], *place[party], False) for track in tracks for party in parties]
    kinds = (("mediator", mediators), ("party", parties))
    nodes = [(*place[one], kind) for kind, column in kinds for one in column]
    return Net((*nodes, *((*middle[one], "track") for one in tracks)), tuple(lines))


def _column(things: Sequence[Cell], x: float) -> dict[Cell, tuple[float, float]]:
    step = (HEIGHT - 2 * _EDGE) / max(len(things), 1)
    return {thing: (x, round(_EDGE + (number + 0.5) * step, 1)) for number, thing in enumerate(things)}


def _dots(rows: Iterable[Row]) -> tuple[tuple[float, float], ...]:
    """Places by longitude and latitude, as far apart as the field allows in both alike."""
    found = [(float(value(row, "long")), -float(value(row, "lat"))) for row in rows]
    if not found:
        return ()
    left, top = (min(one[axis] for one in found) for axis in (0, 1))
    wide, high = (max(one[axis] for one in found) - start for axis, start in ((0, left), (1, top)))
    scale = min((WIDTH - 2 * _EDGE) / max(wide, 1), (HEIGHT - 2 * _EDGE) / max(high, 1))
    start = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return tuple(
        (round(start[0] + (x - left) * scale, 1), round(start[1] + (y - top) * scale, 1)) for x, y in found
    )


def _naming(found: Material) -> Naming | None:
    """The thing for which the most users have terms."""
    by_thing = groupby(found.rows("term"), key=lambda row: value(row, "thing"))
    things = [[*members] for _, members in by_thing]
    if not things:
        return None
    rows = max(things, key=lambda rows: (len({value(row, "who") for row in rows}), len(rows)))
    terms: dict[str, list[Cell]] = {}
    for row in rows:
        terms.setdefault(value(row, "text"), []).append(named(row, "who", found.base))
    return Naming(
        named(rows[0], "thing", found.base),
        tuple((text, tuple(who)) for text, who in [*terms.items()][:_TERMS]),
    )
