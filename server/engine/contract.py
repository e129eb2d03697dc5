"""The one door to the graph: a question goes in, a whole serialised answer comes out.

Answers are bytes, so that the engine may live in another process, or on another machine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kg.errors import QueryError
from kg.formats import RDF_FORMATS, RESULT_FORMATS, Format
from kg.store import Generation

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Mapping[str, Term]
AnyFormat = Format[ox.QueryResultsFormat] | Format[ox.RdfFormat]


class QuerySyntaxError(QueryError):
    """A query or update that does not parse; line and column count from 1, in characters."""

    def __init__(self, what: str, line: int, column: int, mend: str | None = None) -> None:
        super().__init__(what, where=f"line {line}, column {column}", mend=mend)
        self.line, self.column = line, column


class ServiceRefused(QueryError):
    """A query that would have Parley call another server; line and column count from 1, in characters."""

    exit_code = 2

    def __init__(self, what: str, line: int, column: int, mend: str | None = None) -> None:
        super().__init__(what, where=f"line {line}, column {column}", mend=mend)
        self.line, self.column = line, column


class ServiceFailed(QueryError):
    """Another endpoint, which the query calls with SERVICE, that gave no answer to work with.

    `kind` is what metrics call it: a name of `server.observation.CALLS`.
    """

    def __init__(self, what: str, where: str | None = None, kind: str = "no-answer") -> None:
        super().__init__(what, where)
        self.kind = kind


class DeadlinePassed(QueryError):
    """A query that was ended because its time was up."""


class OutOfMemory(QueryError):
    """A query that was ended because it wanted more memory than one query may have."""


class TooLarge(QueryError):
    """An answer with more rows or bytes than one answer may have."""


class Busy(QueryError):
    """No room for the query now; `own` where it is the client's own other queries that fill it."""

    def __init__(self, what: str, retry_after: int, own: bool) -> None:
        super().__init__(what, mend=f"Try again in {retry_after} s")
        self.retry_after, self.own = retry_after, own


class EngineLost(QueryError):
    """The process that ran the query ended for a reason of its own."""


@dataclass(frozen=True)
class Dataset:
    """The graphs that a request names; with none, those of the query's FROM count, else all of the store's.

    SPARQL 1.1 Protocol, section 2.1.4.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


EVERYTHING = Dataset()


@dataclass(frozen=True)
class Formats:
    """How to write an answer: solutions and booleans in one syntax, graphs in another."""

    results: Format[ox.QueryResultsFormat] = RESULT_FORMATS[0]
    graphs: Format[ox.RdfFormat] = RDF_FORMATS[0]


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds by the clock, rows and bytes of its answer, bytes of memory."""

    seconds: float = 30.0
    rows: int = 1_000_000
    size: int = 256 * 2**20
    memory: int = 2 * 2**30


@dataclass(frozen=True)
class Table:
    """Rows of a VALUES block that go into the text of a query at an offset: what another endpoint answered.

    They are data and not the client's words, so they stay apart while the text is judged.
    """

    at: int
    rows: str


@dataclass(frozen=True)
class Question:
    """A query with everything that decides its answer, but for the data."""

    text: str
    formats: Formats = Formats()
    dataset: Dataset = EVERYTHING
    tables: tuple[Table, ...] = ()
    base: str | None = None  # what relative IRIs are read against, where the query declares no BASE
    limits: Limits = Limits()
    partial: bool = False  # give what there is when rows or bytes run out, marked as cut, instead of TooLarge
    coding: str = "identity"  # a content coding of RFC 9110: identity, gzip, br, zstd
    client: str = ""  # whom a share of the engine is counted for


@dataclass(frozen=True)
class Answer:
    """A whole answer in one syntax, and the version of the data that gave it.

    `cut` says at which limit the answer ends early, where it was asked for with `partial`; None: it is whole.
    """

    body: bytes
    format: AnyFormat
    version: str
    rows: int | None = None  # of a SELECT, or triples of a graph; None: not counted
    cut: str | None = None


class Engine(Protocol):
    """Answers queries over the generation that is current when they arrive."""

    def generation(self) -> Generation:
        """The generation that is served now. Raises NothingBuilt."""

    def ask(self, question: Question) -> Answer:
        """Run a query. Raises the errors of this module, QueryError, NothingBuilt."""


def rows(answer: Answer) -> Iterator[Row]:
    """The solutions of a SELECT that was answered in JSON; unbound variables are left out."""
    parsed = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(parsed, ox.QuerySolutions):
        raise QueryError("this query gives no rows")
    names = [variable.value for variable in parsed.variables]
    for solution in parsed:
        yield {name: solution[name] for name in names if solution[name] is not None}
