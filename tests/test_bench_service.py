"""Tests of what the benches of the service measure with: the generated graphs, the shapes, the comparison."""

import random
from itertools import islice
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from bench.service import answers, endless, graph, plot, shapes
from bench.service.graph import BASE, Graph, Quad

POOLS = {
    "span": ["<urn:span>"],
    "text": ["<urn:text>"],
    "supporter name": ['"France"@en'],
    "speaker name": ['"Ilham Aliyev"@en'],
}
REPORT = f"<{BASE}graph/report/one>"
AUTHORITY = f"<{BASE}graph/authority>"
STATEMENT, FRANCE, SPAIN = f"<{BASE}id/statement/a>", f"<{BASE}id/state/france>", f"<{BASE}id/state/spain>"
SPEAKER, DAY, SAID = f"<{BASE}ns#hasSpeaker>", f"<{BASE}ns#earliest>", f"<{BASE}ns#exactText>"
WORDS = "a sentence that is longer than any of the names that there are"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
SMALL = Graph(
    shared=tuple((name, SPEAKER, '"a name"', AUTHORITY) for name in (FRANCE, SPAIN)),
    texts=(
        (
            (STATEMENT, SPEAKER, FRANCE, REPORT),
            (STATEMENT, SAID, f'"{WORDS}"', REPORT),
            (STATEMENT, DAY, f'"2023-12-06"^^{DATE}', REPORT),
        ),
    ),
)


def test_a_generated_graph_is_shaped_like_the_shipped_one() -> None:
    """The shipped graph comes first; each further text has the same predicates, and names of its own."""
    found = list(graph.quads(SMALL, 60, seed=1))
    assert len(found) >= 60
    named = [quad for quad in found if quad[3]]
    assert named[:5] == [*SMALL.shared, *SMALL.texts[0]]
    copies = [named[at : at + 3] for at in range(5, len(named), 3)]
    assert all([quad[1] for quad in copy] == [SPEAKER, SAID, DAY] for copy in copies)
    assert len({copy[0][0] for copy in copies}) == len(copies)
    assert {copy[0][2] for copy in copies} == {FRANCE, SPAIN}
    assert all(WORDS in copy[1][2] and copy[1][2] != f'"{WORDS}"' for copy in copies)


def test_the_default_graph_is_the_union() -> None:
    """Each triple stands in the default graph once."""
    found = list(graph.quads(SMALL, 200, seed=2))
    union = [quad[:3] for quad in found if not quad[3]]
    assert len(union) == len(set(union))
    assert set(union) == {quad[:3] for quad in found if quad[3]}


def test_one_seed_one_graph() -> None:
    """The same seed gives the same quads, another one others."""

    def made(seed: int) -> list[Quad]:
        return list(graph.quads(SMALL, 100, seed))

    assert made(1) == made(1)
    assert made(1) != made(2)


@pytest.mark.parametrize("shape", shapes.load(), ids=lambda shape: shape.name)
def test_no_two_requests_of_a_shape_are_the_same(shape: shapes.Shape) -> None:
    """Each text parses, with its number and with any later one."""
    text = shape.text(POOLS, random.Random(1))
    assert text.count(shape.number) == 1
    later = text.replace(shape.number, str(int(shape.number) + 12345).zfill(7))
    for each in (text, later):
        ox.Store().query(each)
    assert later != text


def test_wrong_answers_are_seen() -> None:
    """Rows in another order are the same answer; a row too few, too many or another one is not."""
    shape = shapes.load()[0]
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(3))

    def rows(order: str) -> answers.Counter[answers.Row]:
        found = store.query(f"SELECT ?o {{ ?s ?p ?o }} ORDER BY {order}")
        return answers.rows(shape, found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    right = rows("?o")
    assert answers.differs(shape, rows("DESC(?o)"), right) is None
    for wrong in (rows("?o LIMIT 2"), right + right, rows("?o LIMIT 2") + answers.Counter([(("o", "7"),)])):
        assert answers.differs(shape, wrong, right)


def test_endless_queries_are_many_and_different() -> None:
    """Every one that is written down or made has a name and a text of its own."""
    found = endless.load()
    assert len({one.name for one in found}) == len({one.text for one in found}) == len(found)


def test_a_plot_is_svg() -> None:
    """Every line and name of a panel is in it, escaped."""
    panel = plot.Panel("A < B", "quads", "ms", {"one": [(1e5, 1), (1e6, 12)], "~one": [(1e5, 3), (2e6, 90)]})
    drawn = ElementTree.fromstring(plot.svg([panel, panel]))
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("A < B") == 2
    assert texts.count("one (Oxigraph)") == 2
    assert len(list(islice(drawn.iter("{http://www.w3.org/2000/svg}polyline"), 100))) > 8
