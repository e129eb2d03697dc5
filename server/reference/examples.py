"""An example of each term from the graph that is served: a thing of the class, a triple with the property."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from server import lookups
from server.engine.contract import Engine
from server.reference.terms import Term
from server.tables import Cell
from server.words import named


@dataclass(frozen=True)
class Example:
    """A thing, and for a property the value that it has."""

    thing: Cell
    value: Cell | None = None


def examples(engine: Engine, terms: Iterable[Term]) -> dict[str, Example]:
    """One example by the IRI of each term that the graph uses."""
    base = engine.generation().base
    asked = list(terms)
    classes = [term.iri for term in asked if term.kind == "class"]
    properties = [term.iri for term in asked if term.kind != "class"]
    rows = [
        *(lookups.each(engine, "example-of-class", classes) if classes else ()),
        *(lookups.each(engine, "example-of-property", properties) if properties else ()),
    ]
    return {
        row["term"].value: Example(
            named(row, "thing", base), named(row, "value", base) if "value" in row else None
        )
        for row in lookups.labelled(engine, rows)
        if isinstance(row["term"], NamedNode)
    }
