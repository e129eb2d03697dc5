"""Places on the map: what is told of each, by which names, and the corridors that lead through them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from kg.vocab import VAL, Base
from server import lookups
from server.engine.contract import Engine, Row
from server.tables import Cell
from server.words import named, value

_STANDING = str(VAL["corridor-"])
# How a line is drawn: what is there, to come, disputed or held up; of others nobody tells how they stand.
_STROKES = {
    **dict.fromkeys(("open", "agreed"), "there"),
    "planned": "planned",
    "contested": "contested",
    **dict.fromkeys(("restricted", "suspended", "blocked", "closed"), "held-up"),
}
UNTOLD = "untold"


@dataclass(frozen=True)
class Name:
    """A name that not everybody uses, and who uses it."""

    form: str
    users: tuple[Cell, ...]


@dataclass(frozen=True)
class Event:
    """An event at a place; `voice` is reported, claimed or coming."""

    cell: Cell
    voice: str


@dataclass(frozen=True)
class Spot:
    """A place: its degrees where they are known, its rival names, events, corridors, and the rows."""

    iri: str
    cell: Cell
    latitude: float | None
    longitude: float | None
    names: tuple[Name, ...]
    events: tuple[Event, ...]
    corridors: tuple[Cell, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Route:
    """A corridor: its names, its places in order, and how it stands, `stroke` for the line and in words."""

    iri: str
    cell: Cell
    names: tuple[Name, ...]
    places: tuple[Cell, ...]
    points: tuple[tuple[float, float], ...]
    stroke: str
    standing: tuple[tuple[str, Cell], ...]


_VOICES = {str(VAL["factuality-asserted"]): "reported", str(VAL["factuality-alleged"]): "claimed"}


def spots(engine: Engine, found: Sequence[Row], base: Base) -> tuple[Spot, ...]:
    """The places in rows of `queries/places.rq`, those with most passages first."""
    by_place: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_place[value(row, "place")].append(row)
    names = rival_names(engine, [*by_place], base)
    where = {value(row, "thing"): row for row in _selected(engine, "coordinates", [*by_place])}
    made = [_spot(iri, rows, where.get(iri, {}), names, base) for iri, rows in by_place.items()]
    return tuple(sorted(made, key=lambda spot: (-len(spot.rows), spot.cell.text, spot.iri)))


def _spot(
    iri: str, rows: Sequence[Row], where: Row, names: Mapping[str, tuple[Name, ...]], base: Base
) -> Spot:
    latitude, longitude = _number(where, "latitude"), _number(where, "longitude")
    known = latitude is not None and longitude is not None
    return Spot(
        iri,
        named(rows[0], "place", base),
        latitude if known else None,
        longitude if known else None,
        names.get(iri, ()),
        tuple(dict.fromkeys(_event(row, base) for row in rows if "event" in row)),
        tuple(dict.fromkeys(named(row, "on", base) for row in rows if "on" in row)),
        tuple(rows),
    )


def _event(row: Row, base: Base) -> Event:
    return Event(named(row, "event", base), _VOICES.get(value(row, "factuality"), "coming"))


def routes(engine: Engine, found: Sequence[Row], there: Iterable[Spot], base: Base) -> tuple[Route, ...]:
    """The corridors in these rows, each with its places in order and points for those that are on the map."""
    on: defaultdict[str, dict[tuple[float, str], Row]] = defaultdict(dict)
    for row in found:
        if "on" in row:
            on[value(row, "on")][_number(row, "order") or 0.0, value(row, "place")] = row
    names = rival_names(engine, [*on], base)
    standing: defaultdict[str, list[tuple[str, Cell]]] = defaultdict(list)
    for row in _selected(engine, "corridor-standing", [*on]):
        standing[value(row, "thing")].append(
            (value(row, "standing").removeprefix(_STANDING), named(row, "by", base))
        )
    at = {spot.iri: spot for spot in there}
    return tuple(
        _route(
            iri, [row for _, row in sorted(rows.items(), key=lambda one: one[0])], at, names, standing, base
        )
        for iri, rows in sorted(on.items())
    )


def _route(
    iri: str,
    rows: Sequence[Row],
    at: Mapping[str, Spot],
    names: Mapping[str, tuple[Name, ...]],
    standing: Mapping[str, Sequence[tuple[str, Cell]]],
    base: Base,
) -> Route:
    told = tuple(standing.get(iri, ()))
    spots = [at[value(row, "place")] for row in rows if value(row, "place") in at]
    points = [(s.latitude, s.longitude) for s in spots if s.latitude is not None and s.longitude is not None]
    stroke = _STROKES.get(told[0][0], UNTOLD) if told else UNTOLD
    places = tuple(dict.fromkeys(named(row, "place", base) for row in rows))
    return Route(iri, named(rows[0], "on", base), names.get(iri, ()), places, tuple(points), stroke, told)


def rival_names(engine: Engine, things: Sequence[str], base: Base) -> dict[str, tuple[Name, ...]]:
    """By thing, the names that somebody uses for it."""
    users: defaultdict[str, defaultdict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for row in _selected(engine, "rival-names", things):
        users[value(row, "thing")][value(row, "form")].append(named(row, "user", base))
    return {
        thing: tuple(Name(form, tuple(cell for cell in cells if cell.text)) for form, cells in forms.items())
        for thing, forms in users.items()
    }


def _number(row: Row, column: str) -> float | None:
    """The number in a column; None where there is none, or where it is none."""
    try:
        number = float(value(row, column))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _selected(engine: Engine, lookup: str, things: Sequence[str]) -> list[Row]:
    return lookups.select(engine, lookup, these=sorted(things)) if things else []
