"""Passages that support what is shown, and how they may be presented."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.vocab import Base
from server import urls
from server.engine.contract import Row
from server.tables import Cell, cell


@dataclass(frozen=True)
class Words:
    """A passage with its place in its source, in code points.

    `report` marks our own restatement: its words must never be shown as a quotation from an article.
    """

    text: str
    start: int
    end: int
    source: Cell
    report: bool
    publisher: str | None = None
    date: str | None = None
    key: tuple[str, str] | None = None  # kind and slug of the source, if it is of this graph

    @property
    def place(self) -> str | None:
        """Where it is marked in the text that it stands in."""
        return urls.passage(*self.key, self.start, self.end) if self.key else None


def words(row: Row, base: Base) -> Words | None:
    """The passage in a row with the columns text, start, end and source, or None where they are not bound."""
    source = row.get("source")
    if not isinstance(source, NamedNode) or "text" not in row:
        return None
    return Words(
        text=value(row, "text"),
        start=int(value(row, "start")),
        end=int(value(row, "end")),
        source=named(row, "source", base),
        report=source.value.startswith(f"{base.iri}id/report/"),
        publisher=value(row, "publisher") or None,
        date=value(row, "date") or None,
        key=urls.key(source.value, base),
    )


def value(row: Row, column: str) -> str:
    """The lexical form or IRI in a column; empty where nothing is bound."""
    term = row.get(column)
    return term.value if isinstance(term, NamedNode | Literal) else ""


def flag(row: Row, column: str) -> bool:
    """A boolean column."""
    return value(row, column) == "true"


def named(row: Row, column: str, base: Base, label: str | None = None) -> Cell:
    """The thing in a column, by the label that stands in another (`<column>Label` unless told)."""
    term, text = row.get(column), value(row, label or f"{column}Label")
    if text and isinstance(term, NamedNode):
        return Cell(text, urls.of(term.value, base))
    return cell(term, base)
