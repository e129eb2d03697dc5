"""The one door to the graph: a query goes in, a whole serialised answer comes out.

Answers are bytes, so that an engine may live in another process. `StoreEngine` runs queries in this process;
it cannot stop a query that takes too long, which is why nothing here claims to.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

import pyoxigraph as ox

from kg import union
from kg.errors import QueryError
from kg.formats import Format
from kg.store import DataFolder, Generation
from kg.vocab import PREFIXES
from server.nesting import refuse_nested
from server.query_text import position, read

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Row = Mapping[str, Term]


class QuerySyntaxError(QueryError):
    """A query that does not parse; line and column count from 1, in characters."""

    def __init__(self, what: str, line: int, column: int, mend: str | None = None) -> None:
        super().__init__(what, where=f"line {line}, column {column}", mend=mend)
        self.line, self.column = line, column


class ServiceRefused(QueryError):
    """A query that would have Parley call another server."""

    exit_code = 2


@dataclass(frozen=True)
class Dataset:
    """The graphs that a request names; with none, every graph counts (SPARQL 1.1 Protocol, section 2.1.4)."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


EVERYTHING = Dataset()


@dataclass(frozen=True)
class Formats:
    """How to write an answer: solutions and booleans in one syntax, graphs in another."""

    results: Format[ox.QueryResultsFormat]
    graphs: Format[ox.RdfFormat]


@dataclass(frozen=True)
class Answer:
    """A whole answer in one syntax, and the version of the data that gave it."""

    body: bytes
    format: Format[ox.QueryResultsFormat] | Format[ox.RdfFormat]
    version: str


class Engine(Protocol):
    """Answers queries over the generation that is current when they arrive."""

    def generation(self) -> Generation:
        """The generation that is served now. Raises NothingBuilt."""

    def query(self, text: str, formats: Formats, dataset: Dataset = EVERYTHING) -> Answer:
        """Run a query. Raises QuerySyntaxError, ServiceRefused, QueryError, NothingBuilt."""


@dataclass(frozen=True)
class _Opened:
    generation: Generation
    store: ox.Store


class StoreEngine:
    """An engine in this process: follows the data folder; a query that runs keeps its generation."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def generation(self) -> Generation:
        """The generation that is served now. Raises NothingBuilt."""
        return self._current().generation

    def query(self, text: str, formats: Formats, dataset: Dataset = EVERYTHING) -> Answer:
        """Run a query. Raises QuerySyntaxError, ServiceRefused, QueryError, NothingBuilt."""
        refuse_nested(text)
        _refuse_service(text)
        opened = self._current()
        try:
            found = _run(opened.store, text, dataset)
            return _written(found, formats, opened.generation)
        except SyntaxError as error:
            raise _syntax_error(text, str(error)) from None
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None

    def _current(self) -> _Opened:
        """The open store of the current generation; reopened where the pointer has moved."""
        opened = self._opened
        if opened and self._folder.is_current(opened.generation.version):
            return opened
        with self._lock:
            present = self._folder.current()
            if self._opened is None or self._opened.generation.version != present.version:
                self._opened = _Opened(present, present.open())
            return self._opened


def rows(answer: Answer) -> Iterator[Row]:
    """The solutions of a SELECT that was answered in JSON; unbound variables are left out."""
    parsed = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(parsed, ox.QuerySolutions):
        raise QueryError("this query gives no rows")
    names = [variable.value for variable in parsed.variables]
    for solution in parsed:
        yield {name: solution[name] for name in names if solution[name] is not None}


def _refuse_service(text: str) -> None:
    at = read(text).service_at
    if at is None:
        return
    line, column = position(text, at)
    raise ServiceRefused(
        "SERVICE is not allowed: Parley calls no other server",
        where=f"line {line}, column {column}",
        mend="Ask the other endpoint yourself, or run this part of the query there",
    )


def _run(store: ox.Store, text: str, dataset: Dataset) -> Found:
    """Over the graphs of the protocol, else those of FROM, else the stored union of all."""
    if dataset.default or dataset.named:
        default, named = _nodes(dataset.default), _nodes(dataset.named)
    else:
        default, named = _from(text)
    if len(default) > 1:
        merged = union.merged(store, default, named)
        return merged.query(text, default_graph=ox.DefaultGraph(), named_graphs=[*named])
    if default or named:
        return store.query(text, default_graph=[*default], named_graphs=[*named])
    return store.query(text)


def _from(text: str) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    """The graphs after FROM and FROM NAMED; none where they do not parse, as the text will not."""
    asked = read(text)
    try:
        return _resolved(asked.prologue, asked.default), _resolved(asked.prologue, asked.named)
    except SyntaxError:
        return [], []


def _resolved(prologue: str, names: tuple[str, ...]) -> list[ox.NamedNode]:
    """What these names stand for: the prologue has the prefixes and the base, and the engine applies them."""
    if not names:
        return []
    found = ox.Store().query(f"{prologue}SELECT ?g {{ VALUES ?g {{ {' '.join(names)} }} }}")
    return list(dict.fromkeys(cast(ox.NamedNode, row["g"]) for row in cast(ox.QuerySolutions, found)))


def _nodes(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]
    except ValueError as error:
        raise QueryError(f"a graph is not named by an absolute IRI: {error}") from None


def _written(found: Found, formats: Formats, generation: Generation) -> Answer:
    if isinstance(found, ox.QueryTriples):
        prefixes = PREFIXES | {"graph": f"{generation.base.iri}graph/"}
        body = ox.serialize(found, format=formats.graphs.writer, prefixes=prefixes)
        return Answer(body or b"", formats.graphs, generation.version)
    return Answer(found.serialize(format=formats.results.writer) or b"", formats.results, generation.version)


def _syntax_error(text: str, message: str) -> QuerySyntaxError:
    """The parser's error with its place; what it "expected" is left out, being one of many tokens."""
    undeclared = read(text).undeclared
    if undeclared:
        name = undeclared[0].text
        what = f"the prefix of {name!r} is not declared"
        return QuerySyntaxError(what, *position(text, undeclared[0].start), "Declare it with PREFIX")
    place = _PLACE.match(message)
    if place is None:
        return QuerySyntaxError(f"the query does not parse: {message}", 1, 1)
    line, column = int(place["line"]), int(place["column"])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"near {rest[:40]!r}" if rest else "at the end of a line"
    return QuerySyntaxError(f"the query does not parse {near}", line, column)
