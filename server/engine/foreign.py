"""What another endpoint answered, as rows of a VALUES block, and put into a query that was judged before.

VALUES takes no blank nodes (SPARQL 1.1, production 65), so they travel as IRIs, which a function of our own
turns back: nodes that the answer tells apart stay apart, the same stay the same, none is one of the store.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from server.engine.contract import Table, Term

Functions = dict[ox.NamedNode, Callable[..., Term | None]]
RESTORE = ox.NamedNode("urn:parley:blank-node")
_MARK = f"{RESTORE.value}:"
_BLANK_WITHIN = re.compile(r"\s_:")


@dataclass(frozen=True)
class Told:
    """Solutions as rows of VALUES; `blank`: the variables that have a blank node in some row."""

    rows: str
    blank: frozenset[str] = frozenset()


def told(found: ox.QuerySolutions, variables: Sequence[str], scope: str, most: int) -> Told:
    """Solutions as rows of these variables; `scope` is a word of letters and digits that no other answer has.

    Raises QueryError for more than `most` rows, and for a blank node in a triple term, which the function
    could not reach.
    """
    # In TSV terms are written as SPARQL writes them (SPARQL 1.1 Query Results CSV and TSV, section 4).
    written = (found.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode()
    header, *lines = written.split("\n")[:-1]
    if len(lines) > most:
        raise QueryError(f"it answered with more than {most} rows")
    names = header.replace("?", "").split("\t")
    places = [names.index(name) if name in names else None for name in variables]
    table = [_row(line.split("\t"), places) for line in lines]
    if "_:" not in written:
        return Told(_joined(table))
    blank = {name for row in table for name, cell in zip(variables, row, strict=True) if cell[:2] == "_:"}
    return Told(_joined([[_ground(cell, scope) for cell in row] for row in table]), frozenset(blank))


def filled(text: str, tables: Sequence[Table]) -> str:
    """The text with the rows in their places; tables come in the order of these."""
    parts, done = [], 0
    for table in tables:
        parts += [text[done : table.at], table.rows]
        done = table.at
    return "".join([*parts, text[done:]])


def _row(cells: Sequence[str], places: Sequence[int | None]) -> list[str]:
    return ["UNDEF" if place is None else cells[place] or "UNDEF" for place in places]


def _joined(table: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"({' '.join(row)})" for row in table)


def _ground(cell: str, scope: str) -> str:
    """The cell without blank nodes."""
    if cell.startswith("_:"):
        return f"<{_MARK}{scope}{cell[2:]}>"
    if cell.startswith("<<") and _BLANK_WITHIN.search(cell):
        raise QueryError("it has a blank node in a triple term, which no query can be given")
    return cell


def _restored(term: Term) -> Term | None:
    """The blank node that an IRI stands for; any other term as it is."""
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(_MARK):
        return term
    try:
        return ox.BlankNode(term.value.removeprefix(_MARK))
    except ValueError:
        return None


FUNCTIONS: Functions = {RESTORE: _restored}
