"""RDF documents that come from outside: the body of a request, or what a LOAD would fetch."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.formats import RDF_FORMATS, Format
from server.engine.contract import QuerySyntaxError

# Those of one graph; TriG and N-Quads hold several.
GRAPH_FORMATS: tuple[Format[ox.RdfFormat], ...] = tuple(
    row for row in RDF_FORMATS if row.name not in ("trig", "nquads")
)
_PLACE = re.compile(r"(?:Parser )?error at line \d+ (?:between )?columns? [^:]*: ")


class UnsupportedFormat(QueryError):
    """A document in a syntax that Parley does not read; 415 over HTTP."""


@dataclass(frozen=True)
class Document:
    """One graph as bytes; `iri` is where it comes from, which its relative IRIs are resolved against."""

    media_type: str
    body: bytes
    iri: str | None = None


def triples(document: Document) -> list[ox.Triple]:
    """What the document says; its blank nodes get names that nothing else has.

    Raises UnsupportedFormat, QuerySyntaxError with the place in the document.
    """
    syntax = _format(document.media_type)
    try:
        quads = ox.parse(
            document.body,
            syntax.writer,
            base_iri=document.iri,
            without_named_graphs=True,
            rename_blank_nodes=True,
        )
        return [quad.triple for quad in quads]
    except SyntaxError as error:
        what = f"the document is no {syntax.label}: {_PLACE.sub('', str(error.msg))}"
        raise QuerySyntaxError(what, error.lineno or 1, error.offset or 1) from None
    except (ValueError, OSError) as error:
        raise QueryError(f"the document cannot be read as {syntax.label}: {error}") from None


def _format(media_type: str) -> Format[ox.RdfFormat]:
    """The row of the table for a Content-Type. Raises UnsupportedFormat."""
    essence, _, parameters = media_type.partition(";")
    charset = re.search(r'charset\s*=\s*"?([\w-]+)', parameters, re.IGNORECASE)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedFormat(f"documents in {charset[1]} are not read", mend="Send UTF-8")
    wanted = essence.strip().lower()
    row = next((row for row in GRAPH_FORMATS if wanted in (row.media_type, *row.aliases)), None)
    if row is None:
        mend = f"Send one of: {', '.join(row.media_type for row in GRAPH_FORMATS)}"
        raise UnsupportedFormat(f"documents of type {wanted or 'unknown'!r} are not read", mend=mend)
    return row
