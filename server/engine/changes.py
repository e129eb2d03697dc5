"""What changes a writable store, all of it or nothing: an update, or a graph put, added to or deleted.

SPARQL 1.1 Update, SPARQL 1.1 Protocol (section 2.2), Graph Store HTTP Protocol. Values here travel between
processes, so they are plain.
"""

import re
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

import pyoxigraph as ox

from kg.errors import StoreError
from kg.generation import Generation
from kg.writable import WritableFolder
from server.engine.contract import EVERYTHING, Dataset
from server.engine.documents import Document, triples
from server.engine.evaluate import nodes
from server.engine.updating import source, understood, update
from server.query_text import mentions

_LOADS = re.compile("load", re.IGNORECASE)
_OF_PATTERNS = frozenset({"INSERT DATA", "DELETE DATA", "INSERT", "DELETE", "DELETE/INSERT", "DELETE WHERE"})
_LISTED = 3  # kinds of operations that a change is called by


@dataclass(frozen=True)
class Update:
    """A SPARQL update with the graphs that its request names (using-graph-uri, using-named-graph-uri).

    `base` is what relative IRIs are resolved against. `fetched` are the documents for its LOADs, which
    somebody who may call other servers has got beforehand (see `sources`); a LOAD of any other is refused.
    """

    text: str
    dataset: Dataset = EVERYTHING
    base: str | None = None
    fetched: tuple[Document, ...] = ()


@dataclass(frozen=True)
class GraphWrite:
    """A write of the Graph Store Protocol to one graph; None: the default graph.

    `documents` are what is put or posted: one, or the parts of a form with files.
    """

    method: Literal["put", "post", "delete"]
    graph: str | None
    documents: tuple[Document, ...] = ()


Change = Update | GraphWrite


@dataclass(frozen=True)
class Outcome:
    """What came of it: `created`, a graph that was not there; not `found`, none that could be deleted."""

    created: bool = False
    found: bool = True


@dataclass(frozen=True)
class Source:
    """A document that an update would LOAD; `silent` where a failure does not matter."""

    iri: str
    silent: bool


def apply(store: ox.Store, change: Change) -> Outcome:
    """Change the store. Whatever is raised, nothing has changed then.

    Raises QuerySyntaxError, TooNested, ServiceRefused (for LOAD too), UnsupportedFormat, ChangeFailed,
    QueryError; StoreError where the store itself cannot be written.
    """
    if isinstance(change, Update):
        fetched = {one.iri: one for one in change.fetched if one.iri}
        update(store, change.text, change.dataset, change.base, fetched)
        return Outcome()
    return _write(store, change)


def carry_out(folder: WritableFolder, change: Change) -> tuple[Generation, Outcome]:
    """`apply` to a store on disk: the generation that it made, which is current, and what came of it.

    Only in a process that may write stores, see `WritableFolder.change`. Raises as `apply` does, StoreError.
    """
    called = word(change)
    try:
        return folder.change(called, lambda store: _found(apply(store, change)), touched(change))
    except _NotFound:
        return folder.current(), Outcome(found=False)


class _NotFound(Exception):
    """There was nothing to delete, so that no generation is needed."""


def _found(outcome: Outcome) -> Outcome:
    if not outcome.found:
        raise _NotFound
    return outcome


def word(change: Change) -> str:
    """The change in a few words: `INSERT DATA, CLEAR`, `PUT of a graph`. Raises QuerySyntaxError."""
    if isinstance(change, GraphWrite):
        return f"{change.method.upper()} of {'a' if change.graph else 'the default'} graph"
    kinds = list(dict.fromkeys(one.kind for one in understood(change.text)))
    return ", ".join(kinds[:_LISTED]) + (", …" if len(kinds) > _LISTED else "") or "nothing"


def touched(change: Change) -> frozenset[str | None] | None:
    """The graphs that it may change, None among them for the default graph; None: it may be any."""
    if isinstance(change, GraphWrite):
        return frozenset({change.graph})
    names_graphs = any(mentions(change.text, word) for word in ("graph", "with"))
    if names_graphs or any(one.kind not in _OF_PATTERNS for one in understood(change.text)):
        return None
    return frozenset({None})


def sources(change: Update) -> tuple[Source, ...]:
    """What the update would LOAD, for a guard to fetch and put into `fetched`. Raises QuerySyntaxError."""
    if not _LOADS.search(change.text):
        return ()  # a look at a hundred megabytes takes a moment, and a worker has no time to read them
    loads = ((one, one.load) for one in understood(change.text) if one.load)
    return tuple(Source(source(one, load, change.base), load.silent) for one, load in loads)


def _write(store: ox.Store, change: GraphWrite) -> Outcome:
    """Put, post or delete one graph; every step that changes anything is one transaction."""
    name = nodes((change.graph,))[0] if change.graph else None
    there = name is None or store.contains_named_graph(name)
    found = [triple for document in change.documents for triple in triples(document)]
    try:
        _METHODS[change.method](store, name or ox.DefaultGraph(), found)
    except OSError as error:
        raise StoreError(
            f"the store cannot be written: {error}", mend="See that its disk has room"
        ) from error
    return Outcome(created=not there and change.method != "delete", found=there or change.method != "delete")


def _delete(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, _: list[ox.Triple]) -> None:
    store.remove_graph(graph)


def _post(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, found: list[ox.Triple]) -> None:
    if found:
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found)
    elif isinstance(graph, ox.NamedNode):
        store.add_graph(graph)


def _put(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, found: list[ox.Triple]) -> None:
    """In place of what is there: gathered beside it under a name of its own, and moved there in one step."""
    if not found or next(store.quads_for_pattern(None, None, None, graph), None) is None:
        return _post_anew(store, graph, found)
    beside = ox.NamedNode(f"urn:uuid:{uuid4()}")
    try:
        _post(store, beside, found)
        store.update(f"MOVE {beside} TO {graph if isinstance(graph, ox.NamedNode) else 'DEFAULT'}")
    finally:
        store.remove_graph(beside)
    return None


def _post_anew(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, found: list[ox.Triple]) -> None:
    """Where either what is there or what comes is nothing, one step does."""
    if found:
        _post(store, graph, found)
    elif isinstance(graph, ox.NamedNode):
        store.update(f"CLEAR SILENT GRAPH {graph} ; CREATE SILENT GRAPH {graph}")
    else:
        store.clear_graph(graph)


_METHODS = {"put": _put, "post": _post, "delete": _delete}
