"""Counts a graph by the queries of this folder, so that VoID says what a client gets who asks the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions, Store

from kg.vocab import PREFIXES, Base

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
TOTALS = ("triples", "properties", "distinctSubjects", "distinctObjects", "classes", "entities")


@dataclass(frozen=True)
class Target:
    """A data set of others: what its IRIs begin with, its home page and its name."""

    name: str
    space: str
    dataset: str
    title: str


@dataclass(frozen=True)
class Links:
    """How many triples link things of ours to those of a target."""

    target: Target
    predicate: str
    triples: int


@dataclass(frozen=True)
class Counts:
    """Totals by the names of VoID's properties, things by class, triples by property, links to others.

    `graphs` has the number of triples of each graph by its name, `period` the first and the last day.
    """

    graphs: Mapping[str, int]
    totals: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    links: tuple[Links, ...]
    period: tuple[str, str] | None


@cache
def targets() -> tuple[Target, ...]:
    """The data sets of others that links are counted for."""
    rows = (files(__package__) / "targets.tsv").read_text("utf-8").splitlines()[1:]
    return tuple(Target(*row.split("\t")) for row in rows)


def count(store: Store, base: Base, graphs: Mapping[str, int]) -> Counts:
    """Count a store whose default graph is the union of its graphs; `graphs` has the sizes of these."""
    total = next(_rows(store, base, "totals"))
    return Counts(
        graphs=dict(sorted(graphs.items())),
        totals={name: int(_value(total, name)) for name in TOTALS},
        classes=_by_term(store, base, "classes"),
        properties=_by_term(store, base, "properties"),
        links=tuple(_links(store, base)),
        period=_period(store, base),
    )


def text(name: str, base: Base) -> str:
    """A query of this folder as it is asked."""
    query = (files(__package__) / f"{name}.rq").read_text("utf-8")
    spaces = " ".join(f'"{target.space}"' for target in targets())
    return f"BASE <{base.iri}>\n{_PREFIXES}{query.replace('$spaces', spaces)}"


def _by_term(store: Store, base: Base, name: str) -> dict[str, int]:
    return {_value(row, "term"): int(_value(row, "n")) for row in _rows(store, base, name)}


def _links(store: Store, base: Base) -> list[Links]:
    by_space = {target.space: target for target in targets()}
    rows = _rows(store, base, "links")
    return [Links(by_space[_value(r, "space")], _value(r, "predicate"), int(_value(r, "n"))) for r in rows]


def _period(store: Store, base: Base) -> tuple[str, str] | None:
    row = next(_rows(store, base, "period"))
    return (_value(row, "first"), _value(row, "last")) if row["first"] else None


def _rows(store: Store, base: Base, name: str) -> QuerySolutions:
    return cast(QuerySolutions, store.query(text(name, base)))


def _value(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode) else str(getattr(term, "value", ""))
