"""An endpoint's answer to a SELECT, read as rows for a VALUES block."""

import secrets
from collections.abc import Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.formats import RESULT_FORMATS
from server.engine.foreign import Told, told

# JSON first; these two say which term is what, and CSV does not.
FORMATS = tuple(row for row in RESULT_FORMATS if row.name in ("json", "xml"))
ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9, application/json;q=0.5"
MEDIA_TYPES = frozenset(name for row in FORMATS for name in (row.media_type, *row.aliases))


def solutions(body: bytes, media_type: str, variables: Sequence[str], most: int) -> Told | str:
    """The solutions in the body, of these variables; the body's media type is one of MEDIA_TYPES.

    What is no such answer, or has more than `most` rows, gives the reason instead. That is not raised, since
    an error would keep the engine's objects alive, which must end in the thread that they began in.
    """
    syntax = next(row for row in FORMATS if media_type in (row.media_type, *row.aliases))
    try:
        found = ox.parse_query_results(body, format=syntax.writer)
        if not isinstance(found, ox.QuerySolutions):
            return "it answered a SELECT with a boolean"
        return told(found, variables, f"s{secrets.token_hex(8)}", most)
    except QueryError as error:
        return error.what
    except (SyntaxError, ValueError) as error:
        return f"its answer is no {syntax.label} of SPARQL: {error}"
