"""How a store answers a question: what is refused, which graphs count, and what its errors mean."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, cast

import pyoxigraph as ox

from kg import union
from kg.errors import QueryError
from server.engine.contract import Dataset, QuerySyntaxError, ServiceRefused, Table
from server.engine.foreign import FUNCTIONS, Functions, filled
from server.nesting import refuse_nested
from server.query_text import mentions, read
from server.query_tokens import position

_LONG = 2**17  # characters
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def evaluate(
    store: ox.Store, text: str, dataset: Dataset, base: str | None = None, tables: Sequence[Table] = ()
) -> Found:
    """What the query finds; solutions and triples come as they are asked for, and may still raise.

    `base` is what relative IRIs are read against where the query declares no BASE of its own; `tables` go
    into the text once it was judged, in the order of their places.
    Raises QuerySyntaxError, ServiceRefused, TooNested, QueryError.
    """
    refuse_nested(text)
    if mentions(text, "service"):
        _judge_service(text, base)
    try:
        return _run(store, text, dataset, base, tables)
    except SyntaxError as error:
        raise syntax_error(text, str(error)) from None
    except (RuntimeError, ValueError) as error:
        raise failed(error) from None


def _judge_service(text: str, base: str | None) -> None:
    """Parsed first: that is a hundred times quicker than to read the tokens, and junk goes no further."""
    refuse_unparsable(text, base)
    refuse_service(text)


def failed(error: Exception) -> QueryError:
    """A fault that the engine met while it evaluated."""
    return QueryError(f"the query cannot be evaluated: {error}")


def serialized(
    found: Found, results: ox.QueryResultsFormat, graphs: ox.RdfFormat, prefixes: Mapping[str, str]
) -> bytes:
    """The answer as bytes, in the syntax of its kind. Raises QueryError."""
    try:
        if isinstance(found, ox.QueryTriples):
            return ox.serialize(found, format=graphs, prefixes=dict(prefixes)) or b""
        return found.serialize(format=results) or b""
    except (RuntimeError, ValueError) as error:
        raise failed(error) from None


def refuse_service(text: str) -> None:
    """Raises ServiceRefused for a query or update that would call another server."""
    at = read(text).service_at
    if at is None:
        return
    raise ServiceRefused(
        "SERVICE is not allowed: this server calls no other endpoint",
        *position(text, at),
        "Ask the other endpoint yourself, or run this part of the query there",
    )


def refuse_unparsable(text: str, base: str | None) -> None:
    """Have the engine parse a query, and evaluate nothing. Raises QuerySyntaxError."""
    try:
        if _only_parses():
            _parse(text, base)
    except SyntaxError as error:
        raise syntax_error(text, str(error)) from None
    except ValueError:
        return


def _parse(text: str, base: str | None) -> None:
    """Raises ValueError once it has parsed: two arguments that exclude each other keep it from evaluating."""
    ox.Store().query(text, base_iri=base, use_default_graph_as_union=True, default_graph=ox.DefaultGraph())


@cache
def _only_parses() -> bool:
    """Whether they still do in this version of the engine; where not, a call would go out from here."""
    try:
        _parse("ASK {}", None)
    except ValueError:
        return True
    return False


def _run(store: ox.Store, text: str, dataset: Dataset, base: str | None, tables: Sequence[Table]) -> Found:
    """Over the graphs of the protocol, else those of FROM, else the stored union of all."""
    if dataset.default or dataset.named:
        default, named = nodes(dataset.default), nodes(dataset.named)
    else:
        default, named = _from(text, base)
    ask = partial(_ask, filled(text, tables), base, FUNCTIONS if tables else None)
    if len(default) > 1:
        merged = union.merged(store, default, named)
        return ask(merged, default_graph=ox.DefaultGraph(), named_graphs=[*named])
    if default or named:
        return ask(store, default_graph=[*default], named_graphs=[*named])
    return ask(store)


def _ask(text: str, base: str | None, functions: Functions | None, store: ox.Store, **graphs: Any) -> Found:
    return store.query(text, base_iri=base, custom_functions=functions, **graphs)


def _from(text: str, base: str | None) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    """The graphs after FROM and FROM NAMED; none where they do not parse, as the text will not."""
    if not mentions(text, "from"):
        return [], []
    asked = read(text)
    try:
        return (
            resolved(asked.prologue, asked.default, base),
            resolved(asked.prologue, asked.named, base),
        )
    except SyntaxError:
        return [], []


def resolved(prologue: str, names: tuple[str, ...], base: str | None) -> list[ox.NamedNode]:
    """What these names stand for: the prologue has the prefixes and bases, and the engine applies them.

    Raises SyntaxError for a prefix that is not declared, and for a relative IRI without a base.
    """
    if not names:
        return []
    asked = f"{prologue}SELECT ?g {{ VALUES ?g {{ {' '.join(names)} }} }}"
    found = ox.Store().query(asked, base_iri=base)
    return list(dict.fromkeys(cast(ox.NamedNode, row["g"]) for row in cast(ox.QuerySolutions, found)))


def nodes(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    """The graphs of these names, each once. Raises QueryError for one that is no absolute IRI."""
    try:
        return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]
    except ValueError as error:
        raise QueryError(f"a graph is not named by an absolute IRI: {error}") from None


def syntax_error(text: str, message: str, kind: str = "query") -> QuerySyntaxError:
    """The parser's error with its place; what it "expected" is left out, being one of many tokens.

    In a long text no prefix is looked for: to read a megabyte of junk takes seconds.
    """
    undeclared = read(text).undeclared if len(text) <= _LONG else ()
    if undeclared:
        name = undeclared[0].text
        what = f"the prefix of {name!r} is not declared"
        return QuerySyntaxError(what, *position(text, undeclared[0].start), "Declare it with PREFIX")
    place = _PLACE.match(message)
    if place is None:
        return QuerySyntaxError(f"the {kind} does not parse: {message}", 1, 1)
    line, column = int(place["line"]), int(place["column"])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"near {rest[:40]!r}" if rest else "at the end of a line"
    return QuerySyntaxError(f"the {kind} does not parse {near}", line, column)
