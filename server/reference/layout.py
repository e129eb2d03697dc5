"""Where boxes, labels and arrows of a diagram lie: in layers, by grandalf (Sugiyama's method)."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from grandalf.graphs import Edge, Graph, Vertex
from grandalf.layouts import SugiyamaLayout

from server.reference.picture import Box, Label, Picture, pictures

# Lengths are units of the drawing, pixels at its natural size.
_NAME, _LINE, _PADDING = (
    8.3,
    6.3,
    12,
)  # widths of a letter of a name and of a line; what a box has beside them
_HEAD, _ROW = 28, 15  # heights
_BETWEEN_LAYERS, _WITHIN_LAYER, _BETWEEN_PARTS = 44, 12, 26

Point = tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """A box or label with its upper left corner and its size."""

    what: Box | Label
    x: float
    y: float
    width: float
    height: float

    @property
    def is_box(self) -> bool:
        """Whether it is a class."""
        return isinstance(self.what, Box)

    def moved(self, y: float) -> "Placed":
        """The same, further down."""
        return Placed(self.what, self.x, self.y + y, self.width, self.height)


@dataclass(frozen=True)
class Arrow:
    """A line as the path of an SVG, and its head: `subclass`, `property`, or none where a label follows."""

    path: str
    head: str


@dataclass(frozen=True)
class Drawing:
    """A diagram that is ready to be written."""

    width: float
    height: float
    placed: tuple[Placed, ...]
    arrows: tuple[Arrow, ...]


class _Vertex(Vertex):  # type: ignore[misc]  # grandalf has no types
    """A vertex that is counted: grandalf keeps them in sets, whose order must not be one of chance."""

    def __init__(self, number: int, what: Box | Label) -> None:
        super().__init__(what)
        self._number = number
        self.view = _View(what)

    def __hash__(self) -> int:
        return self._number


class _Edge(Edge):  # type: ignore[misc]
    """The same for an edge."""

    def __init__(self, number: int, one: Vertex, other: Vertex, head: str) -> None:
        self._number = number
        super().__init__(one, other)
        self.view = _Line(head)

    def __hash__(self) -> int:
        return self._number


class _View:
    """What grandalf fills in of a vertex. Its layers run downwards, so width and height are exchanged."""

    def __init__(self, what: Box | Label) -> None:
        self.what = what
        self.h, self.w = _size(what)
        self.xy = (0.0, 0.0)


class _Line:
    """What grandalf fills in of an edge; an arrow to a broader class has its head where the edge begins."""

    def __init__(self, head: str) -> None:
        self.head, self.points = head, list[Point]()

    def setpath(self, points: list[Point]) -> None:
        """Called by the layout."""
        self.points = points


@cache
def drawings() -> dict[str, Drawing]:
    """The diagram of each module by its name."""
    return {name: drawing(picture) for name, picture in pictures().items()}


def drawing(picture: Picture) -> Drawing:
    """Lay a picture out; parts that nothing joins stand below each other."""
    drawn = {box.iri: box for box in picture.boxes} | {label.key: label for label in picture.labels}
    vertices = {key: _Vertex(number, what) for number, (key, what) in enumerate(drawn.items())}
    graph = Graph(list(vertices.values()), _edges(picture, vertices))
    placed: list[Placed] = []
    arrows: list[Arrow] = []
    down = width = 0.0
    for part in sorted(graph.C, key=lambda part: (-part.order(), min(_key(v) for v in part.V()))):
        _lay_out(part)
        found = [_placed(vertex.view) for vertex in part.sV]
        left, top = min(one.x for one in found), min(one.y for one in found) - down
        placed += [Placed(p.what, p.x - left, p.y - top, p.width, p.height) for p in found]
        arrows += [_arrow(edge, left, top) for edge in part.sE]
        down = max(one.y + one.height for one in found) - top + _BETWEEN_PARTS
        width = max(width, *(one.x + one.width - left for one in found))
    return Drawing(width, down - _BETWEEN_PARTS, tuple(placed), tuple(arrows))


def _edges(picture: Picture, vertices: dict[str, Vertex]) -> list[Edge]:
    """The broader class lies left of the narrower one, a label between its two sides."""
    ends = [(broader, narrower, "subclass") for narrower, broader in picture.narrower]
    for label in picture.labels:
        ends += [(source, label.key, "") for source in label.sources]
        ends += [(label.key, target, "property") for target in label.targets]
    return [_Edge(n, vertices[one], vertices[other], head) for n, (one, other, head) in enumerate(ends)]


def _lay_out(part: Graph) -> None:
    layout = SugiyamaLayout(part)
    layout.xspace, layout.yspace = _WITHIN_LAYER, _BETWEEN_LAYERS
    layout.init_all(optimize=True)
    layout.draw(6)
    layout.draw_edges()


def _placed(view: _View) -> Placed:
    """Turned from downwards to rightwards; grandalf tells centres."""
    across, along = view.xy
    return Placed(view.what, along - view.h / 2, across - view.w / 2, view.h, view.w)


def _arrow(edge: Edge, left: float, top: float) -> Arrow:
    points = [(along - left, across - top) for across, along in edge.view.points]
    start, end = (_placed(vertex.view) for vertex in edge.v)
    forward = points[0][0] <= points[-1][0]
    first = (start.x - left + (start.width if forward else 0), points[0][1])
    last = (end.x - left + (0 if forward else end.width), points[-1][1])
    path = [first, *points[1:-1], last]
    return Arrow(_curve(path[::-1] if edge.view.head == "subclass" else path), edge.view.head)


def _curve(points: list[Point]) -> str:
    """A smooth path that is level at each point."""
    told = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        told += f"C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    return told


def _size(what: Box | Label) -> Point:
    """Width and height of a box or label."""
    if isinstance(what, Label):
        return max(len(name) for name in what.names) * _LINE + 8, len(what.names) * _ROW + 4
    widest = max([len(what.name) * _NAME, *(len(line) * _LINE for line in what.lines)])
    return widest + 2 * _PADDING, _HEAD + len(what.lines) * _ROW + (6 if what.lines else 0)


def _key(vertex: Vertex) -> str:
    return vertex.data.iri if isinstance(vertex.data, Box) else vertex.data.key
