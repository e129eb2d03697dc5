"""Every syntax that Parley writes: name, media type, file extension and pyoxigraph's writer, one row each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import QueryError

Writer = TypeVar("Writer", RdfFormat, QueryResultsFormat)
_W3C = "http://www.w3.org/ns/formats/"


@dataclass(frozen=True)
class Format(Generic[Writer]):
    """One syntax; `aliases` are media types that mean the same, `names` are other words for it.

    `iri` names it in descriptions: a member of http://www.w3.org/ns/formats/.
    """

    name: str
    label: str
    media_type: str
    extension: str
    writer: Writer
    iri: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type header; text types name their encoding, JSON and the rest define their own."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    @property
    def spellings(self) -> frozenset[str]:
        """Whatever a person may write to ask for it, in lower case."""
        return frozenset((self.name, self.extension, self.media_type, *self.aliases, *self.names))


# Media types: RDF 1.1 (W3C Recommendations of 2014, IANA registry); the first row is what `*/*` gets.
RDF_FORMATS: tuple[Format[RdfFormat], ...] = (
    Format(
        "turtle",
        "Turtle",
        "text/turtle",
        "ttl",
        RdfFormat.TURTLE,
        f"{_W3C}Turtle",
        ("application/x-turtle", "application/turtle"),
        ("n3",),  # every Turtle document is one in N3
    ),
    Format(
        "ntriples",
        "N-Triples",
        "application/n-triples",
        "nt",
        RdfFormat.N_TRIPLES,
        f"{_W3C}N-Triples",
        (),
        ("n-triples", "ntriple"),
    ),
    Format(
        "jsonld",
        "JSON-LD",
        "application/ld+json",
        "jsonld",
        RdfFormat.JSON_LD,
        f"{_W3C}JSON-LD",
        ("application/json",),
        ("json-ld", "json", "ld+json"),
    ),
    Format(
        "rdfxml",
        "RDF/XML",
        "application/rdf+xml",
        "rdf",
        RdfFormat.RDF_XML,
        f"{_W3C}RDF_XML",
        ("application/xml", "text/xml"),
        ("xml", "rdf+xml", "rdf/xml"),
    ),
    Format("trig", "TriG", "application/trig", "trig", RdfFormat.TRIG, f"{_W3C}TriG"),
    Format(
        "nquads",
        "N-Quads",
        "application/n-quads",
        "nq",
        RdfFormat.N_QUADS,
        f"{_W3C}N-Quads",
        (),
        ("n-quads",),
    ),
)

# SPARQL 1.1 Query Results JSON, XML, CSV and TSV Formats (W3C Recommendations of 2013).
RESULT_FORMATS: tuple[Format[QueryResultsFormat], ...] = (
    Format(
        "json",
        "JSON",
        "application/sparql-results+json",
        "srj",
        QueryResultsFormat.JSON,
        f"{_W3C}SPARQL_Results_JSON",
        ("application/json",),
        ("sparql-results+json",),
    ),
    Format(
        "xml",
        "XML",
        "application/sparql-results+xml",
        "srx",
        QueryResultsFormat.XML,
        f"{_W3C}SPARQL_Results_XML",
        ("application/xml", "text/xml"),
        ("sparql-results+xml",),
    ),
    Format("csv", "CSV", "text/csv", "csv", QueryResultsFormat.CSV, f"{_W3C}SPARQL_Results_CSV"),
    Format(
        "tsv", "TSV", "text/tab-separated-values", "tsv", QueryResultsFormat.TSV, f"{_W3C}SPARQL_Results_TSV"
    ),
)


def find(spelling: str, table: Iterable[Format[Writer]]) -> Format[Writer] | None:
    """The row of the table that goes by this name, extension or media type, or None."""
    wanted = spelling.strip().lower()
    return next((row for row in table if wanted in row.spellings), None)


def named(spelling: str, table: Iterable[Format[Writer]]) -> Format[Writer]:
    """As `find`. Raises QueryError that lists the names of the table where there is no such row."""
    rows = tuple(table)
    row = find(spelling, rows)
    if row is None:
        raise QueryError(
            f"no format is called {spelling!r}", mend=f"Use one of: {', '.join(r.name for r in rows)}"
        )
    return row
