"""Query cases: what a query must answer over given data."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from server.engine.contract import Formats, Question
from server.engine.evaluate import evaluate
from server.engine.scratch import ScratchMemory
from server.engine.writing import write

from . import checkout, comparison, results
from .comparison import Solutions
from .manifest import Case, Node
from .results import Results


def answers(case: Case, resolved: Callable[[Question], Question] = lambda question: question) -> None:
    """The query, once it is resolved, gives the result of the manifest. Raises AssertionError, QueryError."""
    action = case.node.one("mf:action")
    url, expecting = action.one("qt:query").value, case.node.one("mf:result").value
    expected, ordered = results.expected(expecting)
    formats = Formats(results=results.syntax(expecting))
    given = _given(_data(action, url), resolved(Question(checkout.text(url), formats, base=url)))
    lax = case.node.any("mf:resultCardinality") is not None
    assert _same(expected, given, ordered, lax), f"expected {expected}, given {given}"


def _given(store: ox.Store, question: Question) -> Results:
    """What a query process would answer, read from the bytes that it would send."""
    found = evaluate(store, question.text, question.dataset, question.base, question.tables)
    written = write(found, question, {}, _scratch())
    body = _scratch().read()
    if written.graph:
        return results.graph(body, question.formats.graphs)
    given = results.read(body, question.formats.results)
    assert written.rows == (len(given.rows) if isinstance(given, Solutions) else None), "rows are miscounted"
    return given


@cache
def _scratch() -> ScratchMemory:
    return ScratchMemory(Path(tempfile.gettempdir()))


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
