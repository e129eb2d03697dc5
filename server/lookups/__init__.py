"""The queries that pages are made of: one `.rq` file each, filled and run here.

In the files `$this`, `$these`, `$limit` and `$offset` are places to fill, `?x` are variables, and `%about%`
is the pattern in `about.rq`; every prefix of `kg.vocab` is declared, and IRIs such as `<graph/inferred>` are
relative to the base of the served graph.
"""

import re
from collections.abc import Sequence, Set
from functools import cache
from importlib import resources

from pyoxigraph import Literal, NamedNode

from kg.vocab import PREFIXES, Base
from server.engine.contract import Engine, Question, Row, rows

Place = str | int | Literal | Sequence[str]

_NOTHING = Literal("")
_PREFIXES = {prefix: f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()}


def select(engine: Engine, name: str, **places: Place) -> list[Row]:
    """The solutions of a lookup; a place takes an IRI, several IRIs, a number, or a literal."""
    return list(rows(engine.ask(Question(text(name, engine.generation().base, **places)))))


def run(engine: Engine, text: str) -> list[Row]:
    """The solutions of a query that has no prologue of its own, with prefixes and base as in the files."""
    return list(rows(engine.ask(Question(f"{_prologue(engine.generation().base)}{text}"))))


def each(engine: Engine, name: str, these: Sequence[str]) -> list[Row]:
    """The solutions of a lookup for each of these IRIs in its place `$this`, all in one query."""
    arms = " UNION ".join(_filled(name, this=iri) for iri in these)
    whole = f"{_prologue(engine.generation().base)}SELECT * WHERE {{ {arms} }}"
    return list(rows(engine.ask(Question(whole))))


def number(engine: Engine, name: str, **places: Place) -> int:
    """The one number that a counting lookup gives as `?n`."""
    return _number(select(engine, name, **places)[0])


def labelled(engine: Engine, found: Sequence[Row]) -> list[Row]:
    """The rows with a column `<name>Label` beside each thing that has a label and no such column yet."""
    things = sorted({term.value for row in found for term in row.values() if isinstance(term, NamedNode)})
    told = select(engine, "labels", these=things) if things else []
    labels = {row["thing"]: row["label"] for row in told}
    return [
        {**{f"{name}Label": labels[term] for name, term in row.items() if term in labels}, **row}
        for row in found
    ]


def cited(engine: Engine, found: Sequence[Row]) -> list[Row]:
    """The rows with the outlet and the day of their `source`, where these are known."""
    sources = sorted({term.value for row in found if isinstance(term := row.get("source"), NamedNode)})
    told = select(engine, "citations", these=sources) if sources else []
    citations = {row["thing"]: row for row in told}
    return [{**citations.get(row.get("source", _NOTHING), {}), **row} for row in found]


def text(name: str, base: Base, **places: Place) -> str:
    """The query of a lookup, filled in; raises ValueError for an IRI that is none."""
    used = frozenset(re.findall(r"\b([a-z]+):", _template(name)))  # each word is judged before a query runs
    return f"{_prologue(base, used)}{_filled(name, **places)}"


def _prologue(base: Base, used: Set[str] = _PREFIXES.keys()) -> str:
    return f"BASE <{base.iri}>\n{''.join(line for prefix, line in _PREFIXES.items() if prefix in used)}"


def _filled(name: str, **places: Place) -> str:
    written = {f"${place}": _written(value) for place, value in places.items()}
    return re.sub(r"\$\w+", lambda match: written[match.group()], _template(name))


def _number(row: Row) -> int:
    counted = row["n"]
    return int(counted.value) if isinstance(counted, Literal) else 0


def _written(value: Place) -> str:
    if isinstance(value, int | Literal):
        return str(value)
    return str(NamedNode(value)) if isinstance(value, str) else " ".join(str(NamedNode(iri)) for iri in value)


@cache
def _template(name: str) -> str:
    return re.sub(r"%(\w+)%", lambda match: _file(match[1]).partition("\n")[2], _file(name))


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(f"{name}.rq").read_text("utf-8")
