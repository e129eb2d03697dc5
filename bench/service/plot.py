"""Line charts with logarithmic axes, side by side, as one SVG file; no more than docs/benchmarks.md needs."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 460, 360  # of a panel
_LEFT, _TOP, _RIGHT, _BOTTOM = 62, 34, 132, 44  # margins; the right one holds the names of the lines
_COLOURS = ("#1b6ca8", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#0f766e", "#be123c", "#475569")
_APART = 13  # pixels from one name to the next, at least
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """One chart. A name that starts with "~" makes a dashed line."""

    title: str
    across: str
    up: str
    lines: Mapping[str, Points]


def svg(panels: Sequence[Panel]) -> str:
    """The file's text."""
    parts = [part for number, panel in enumerate(panels) for part in _panel(panel, number * _WIDTH)]
    size = f'viewBox="0 0 {_WIDTH * len(panels)} {_HEIGHT}"'
    style = "text { font: 11px sans-serif; fill: #334155 } .title { font-size: 13px; font-weight: bold }"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{style}</style>'
    return "\n".join(
        [head, f'<rect width="{_WIDTH * len(panels)}" height="{_HEIGHT}" fill="#fff"/>', *parts, "</svg>\n"]
    )


def _panel(panel: Panel, at: float) -> Iterator[str]:
    points = [point for line in panel.lines.values() for point in line]
    x = _Axis.over([point[0] for point in points], at + _LEFT, at + _WIDTH - _RIGHT)
    y = _Axis.over([point[1] for point in points], _HEIGHT - _BOTTOM, _TOP)
    yield _text(at + _LEFT, 18, panel.title, 'class="title"')
    yield _text((x.start + x.end) / 2, _HEIGHT - 8, panel.across, 'text-anchor="middle"')
    yield _text(at + 4, _TOP - 4, panel.up)
    for value in x.ticks():
        yield _line([(x.place(value), y.start), (x.place(value), y.end)], "#e2e8f0")
        yield _text(x.place(value), y.start + 15, _short(value), 'text-anchor="middle"')
    for value in y.ticks():
        yield _line([(x.start, y.place(value)), (x.end, y.place(value))], "#e2e8f0")
        yield _text(x.start - 5, y.place(value) + 4, _short(value), 'text-anchor="end"')
    yield from _lines(panel, x, y)


def _lines(panel: Panel, x: "_Axis", y: "_Axis") -> Iterator[str]:
    below = -math.inf
    named = sorted(panel.lines.items(), key=lambda line: y.place(line[1][-1][1]))
    solid = list(dict.fromkeys(name.lstrip("~") for name in panel.lines))
    for name, points in named:
        colour = _COLOURS[solid.index(name.lstrip("~")) % len(_COLOURS)]
        yield _line([(x.place(a), y.place(b)) for a, b in points], colour, name.startswith("~"))
        below = max(below + _APART, y.place(points[-1][1]) + 4)
        yield _text(
            x.end + 6, below, name.lstrip("~") + (" (Oxigraph)" if name[0] == "~" else ""), f'fill="{colour}"'
        )


@dataclass(frozen=True)
class _Axis:
    """Values low to high, at the pixels start to end."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> "_Axis":
        return cls(min(values) / 1.15, max(values) * 1.15, start, end)

    def place(self, value: float) -> float:
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """1, 2, 5, 10, … as far as they are on the axis; only tens where that were many."""
        wide = math.log10(self.high / self.low) > 2.5
        for power in range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1):
            for step in (1,) if wide else (1, 2, 5):
                if self.low <= step * 10.0**power <= self.high:
                    yield step * 10.0**power


def _short(value: float) -> str:
    return f"{value / 1e6:g} M" if value >= 1e5 else f"{value:g}"


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(words)}</text>'


def _line(points: Points, colour: str, dashed: bool = False) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dash = ' stroke-dasharray="5 3"' if dashed else ""
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'
