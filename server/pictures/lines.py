"""Lines between boxes: curves that keep apart, heads that say what they are, words where there is room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot

from server.on_behalf import End
from server.pictures.stress import Point
from server.pictures.ties import Tie

_BESIDE = 34.0  # pixels between lines that join the same two
_HEAD = 11.0
_LETTER, _TALL = 5.9, 13.0  # of words, in pixels
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # where on a line its word may stand


@dataclass(frozen=True)
class Box:
    """A rectangle about its middle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A tie between two boxes, by their numbers: its path, the path of its head, and where its word stands.

    `quiet`: there is no room for the word, so that it is seen only when the line is looked at.
    """

    tie: Tie
    source: int
    target: int
    path: str
    head: str
    x: float
    y: float
    word: str
    quiet: bool = False


def lines(ties: Sequence[Tie], boxes: Sequence[Box], number: Mapping[End, int]) -> tuple[Line, ...]:
    beside: defaultdict[tuple[int, ...], list[Tie]] = defaultdict(list)
    for tie in ties:
        beside[tuple(sorted((number[tie.subject], number[tie.object])))].append(tie)
    made = []
    for together in beside.values():
        for place, tie in enumerate(together):
            off = (place - (len(together) - 1) / 2) * _BESIDE
            made.append(_curve(tie, number, boxes, off))
    return _worded(made, boxes)


@dataclass(frozen=True)
class _Curve:
    line: Line
    points: tuple[Point, Point, Point]

    def at(self, part: float) -> Point:
        """The point after a part of its way."""
        x, y = (
            (1 - part) ** 2 * one + 2 * part * (1 - part) * bend + part**2 * two
            for one, bend, two in zip(*self.points, strict=True)
        )
        return x, y


def _curve(tie: Tie, number: Mapping[End, int], boxes: Sequence[Box], off: float) -> _Curve:
    """A curve whose middle is `off` pixels beside the straight line, on one side for both directions."""
    source, target = number[tie.subject], number[tie.object]
    one, other = boxes[source], boxes[target]
    dx, dy = other.x - one.x, other.y - one.y
    far = (hypot(dx, dy) or 1.0) * (1 if source < target else -1)
    bend = (one.x + other.x) / 2 - 2 * off * dy / far, (one.y + other.y) / 2 + 2 * off * dx / far
    start, tip = _edge(one, bend, 2), _edge(other, bend, 3)
    ends = tie.group.head != "none" and not tie.relation.mutual
    back = _towards(tip, bend, _HEAD if ends else 0)
    count = len(tie.behind)
    word = tie.verb if count == 1 else f"{tie.verb} ({count})"
    head = _head(tie.group.head, tip, bend) if ends else ""
    line = Line(tie, source, target, f"M{_at(start)}Q{_at(bend)} {_at(back)}", head, 0, 0, word)
    return _Curve(line, (start, bend, back))


def _worded(curves: Sequence[_Curve], boxes: Sequence[Box]) -> tuple[Line, ...]:
    """The lines with places for their words, where neither a box nor another word is."""
    taken = [_edges(box.x, box.y, box.width, box.height) for box in boxes]
    made = []
    for curve in curves:
        wide = len(curve.line.word) * _LETTER
        tried = (curve.at(part) for part in _ALONG)
        free = next((at for at in tried if _is_free(_edges(*at, wide, _TALL), taken)), None)
        if free and curve.line.tie.group.name != "joins":
            taken.append(_edges(*free, wide, _TALL))
        x, y = free or curve.at(_ALONG[0])
        made.append(replace(curve.line, x=_round(x), y=_round(y + 4), quiet=free is None))
    return tuple(made)


_Edges = tuple[float, float, float, float]


def _edges(x: float, y: float, width: float, height: float) -> _Edges:
    """Left, right, top and bottom of a rectangle about a middle."""
    return x - width / 2, x + width / 2, y - height / 2, y + height / 2


def _is_free(own: _Edges, taken: Sequence[_Edges]) -> bool:
    """Whether a rectangle meets none of the others; asked thousands of times for one drawing."""
    left, right, top, bottom = own
    for its_left, its_right, its_top, its_bottom in taken:
        if left < its_right and its_left < right and top < its_bottom and its_top < bottom:
            return False
    return True


def _edge(node: Box, towards: Point, gap: float) -> Point:
    """Where the line from the middle of a box to a point leaves the box, and some pixels on."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    part = min(
        (node.width / 2 + gap) / abs(dx) if dx else float("inf"),
        (node.height / 2 + gap) / abs(dy) if dy else float("inf"),
        1.0,
    )
    return node.x + dx * part, node.y + dy * part


def _towards(start: Point, end: Point, far: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return start[0] + dx / length * far, start[1] + dy / length * far


# The outlines of heads, along the line back from its tip and across it.
_HEADS: dict[str, tuple[tuple[tuple[float, float], ...], bool]] = {
    "arrow": (((0, 0), (11, 5.5), (11, -5.5)), True),
    "chevron": (((10, 6), (0, 0), (10, -6)), False),
    "diamond": (((0, 0), (5.5, 5), (11, 0), (5.5, -5)), True),
    "bar": (((2, 8), (2, -8)), False),
    "dot": (
        ((1, 2), (3, 4.5), (6, 5.5), (9, 4.5), (11, 2), (11, -2), (9, -4.5), (6, -5.5), (3, -4.5), (1, -2)),
        True,
    ),
}


def _head(shape: str, tip: Point, bend: Point) -> str:
    outline, closed = _HEADS[shape]
    far = hypot(bend[0] - tip[0], bend[1] - tip[1]) or 1.0
    ux, uy = (bend[0] - tip[0]) / far, (bend[1] - tip[1]) / far
    points = [
        (tip[0] + ux * along - uy * across, tip[1] + uy * along + ux * across) for along, across in outline
    ]
    if shape in ("chevron", "bar"):  # the line itself goes on to the tip
        return f"M{_at(_towards(tip, bend, _HEAD))}L{_at(tip)}M{joined(points)}"
    return f"M{joined(points)}{'Z' if closed else ''}"


def joined(points: Iterable[Point]) -> str:
    return "L".join(map(_at, points))


def _at(point: Point) -> str:
    return f"{_round(point[0]):g} {_round(point[1]):g}"


def _round(number: float) -> float:
    return round(number, 1)
