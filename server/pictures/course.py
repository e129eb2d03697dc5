"""The course of one corridor on a chart of its own, for the page about it."""

from dataclasses import dataclass

import queries
from server.engine.contract import Engine, Question, rows
from server.pictures.chart import Chart, chart
from server.pictures.cutting import core
from server.pictures.passages import labelled
from server.pictures.spots import Route, routes, spots

_MOST = 300  # passages that are looked at
_DRAWN = 40  # places


@dataclass(frozen=True)
class Course:
    """A chart of the places of a corridor, and the names of those whose degrees nobody gives."""

    chart: Chart
    route: Route
    nowhere: tuple[str, ...]


def course(engine: Engine, key: str) -> Course | None:
    """The course of the corridor with this key; None where no place on it has degrees."""
    base = engine.generation().base
    text = queries.load()["places"].bind(base.iri, corridor=key, kind="corridor")
    found = labelled(engine, list(rows(engine.ask(Question(core(text, _MOST))))), ("place", "on"))
    there = spots(engine, found, base)
    ways = routes(engine, found, there, base)
    drawn = chart(there[:_DRAWN], ways)
    if drawn is None:
        return None
    return Course(drawn, ways[0], tuple(spot.cell.text for spot in there if spot.latitude is None))
