"""A plain chart of places by their degrees: what the map shows where no script runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from server.pictures.spots import Route, Spot

_WIDE, _HIGH = 1000.0, 560.0  # pixels at most
_MARGIN = 40.0
_LEAST = 6.0  # degrees that it shows at least
_STEPS = (1, 2, 5, 10, 15, 30)  # degrees between the lines of the grid
_LETTER, _LINE = 6.6, 15.0


@dataclass(frozen=True)
class Dot:
    """A place on the chart: where, how large, and on which side its name stands, if there is room for it."""

    spot: Spot
    x: float
    y: float
    radius: float
    name: tuple[float, float, str] | None


@dataclass(frozen=True)
class Chart:
    """Dots, paths of corridors, and a grid of degrees with a word at each line."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    paths: tuple[tuple[Route, str], ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class _View:
    west: float
    north: float
    scale: float  # pixels in a degree of latitude
    shrink: float  # of a degree of longitude beside one of latitude

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = _MARGIN + (longitude - self.west) * self.scale * self.shrink
        return round(x, 1), round(_MARGIN + (self.north - latitude) * self.scale, 1)


def chart(spots: Sequence[Spot], routes: Sequence[Route]) -> Chart | None:
    """The chart of the places whose degrees are known; None where there are none."""
    placed = [
        (s, s.latitude, s.longitude) for s in spots if s.latitude is not None and s.longitude is not None
    ]
    if not placed:
        return None
    south, north = _reach([latitude for _, latitude, _ in placed], 85)
    west, east = _reach([longitude for _, _, longitude in placed], 180)
    shrink = max(cos(radians((north + south) / 2)), 0.2)
    inside = _WIDE - 2 * _MARGIN, _HIGH - 2 * _MARGIN
    scale = min(inside[0] / ((east - west) * shrink), inside[1] / (north - south))
    view = _View(west, north, scale, shrink)
    width, height = view.at(south, east)
    step = next((s for s in _STEPS if (east - west) / s <= 9), _STEPS[-1])
    return Chart(
        round(width + _MARGIN, 1),
        round(height + _MARGIN, 1),
        _dots(placed, view),
        tuple((route, _path(route, view)) for route in routes if len(route.points) > 1),
        tuple((view.at(0, d)[0], _degrees(d, "E", "W")) for d in _grid(west, east, step)),
        tuple((view.at(d, 0)[1], _degrees(d, "N", "S")) for d in _grid(south, north, step)),
    )


def _reach(degrees: Sequence[float], most: float) -> tuple[float, float]:
    low, high = min(degrees), max(degrees)
    more = max((_LEAST - (high - low)) / 2, (high - low) * 0.04, 1.0)
    return max(low - more, -most), min(high + more, most)


def _grid(low: float, high: float, step: int) -> range:
    return range(-int(-low // step) * step, int(high // step) * step + 1, step)


def _degrees(number: int, plus: str, minus: str) -> str:
    return f"{abs(number)}°{plus if number > 0 else minus if number else ''}"


def _path(route: Route, view: _View) -> str:
    return "M" + "L".join("{:g} {:g}".format(*view.at(*point)) for point in route.points)


def _dots(placed: Sequence[tuple[Spot, float, float]], view: _View) -> tuple[Dot, ...]:
    """Dots with the names that have room, most spoken of first."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for _, lat, lon in placed for x, y in (view.at(lat, lon),)]
    made = []
    for spot, latitude, longitude in placed:
        x, y = view.at(latitude, longitude)
        radius = round(min(3 + len(spot.rows) ** 0.5, 9), 1)
        wide = len(spot.cell.text) * _LETTER
        name = None
        for left, anchor in ((x + radius + 4, "start"), (x - radius - 4 - wide, "end")):
            box = (left, y - _LINE / 2, left + wide, y + _LINE / 2)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                name = (round(left if anchor == "start" else left + wide, 1), y + 4, anchor)
                break
        made.append(Dot(spot, x, y, radius, name))
    return tuple(made)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
