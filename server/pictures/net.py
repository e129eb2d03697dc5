"""Ties as a drawing: boxes with names, lines between them that say by stroke, head and word what they are."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from server.on_behalf import End
from server.pictures.lines import Box, Line, joined, lines
from server.pictures.stress import Size, places
from server.pictures.ties import Tie

MOST = 36  # nodes that one can still tell apart
LINES = 64  # and lines
_WIDTH = 1040.0  # of the drawing, as far as parts can be set side by side
_LETTER, _LINE = 7.3, 17.0  # of a name, in pixels
_LONGEST = 20  # letters in a line of a name
_MARGIN = 24.0


@dataclass(frozen=True)
class Node:
    """A box: its number, where its middle is, its size, the lines of its name, how many ties are drawn."""

    number: int
    end: End
    x: float
    y: float
    width: float
    height: float
    name: tuple[str, ...]
    ties: int

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)

    @property
    def outline(self) -> str:
        """A six-sided box for talks, a slanted one for corridors; nothing where it is a rectangle."""
        left, right = self.x - self.width / 2, self.x + self.width / 2
        top, bottom = self.y - self.height / 2, self.y + self.height / 2
        if self.end.kind in ("format", "round", "process", "agreement"):
            corners = [
                (left, self.y),
                (left + 9, top),
                (right - 9, top),
                (right, self.y),
                (right - 9, bottom),
            ]
            return f"M{joined([*corners, (left + 9, bottom)])}Z"
        if self.end.kind == "corridor":
            return f"M{joined([(left + 8, top), (right, top), (right - 8, bottom), (left, bottom)])}Z"
        return ""

    @property
    def left(self) -> float:
        return _round(self.x - self.width / 2)

    @property
    def top(self) -> float:
        return _round(self.y - self.height / 2)

    @property
    def round(self) -> float:
        """The radius of its corners."""
        return min(self.height / 2, 16) if self.end.kind == "person" else 3

    @property
    def letters(self) -> tuple[tuple[float, str], ...]:
        """The lines of its name, each with how far down it stands."""
        first = self.y - (len(self.name) - 1) * _LINE / 2 + 4.5
        return tuple((_round(first + number * _LINE), line) for number, line in enumerate(self.name))


@dataclass(frozen=True)
class Net:
    """The drawing, with what did not fit: how many ends and ties are only in the table."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    nodes_left: int
    ties_left: int


def net(ties: Sequence[Tie]) -> Net:
    """The drawing of the ties between those ends that have most of them, as far as they can be told apart."""
    weight: Counter[End] = Counter()
    for tie in ties:
        weight.update({tie.subject: len(tie.behind), tie.object: len(tie.behind)})
    ends = sorted(weight, key=lambda end: (-weight[end], end.cell.text, end.iri))[:MOST]
    near = frozenset(ends)
    drawn = [tie for tie in ties if tie.subject in near and tie.object in near][:LINES]
    held: Counter[End] = Counter(end for tie in drawn for end in (tie.subject, tie.object))
    ends = [end for end in ends if held[end]]
    number = {end: place for place, end in enumerate(ends)}
    names = [_name(end.cell.text) for end in ends]
    sizes = tuple(_size(name) for name in names)
    together = Counter(tuple(sorted((number[tie.subject], number[tie.object]))) for tie in drawn)
    links = tuple(((one, other), count) for (one, other), count in sorted(together.items()))
    at, (width, height) = places(sizes, links, _WIDTH)
    nodes = tuple(
        Node(place, end, _round(x + _MARGIN), _round(y + _MARGIN), *sizes[place], names[place], held[end])
        for place, (end, (x, y)) in enumerate(zip(ends, at, strict=True))
    )
    return Net(
        nodes,
        lines(drawn, [node.box for node in nodes], number),
        _round(width + 2 * _MARGIN),
        _round(height + 2 * _MARGIN),
        len(weight) - len(ends),
        len(ties) - len(drawn),
    )


def _name(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, _LONGEST, max_lines=3, placeholder="…")) or (text[:_LONGEST],)


def _size(name: Sequence[str]) -> Size:
    return _round(max(map(len, name)) * _LETTER + 22), _round(len(name) * _LINE + 13)


def _round(number: float) -> float:
    return round(number, 1)
