"""Solutions of a query as a table for people: terms become text, and an address where they name something."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from kg.vocab import PREFIXES, Base
from server import urls
from server.engine.contract import Answer, Term

_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Cell:
    """One term: what to show, where it leads (None for literals), its language or its datatype."""

    text: str
    href: str | None = None
    note: str | None = None
    language: str | None = None


EMPTY = Cell("")


@dataclass(frozen=True)
class Table:
    """Column names, the rows that are shown, and how many there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def table(answer: Answer, base: Base, shown: int | None = None) -> Table:
    """An answer in JSON as a table of at most `shown` rows; a boolean becomes one cell."""
    parsed = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(parsed, ox.QueryBoolean):
        return Table(("answer",), ((Cell("yes" if parsed else "no"),),), 1)
    names = tuple(variable.value for variable in parsed.variables)
    rows = [tuple(cell(solution[name], base) for name in names) for solution in parsed]
    return Table(names, tuple(rows[:shown]), len(rows))


def cell(term: Term | None, base: Base) -> Cell:
    """One term of an answer."""
    if isinstance(term, ox.NamedNode):
        return Cell(compact(term.value, base), urls.of(term.value, base))
    if isinstance(term, ox.Literal):
        return Cell(term.value, note=_note(term), language=term.language)
    return EMPTY if term is None else Cell(str(term))


def compact(iri: str, base: Base) -> str:
    """An IRI as people read it: `state/armenia` for things of this graph, else `parley:Statement`."""
    if iri.startswith(f"{base.iri}id/"):
        return iri.removeprefix(f"{base.iri}id/")
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def in_words(name: str) -> str:
    """The name of a class or value as people write it: `NegotiationRound` gives `negotiation round`."""
    return _CAPITAL.sub(" ", name).lower()


def _note(literal: ox.Literal) -> str | None:
    if literal.language:
        return literal.language
    datatype = literal.datatype.value
    return None if datatype == f"{PREFIXES['xsd']}string" else datatype.rpartition("#")[2]
