"""Statements in RDF 1.2: each reifies the triple that it says, which stays unasserted."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse, serialize

from kg import triples
from kg.dumps import NAME
from kg.dumps.extracts import constructed
from kg.dumps.listing import File, files
from kg.dumps.sinks import Pair
from kg.dumps.syntaxes import prefixes
from kg.formats import RDF_FORMATS, named
from kg.vocab import PREFIXES, Base

STEM = f"{NAME}-triple-terms"
_CONCEPTS = "https://www.w3.org/TR/rdf12-concepts/"


def write(folder: Path, store: Store, base: Base) -> Iterator[File]:
    """Write them as N-Triples and Turtle 1.2, plain and packed."""
    found = constructed(store, "triple-terms", base)
    text = serialize(found, format=RdfFormat.N_TRIPLES) or b""
    lines = sorted(set(triples.lines_of(text.decode())))
    content = "".join(f"{line}\n" for line in lines)
    told = (quad.triple for quad in parse(content, RdfFormat.N_TRIPLES))
    turtle = serialize(told, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    written = {"ntriples": content.encode(), "turtle": _headed(turtle or b"")}
    for name, body in written.items():
        form = named(name, RDF_FORMATS)
        pair = Pair(folder / f"{STEM}.{form.extension}")
        pair.write(body)
        title = f"Statements as triple terms, {form.label} 1.2"
        kind = f"{form.content_type}; version=1.2"
        yield from files(pair.close(), title, kind, triples=len(lines), conforms_to=_CONCEPTS)


def _headed(turtle: bytes) -> bytes:
    """With prefixes in an order that does not change from run to run."""
    while turtle.startswith(b"@prefix"):
        turtle = turtle.partition(b"\n")[2]
    return prefixes() + turtle
