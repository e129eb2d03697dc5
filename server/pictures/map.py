"""/map: the places that the texts speak of, what happened there, and the corridors through them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.vocab import Base
from queries.parameters import Parameter
from server.engine.contract import Engine, Question, Row, rows
from server.headers import SCRIPTED
from server.pictures.chart import Chart, chart
from server.pictures.cutting import core
from server.pictures.passages import labelled, passages
from server.pictures.picture import Column, Contents, Option, Picture, Shown, View
from server.pictures.spots import Name, Route, Spot, routes, spots
from server.tables import Cell, compact
from server.words import value

_MOST = 1000  # passages that one page looks at
_PASSAGES = 2  # of each place, where there are a few places
_FEW = 30
_EVERY = 40  # of one place
_LISTED = 60  # places to choose from; where there are more, the field offers what is like what is typed
_DRAWN = 60  # places, those with most passages
_TOLD = 2  # events of a place that the map names; the table has more
_BORDERS = Parameter(
    "borders", "enumeration", "Whether borders are drawn.", default="yes", example="no", choices=("yes", "no")
)


@dataclass(frozen=True)
class Drawn:
    """The chart, the places and corridors, those of one part, and on how many passages they rest.

    `keys` say what to write to choose a place, `data` is what the script draws.
    """

    chart: Chart | None
    spots: tuple[Spot, ...]
    routes: tuple[Route, ...]
    shown: tuple[Spot, ...]
    passages: int
    keys: Mapping[str, str]
    data: Mapping[str, Any]

    @property
    def nowhere(self) -> tuple[Spot, ...]:
        """The places whose degrees nobody gives."""
        return tuple(spot for spot in self.spots if spot.latitude is None)


def read(engine: Engine, view: View, limit: int) -> Contents:
    """The places that fit what was chosen: all drawn, those of one part with words."""
    base = engine.generation().base
    found = list(rows(engine.ask(Question(core(view.text, _MOST + 1)))))
    more, found = len(found) > _MOST, sorted(found[:_MOST], key=_order)
    told = labelled(engine, found, ("place", "event", "on"))
    there = spots(engine, told, base)
    ways = routes(engine, told, there, base)
    part = there[view.offset : view.offset + limit]
    keys = {spot.iri: compact(spot.iri, base) for spot in there}
    seen = there[:_DRAWN]
    data = _data(seen, ways, keys, view)
    drawing = Drawn(chart(seen, ways), there, ways, part, len(found), keys, data)
    every = _EVERY if len(there) == 1 else _PASSAGES if len(there) <= _FEW else 1
    return Contents(
        _shown(engine, part, every, base),
        drawing,
        len(there),
        more,
        options=_options(there, keys),
    )


def _options(there: Sequence[Spot], keys: Mapping[str, str]) -> dict[str, tuple[Option, ...]]:
    named = sorted(
        (Option(keys[spot.iri], spot.cell.text) for spot in there), key=lambda one: one.label.casefold()
    )
    return {"borders": _READ_AS, "kind": _KINDS, "place": tuple(named) if len(named) <= _LISTED else ()}


def _order(row: Row) -> tuple[str, ...]:
    return tuple(value(row, column) for column in ("place", "on", "event", "source", "span"))


def _shown(engine: Engine, part: Sequence[Spot], most: int, base: Base) -> tuple[Shown, ...]:
    spans = [[*dict.fromkeys(value(row, "span") for row in spot.rows)][:most] for spot in part]
    said = passages(engine, (span for own in spans for span in own), base)
    return tuple(
        Shown(spot.rows, {"place": (spot.cell,)}, tuple(filter(None, (said.get(span) for span in own))))
        for spot, own in zip(part, spans, strict=True)
    )


def _data(seen: Sequence[Spot], ways: Sequence[Route], keys: Mapping[str, str], view: View) -> dict[str, Any]:
    """What the script draws; what is the same of many places stands once, `words` with `{}` for a key."""
    corridors = [*dict.fromkeys(cell for spot in seen for cell in spot.corridors)]
    number = {cell: place for place, cell in enumerate(corridors)}
    return {
        "words": view.address(None, offset="", kind="", place="{}") + "#rows-title",
        "corridors": [{"name": cell.text, "page": cell.href} for cell in corridors],
        "spots": [_plain(spot, keys, number) for spot in seen if spot.latitude is not None],
        "routes": [_way(route) for route in ways],
    }


def _plain(spot: Spot, keys: Mapping[str, str], number: Mapping[Cell, int]) -> dict[str, Any]:
    return {
        "name": spot.cell.text,
        "page": spot.cell.href,
        "key": keys[spot.iri],
        "at": [spot.latitude, spot.longitude],
        "passages": len(spot.rows),
        "names": [_named(name) for name in spot.names],
        "events": [{"name": e.cell.text, "page": e.cell.href, "voice": e.voice} for e in spot.events[:_TOLD]],
        "corridors": [number[cell] for cell in spot.corridors],
    }


def _way(route: Route) -> dict[str, Any]:
    return {
        "name": route.cell.text,
        "page": route.cell.href,
        "stroke": route.stroke,
        "points": route.points,
        "places": [cell.text for cell in route.places],
    }


def _named(name: Name) -> dict[str, Any]:
    return {"form": name.form, "users": [cell.text for cell in name.users]}


_READ_AS = (Option("yes", "drawn"), Option("no", "hidden"))
_KINDS = (Option("place", "places spoken of"), Option("event", "events"), Option("corridor", "corridors"))

MAP = Picture(
    name="map",
    title="Map",
    question="Where is it, what happened there, and which corridors lead through it?",
    lead="The places that the texts speak of, what is told of each, and the corridors through them.",
    query="places",
    filters=(
        ("process", "Process"),
        ("corridor", "Corridor"),
        ("kind", "Show"),
        ("contested", "Only with rival names"),
        ("place", "Place"),
        ("borders", "Borders"),
    ),
    columns=(Column("place", "Place"),),
    options="map-options",
    read=read,
    display=(_BORDERS,),
    modules=("map.js",),
    assets=(
        ("leaflet", "leaflet.css"),
        ("leaflet", "leaflet.js"),
        ("topojson-client", "topojson-client.js"),
        ("world-atlas", "countries-50m.json"),
    ),
    policy=SCRIPTED,
    on_a_page=14,
    empty="No text that was read speaks of a place that fits what was chosen.",
)
