"""Places for the nodes of a small graph, the same each time: near what they are linked to, none upon another.

Stress majorization, node by node (Gansner, Koren and North, "Graph Drawing by Stress Majorization", 2004):
the distance of two nodes comes to the number of links between them, and far ones count less. Each connected
part is placed for itself; then nodes that overlap are pushed apart, and the parts are set in rows.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cos, hypot, pi, sin

Point = tuple[float, float]
Size = tuple[float, float]
Link = tuple[int, int]

_LENGTH = 150.0  # of a link
_BREADTH = 22.0  # that each more line adds to it
_MOST = 8  # lines that add to it
_LINKED = 5  # times as much as others count nodes that a link joins
_WIDER = 1.25  # than high: names stand in lines
_MOST_STRETCHED = 2.0
_FEW = 8  # nodes: so small a part stays as it is
_ENDS = 150.0  # of the width, for half a box at either side
_ROUNDS = 20
_PUSHES = 60
_GAP = 26.0  # between nodes
_PART_GAP = 46.0  # between parts


@lru_cache(maxsize=64)
def places(
    sizes: tuple[Size, ...], links: tuple[tuple[Link, int], ...], width: float
) -> tuple[tuple[Point, ...], Size]:
    """The middle of each node, and how large the whole is; parts are set in rows of about that width.

    Each link comes with the number of lines that are to find room between its nodes.
    """
    near = _near(len(sizes), links)
    parts = sorted(_parts(near), key=lambda part: (-len(part), part))
    found: dict[int, Point] = {}
    x = y = row = widest = 0.0
    for part in parts:
        own = _apart(_stretched(_placed(part, near), width), sizes)
        left = min(own[n][0] - sizes[n][0] / 2 for n in part)
        top = min(own[n][1] - sizes[n][1] / 2 for n in part)
        wide = max(own[n][0] + sizes[n][0] / 2 for n in part) - left
        high = max(own[n][1] + sizes[n][1] / 2 for n in part) - top
        if x and x + wide > width:
            x, y, row = 0.0, y + row + _PART_GAP, 0.0
        found |= {n: (own[n][0] - left + x, own[n][1] - top + y) for n in part}
        x, row, widest = x + wide + _PART_GAP, max(row, high), max(widest, x + wide)
    return tuple(found[n] for n in range(len(sizes))), (widest, y + row)


Near = Mapping[int, Mapping[int, float]]


def _near(count: int, links: Sequence[tuple[Link, int]]) -> Near:
    """The neighbours of each node, and how far away each is to be."""
    near: dict[int, dict[int, float]] = {node: {} for node in range(count)}
    for (one, other), lines in links:
        near[one][other] = near[other][one] = _LENGTH + _BREADTH * (min(lines, _MOST) - 1)
    return near


def _parts(near: Near) -> list[list[int]]:
    seen: set[int] = set()
    found = []
    for node in near:
        if node not in seen:
            part = sorted(_steps(node, near))
            seen |= {*part}
            found.append(part)
    return found


def _steps(start: int, near: Near) -> dict[int, float]:
    """How far it is from a node to each that can be reached, by the least links."""
    steps, waiting = {start: 0.0}, deque([start])
    while waiting:
        node = waiting.popleft()
        for other, far in near[node].items():
            if other not in steps:
                steps[other] = steps[node] + far
                waiting.append(other)
    return steps


def _placed(part: Sequence[int], near: Near) -> dict[int, Point]:
    steps = {node: _steps(node, near) for node in part}
    middle = min(part, key=lambda node: (sum(steps[node].values()), node))
    around = [node for node in _walk(middle, near) if node != middle]
    at: dict[int, list[float]] = {middle: [0.0, 0.0]}
    for number, node in enumerate(around):
        turn, far = 2 * pi * number / len(around), steps[middle][node]
        at[node] = [far * cos(turn), far * sin(turn)]
    weights = {
        node: [
            (other, far, (_LINKED * (far / _LENGTH) ** 4 if other in near[node] else 1) / far**2)
            for other, far in steps[node].items()
            if far
        ]
        for node in part
    }
    for _ in range(_ROUNDS if len(part) > 2 else 0):
        for node in part:
            x, y = at[node]
            sum_x = sum_y = total = 0.0
            for other, length, weight in weights[node]:
                ox, oy = at[other]
                pull = length / (hypot(x - ox, y - oy) or 1.0)
                sum_x += weight * (ox + (x - ox) * pull)
                sum_y += weight * (oy + (y - oy) * pull)
                total += weight
            at[node] = [sum_x / total, sum_y / total]
    return {node: (x * _WIDER, y) for node, (x, y) in at.items()}


def _stretched(at: dict[int, Point], width: float) -> dict[int, Point]:
    """A part of many nodes drawn out sideways as far as there is room: names stand in lines."""
    wide = max(x for x, _ in at.values()) - min(x for x, _ in at.values())
    by = min(max((width - _ENDS) / wide, 1.0), _MOST_STRETCHED) if len(at) > _FEW else 1.0
    return {node: (x * by, y) for node, (x, y) in at.items()}


def _walk(start: int, near: Near) -> list[int]:
    """Nodes so that those behind one another stand together: down each branch before the next."""
    seen: dict[int, None] = {}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen[node] = None
            waiting.extend(reversed([other for other in near[node] if other not in seen]))
    return list(seen)


def _apart(at: Mapping[int, Point], sizes: Sequence[Size]) -> dict[int, Point]:
    """The same places, where boxes that overlap are pushed apart along the shorter way."""
    moved = {node: [*place] for node, place in at.items()}
    nodes = sorted(moved)
    for _ in range(_PUSHES):
        clash = False
        for number, one in enumerate(nodes):
            for other in nodes[number + 1 :]:
                clash |= _pushed(moved[one], moved[other], sizes[one], sizes[other])
        if not clash:
            break
    return {node: (x, y) for node, (x, y) in moved.items()}


def _pushed(one: list[float], other: list[float], size: Size, its: Size) -> bool:
    dx, dy = other[0] - one[0], other[1] - one[1]
    over_x = (size[0] + its[0]) / 2 + _GAP - abs(dx)
    over_y = (size[1] + its[1]) / 2 + _GAP - abs(dy)
    if over_x <= 0.01 or over_y <= 0.01:
        return False
    axis = 0 if over_x < over_y else 1
    step = (over_x, over_y)[axis] / 2
    sign = -1 if (dx, dy)[axis] < 0 else 1
    one[axis] -= sign * step
    other[axis] += sign * step
    return True
