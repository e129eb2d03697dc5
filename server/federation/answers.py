"""An endpoint's answer to a SELECT, read as rows for a VALUES block."""

import secrets
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.formats import RESULT_FORMATS
from server.engine.contract import Term
from server.engine.foreign import rows
from server.federation.plan import Told

# JSON first; these two say which term is what, and CSV does not.
FORMATS = tuple(row for row in RESULT_FORMATS if row.name in ("json", "xml"))
ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9, application/json;q=0.5"
MEDIA_TYPES = frozenset(name for row in FORMATS for name in (row.media_type, *row.aliases))


def told(body: bytes, media_type: str, variables: Sequence[str], most: int) -> Told:
    """The solutions in the body, of these variables; the body's media type is one of MEDIA_TYPES.

    Raises QueryError for what is no such answer, or has more than `most` rows.
    """
    syntax = next(row for row in FORMATS if media_type in (row.media_type, *row.aliases))
    try:
        found = ox.parse_query_results(body, format=syntax.writer)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("it answered a SELECT with a boolean")
        solutions = list(_solutions(found, variables, most))
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"its answer is no {syntax.label} of SPARQL: {error}") from None
    blank = {
        name
        for row in solutions
        for name, term in zip(variables, row, strict=True)
        if isinstance(term, ox.BlankNode)
    }
    return Told(rows(solutions, f"s{secrets.token_hex(8)}"), frozenset(blank))


def _solutions(
    found: ox.QuerySolutions, variables: Sequence[str], most: int
) -> Iterator[tuple[Term | None, ...]]:
    known = {variable.value for variable in found.variables}
    for count, solution in enumerate(found, start=1):
        if count > most:
            raise QueryError(f"it answered with more than {most} rows")
        yield tuple(solution[name] if name in known else None for name in variables)
