"""Query cases: what a query must answer over given data."""

from collections.abc import Callable

import pyoxigraph as ox

from kg.formats import RDF_FORMATS
from server.engine.contract import Question
from server.engine.evaluate import evaluate, serialized

from . import checkout, comparison, results
from .comparison import Solutions
from .manifest import Case, Node
from .results import Results


def answers(case: Case, resolved: Callable[[Question], Question] = lambda question: question) -> None:
    """The query, once it is resolved, gives the result of the manifest. Raises AssertionError, QueryError."""
    action = case.node.one("mf:action")
    url, expecting = action.one("qt:query").value, case.node.one("mf:result").value
    expected, ordered = results.expected(expecting)
    asked = resolved(Question(checkout.text(url), base=url))
    found = evaluate(_data(action, url), asked.text, asked.dataset, asked.base, asked.tables)
    written = results.syntax(expecting)
    body = serialized(found, written.writer, RDF_FORMATS[0].writer, {})
    is_graph = isinstance(found, ox.QueryTriples)
    given = results.graph(body) if is_graph else results.read(body, written)
    lax = case.node.any("mf:resultCardinality") is not None
    assert _same(expected, given, ordered, lax), f"expected {expected}, given {given}"


def _same(expected: Results, given: Results, ordered: bool, lax: bool) -> bool:
    if isinstance(expected, Solutions) and isinstance(given, Solutions):
        return comparison.at_most(expected, given) if lax else comparison.same(expected, given, ordered)
    if isinstance(expected, list) and isinstance(given, list):
        return comparison.isomorphic(expected, given)
    return type(expected) is type(given) and expected == given


def _data(action: Node, query: str) -> ox.Store:
    """The graphs of a case. Where its manifest names none, all files beside the query are there for FROM."""
    store = ox.Store()
    for data in action.all("qt:data"):
        store.extend(checkout.quads(data.value))
    for data in action.all("qt:graphData"):
        _add(store, data.value)
    if not action.all("qt:data") and not action.all("qt:graphData"):
        for beside in checkout.path(query).parent.glob("*.ttl"):
            _add(store, f"{query.rpartition('/')[0]}/{beside.name}")
    return store


def _add(store: ox.Store, url: str) -> None:
    graph = ox.NamedNode(url)
    store.add_graph(graph)
    store.extend(checkout.quads(url, graph))
