"""What an engine answered, in a form that can be compared: rows whose order is left out, values as text."""

import json
from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox

from bench.service.shapes import Shape

JSON = "application/sparql-results+json"
_GRAPHS = "text/turtle"  # which all of the engines write
Row = tuple[tuple[str, str], ...]


def accept(shape: Shape) -> str:
    """The media type to ask for."""
    return _GRAPHS if shape.constructs else JSON


def rows(shape: Shape, body: bytes) -> Counter[Row]:
    """The solutions, or triples, of a body."""
    return _triples(body) if shape.constructs else _solutions(body)


def differs(shape: Shape, found: Counter[Row], wanted: Counter[Row]) -> str | None:
    """In what an answer differs from the right one; None where it is right."""
    if shape.any_rows:
        return (
            None if found.total() == wanted.total() else f"{found.total()} rows instead of {wanted.total()}"
        )
    if found == wanted:
        return None
    odd = next(iter((found - wanted) or (wanted - found)))
    return (
        f"{found.total()} rows, {wanted.total()} wanted; {(found - wanted).total()} are wrong, such as {odd}"
    )


def _solutions(body: bytes) -> Counter[Row]:
    bindings = json.loads(body)["results"]["bindings"]
    return Counter(
        tuple(sorted((name, _plain(term["value"])) for name, term in row.items())) for row in bindings
    )


def _plain(value: str) -> str:
    """Booleans as 1 and 0, since Virtuoso stores them so."""
    return {"true": "1", "false": "0"}.get(value, value)


def _triples(body: bytes) -> Counter[Row]:
    place: dict[str, Callable[[ox.Triple], object]] = {
        "s": lambda triple: triple.subject,
        "p": lambda triple: triple.predicate,
        "o": lambda triple: triple.object,
    }
    found = {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)}
    return Counter(
        tuple((key, _plain(str(getattr(get(t), "value", get(t))))) for key, get in place.items())
        for t in found
    )
