"""Graphs of rdflib, and the terms of Oxigraph as its own: the one works on graphs, the other reads faster."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def graph() -> Graph:
    """An empty graph that is part of no larger one, which rdflib fills in half the time."""
    return Graph("SimpleMemory")


def of(statements: Iterable[ox.Quad]) -> Iterator[Triple]:
    """The triples of these quads. Their blank nodes get new names, so that two readings never share one."""
    blank: dict[str, BNode] = {}
    for one in statements:
        yield _node(one.subject, blank), _node(one.predicate, blank), _node(one.object, blank)


def _node(term: object, blank: dict[str, BNode]) -> Node:
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language, None if term.language else term.datatype.value)
    assert isinstance(term, ox.BlankNode)  # rdflib has no triple terms
    return blank.setdefault(term.value, BNode())


def _literal(text: str, language: str | None, datatype: str | None) -> Literal:
    if datatype is None or datatype == _STRING:
        return Literal(text, lang=language)
    return Literal(text, datatype=_iri(datatype))


@lru_cache(maxsize=2**17)
def _iri(text: str) -> URIRef:
    """rdflib looks at each letter of an IRI, and most stand in many triples."""
    return URIRef(text)
