"""What another endpoint answered, as rows of a VALUES block, and put into a query that was judged before.

VALUES takes no blank nodes (SPARQL 1.1, production 65), so they travel as IRIs, which a function of our own
turns back: nodes that the answer tells apart stay apart, the same stay the same, none is one of the store.
"""

import re
from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from server.engine.contract import Table, Term

Functions = dict[ox.NamedNode, Callable[..., Term | None]]
RESTORE = ox.NamedNode("urn:parley:blank-node")
_MARK = f"{RESTORE.value}:"
_NO_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20]')


def rows(solutions: Iterable[Sequence[Term | None]], scope: str) -> str:
    """Solutions as rows; `scope` is a word of letters and digits that no other answer has.

    Raises QueryError for a blank node in a triple term, which the function cannot reach.
    """
    return "\n".join(f"({' '.join(_value(term, scope) for term in row)})" for row in solutions)


def filled(text: str, tables: Sequence[Table]) -> str:
    """The text with the rows in their places; tables come in the order of these."""
    parts, done = [], 0
    for table in tables:
        parts += [text[done : table.at], table.rows]
        done = table.at
    return "".join([*parts, text[done:]])


def _value(term: Term | None, scope: str) -> str:
    if isinstance(term, ox.BlankNode):
        return f"<{_MARK}{scope}{term.value}>"
    return "UNDEF" if term is None else _ground(term)


def _ground(term: Term) -> str:
    """A term without blank nodes as SPARQL writes it, which is as N-Triples does."""
    if isinstance(term, ox.Triple):
        return f"<<( {_ground(term.subject)} {_ground(term.predicate)} {_ground(term.object)} )>>"
    if isinstance(term, ox.BlankNode):
        raise QueryError("it has a blank node in a triple term, which no query can be given")
    if isinstance(term, ox.NamedNode) and _NO_IRI.search(term.value):
        raise QueryError("it has an IRI that is none")
    return str(term)


def _restored(term: Term) -> Term | None:
    """The blank node that an IRI stands for; any other term as it is."""
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(_MARK):
        return term
    try:
        return ox.BlankNode(term.value.removeprefix(_MARK))
    except ValueError:
        return None


FUNCTIONS: Functions = {RESTORE: _restored}
