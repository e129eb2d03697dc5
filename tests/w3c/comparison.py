"""When two answers are the same: up to the names of blank nodes, and with or without their order.

A number, a boolean or a time zone counts by its value, not by how it is written: the engine keeps values
(https://github.com/oxigraph/oxigraph/issues/526), which the suite lets a store do
(`mf:NoCanonicalizationOfNumerics` marks what cannot be met then).

SPARQL 1.1 Test Case Structure, "Query Evaluation Tests"; RDF 1.1 Concepts, section 3.6.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = frozenset[tuple[str, Term]]


_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = [
    "integer",
    *("int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    *("nonNegativeInteger", "nonPositiveInteger", "negativeInteger", "positiveInteger"),
]
_VALUES: dict[str, Callable[[str], str]] = {
    **{f"{_XSD}{name}": lambda text: str(int(text)) for name in _WHOLE},
    f"{_XSD}decimal": lambda text: format(Decimal(text).normalize(), "f"),
    f"{_XSD}double": lambda text: repr(float(text)),
    f"{_XSD}float": lambda text: repr(float(text)),
    f"{_XSD}boolean": lambda text: {"0": "false", "1": "true"}.get(text, text),
    **{f"{_XSD}{name}": lambda text: text.replace("+00:00", "Z") for name in ("dateTime", "date", "time")},
}


@dataclass(frozen=True)
class Solutions:
    """A table: its variables as it names them, and a row of bindings for each solution."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


def same(expected: Solutions, given: Solutions, ordered: bool) -> bool:
    """Whether both have the same variables and rows, each row as often."""
    if {*expected.variables} != {*given.variables} or len(expected.rows) != len(given.rows):
        return False
    first, second = _valued(expected), _valued(given)
    if not any(_blank(term) for row in first + second for _, term in row):
        return first == second if ordered else Counter(first) == Counter(second)
    return isomorphic(_as_graph(first, ordered), _as_graph(second, ordered))


def at_most(expected: Solutions, given: Solutions) -> bool:
    """Whether each row is given at least once and at most as often as expected (REDUCED)."""
    most, held = Counter(_valued(expected)), Counter(_valued(given))
    return most.keys() == held.keys() and held <= most and {*expected.variables} == {*given.variables}


def isomorphic(first: Iterable[ox.Quad], second: Iterable[ox.Quad]) -> bool:
    """Whether two datasets are equal up to the names of blank nodes."""
    return _canonical(first) == _canonical(second)


def value(term: Term) -> Term:
    """The term, its literals written in the one way that their value has here."""
    if isinstance(term, ox.Triple):
        return ox.Triple(term.subject, term.predicate, value(term.object))
    if not isinstance(term, ox.Literal) or term.datatype.value not in _VALUES:
        return term
    try:
        return ox.Literal(_VALUES[term.datatype.value](term.value), datatype=term.datatype)
    except (ValueError, ArithmeticError):  # ill-typed: it has no value
        return term


def _valued(table: Solutions) -> tuple[Row, ...]:
    return tuple(frozenset((name, value(term)) for name, term in row) for row in table.rows)


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, value(quad.object), quad.graph_name) for quad in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _blank(term: Term) -> bool:
    if isinstance(term, ox.Triple):
        return _blank(term.subject) or _blank(term.object)
    return isinstance(term, ox.BlankNode)


def _as_graph(rows: tuple[Row, ...], ordered: bool) -> list[ox.Quad]:
    """The table as a graph, which is isomorphic to another table's where the tables are the same.

    Equal rows are one node with a number, since many nodes that are alike take long to compare.
    """
    numbered = [(row, str(at)) for at, row in enumerate(rows)] if ordered else _counted(rows)
    return [quad for row, number in numbered for quad in _described(row, number)]


def _counted(rows: tuple[Row, ...]) -> list[tuple[Row, str]]:
    return [(row, str(number)) for row, number in Counter(rows).items()]


def _described(row: Row, number: str) -> Iterable[ox.Quad]:
    node = ox.BlankNode()
    yield ox.Quad(node, ox.NamedNode("tag:number"), ox.Literal(number))
    for variable, term in row:
        yield ox.Quad(node, ox.NamedNode(f"tag:variable:{variable}"), term)
