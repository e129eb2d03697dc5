"""Update cases: the graphs that there must be afterwards."""

import pyoxigraph as ox

from server.engine.changes import Update, apply

from . import checkout, comparison
from .manifest import Case, Node


def changes(case: Case) -> None:
    """The update turns the graphs before into the graphs after. Raises AssertionError."""
    action = case.node.one("mf:action")
    url = action.one("ut:request").value
    store = _data(action)
    apply(store, Update(checkout.text(url), base=url))
    expected = _data(case.node.one("mf:result"))
    assert comparison.isomorphic(expected, store), f"expected\n{expected}, given\n{store}"


def _data(described: Node) -> ox.Store:
    store = ox.Store()
    for data in described.all("ut:data"):
        store.extend(checkout.quads(data.value))
    for data in described.all("ut:graphData"):
        graph = ox.NamedNode(data.one("rdfs:label").value)
        store.add_graph(graph)
        store.extend(checkout.quads(data.one("ut:graph").value, graph))
    return store
