"""What is taken from the finished store by a query of this folder: tables, triple terms, nanopublications."""

from functools import cache
from importlib.resources import files
from typing import cast

from pyoxigraph import QuerySolutions, QueryTriples, Store

from kg.vocab import PREFIXES, Base

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def rows(store: Store, name: str, base: Base) -> QuerySolutions:
    """The solutions of a query."""
    return cast(QuerySolutions, store.query(_text(name, base)))


def constructed(store: Store, name: str, base: Base) -> QueryTriples:
    """The triples of a query."""
    return cast(QueryTriples, store.query(_text(name, base)))


@cache
def _text(name: str, base: Base) -> str:
    query = (files(__package__) / f"{name}.rq").read_text("utf-8")
    return f"BASE <{base.iri}>\n{_PREFIXES}{query}"
