"""Answers as they are written: XML, JSON, CSV and TSV, and the suite's own way to write a table in RDF.

JSON, CSV and TSV are read here with nothing of the engine's that wrote them.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from kg.formats import RDF_FORMATS, RESULT_FORMATS, Format

from . import checkout, manifest
from .comparison import Row, Solutions, Term

Results = Solutions | bool | list[ox.Quad]
_XML = next(row for row in RESULT_FORMATS if row.name == "xml")


def syntax(url: str) -> Format[ox.QueryResultsFormat]:
    """The syntax of a file of results; XML for those in RDF, which is none that a service answers in."""
    return next((row for row in RESULT_FORMATS if f".{row.extension}" == Path(url).suffix), _XML)


def expected(url: str) -> tuple[Results, bool]:
    """What a file of the suite holds, and whether the order of its rows counts."""
    if Path(url).suffix not in checkout.GRAPHS:
        return read(checkout.path(url).read_bytes(), syntax(url)), False
    tables = [node for node in manifest.subjects(url, "rdf:type") if node.one("rdf:type").name == "ResultSet"]
    return _described(tables[0]) if tables else (list(checkout.quads(url)), False)


def read(body: bytes, written: Format[ox.QueryResultsFormat]) -> Solutions | bool:
    """An answer in one of the four syntaxes."""
    return _READERS[written.name](body)


def graph(body: bytes, written: Format[ox.RdfFormat] = RDF_FORMATS[0]) -> list[ox.Quad]:
    """An answer that is a graph."""
    return list(ox.parse(body, format=written.writer, rename_blank_nodes=True))


def _xml(body: bytes) -> Solutions | bool:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = tuple(variable.value for variable in found.variables)
    return Solutions(names, tuple(_row((name, row[name]) for name in names) for row in found))


def _row(cells: Any) -> Row:
    return frozenset((name, term) for name, term in cells if term is not None)


def _json(body: bytes) -> Solutions | bool:
    document = json.loads(body)
    if "boolean" in document:
        return bool(document["boolean"])
    rows = (
        _row((name, _member(cell)) for name, cell in row.items()) for row in document["results"]["bindings"]
    )
    return Solutions(tuple(document["head"]["vars"]), tuple(rows))


def _member(cell: dict[str, Any]) -> Term:
    """A term in JSON; `typed-literal` is what a literal with a datatype was called before 2013."""
    value = cell["value"]
    match cell["type"]:
        case "uri":
            return ox.NamedNode(value)
        case "bnode":
            return ox.BlankNode(value)
        case "triple":
            parts = (_member(value[part]) for part in ("subject", "predicate", "object"))
            return ox.Triple(*parts)  # type: ignore[arg-type]
        case "literal" | "typed-literal":
            return _literal(value, cell)
    raise ValueError(f"no term has the type {cell['type']!r}")


def _literal(value: str, cell: dict[str, str]) -> ox.Literal:
    datatype = ox.NamedNode(cell["datatype"]) if "datatype" in cell else None
    direction = {"ltr": ox.BaseDirection.LTR, "rtl": ox.BaseDirection.RTL}.get(cell.get("its:dir", ""))
    return ox.Literal(value, datatype=datatype, language=cell.get("xml:lang"), direction=direction)


def _csv(body: bytes) -> Solutions:
    """CSV has no types: what is no blank node is text, and text that is a number counts by its value."""
    header, *lines = csv.reader(io.StringIO(body.decode(), newline=""))
    return Solutions(tuple(header), tuple(_row(zip(header, map(_cell, line), strict=True)) for line in lines))


def _cell(text: str) -> Term | None:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    try:
        return ox.Literal(repr(float(text)))
    except ValueError:
        return ox.Literal(text) if text else None


def _tsv(body: bytes) -> Solutions:
    """The terms of TSV are those of Turtle."""
    header, *lines = body.decode().removesuffix("\n").split("\n")
    names = tuple(name.removeprefix("?") for name in header.split("\t"))
    rows = (zip(names, map(_turtle, line.split("\t")), strict=True) for line in lines)
    return Solutions(names, tuple(map(_row, rows)))


def _turtle(text: str) -> Term | None:
    if not text or text.startswith("_:"):
        return ox.BlankNode(text[2:]) if text else None
    (quad,) = ox.parse(f"<tag:s> <tag:p> {text} .", format=ox.RdfFormat.TURTLE)
    return cast(Term, quad.object)


_READERS: dict[str, Callable[[bytes], Solutions | bool]] = {
    "xml": _xml,
    "json": _json,
    "csv": _csv,
    "tsv": _tsv,
}


def _described(table: manifest.Node) -> tuple[Results, bool]:
    """A table, or a boolean, in the suite's vocabulary rs:, with rs:index where the order counts."""
    if boolean := table.any("rs:boolean"):
        return boolean.value == "true", False
    solutions = table.all("rs:solution")
    ordered = bool(solutions) and all(solution.any("rs:index") for solution in solutions)
    if ordered:
        solutions.sort(key=lambda solution: int(solution.one("rs:index").value))
    names = tuple(variable.value for variable in table.all("rs:resultVariable"))
    return Solutions(names, tuple(frozenset(_bindings(solution)) for solution in solutions)), ordered


def _bindings(solution: manifest.Node) -> Iterator[tuple[str, Term]]:
    for binding in solution.all("rs:binding"):
        yield binding.one("rs:variable").value, binding.one("rs:value").term
