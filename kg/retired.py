"""IRIs that reviewers took out of use: `retired.tsv`, checked row by row, and as triples for graph/retired.

One row for a thing: its key (`state/x`), how it ended, the key of what stands for it now, the day, why, and
who decided. An IRI that was ever published is never given to another thing, and keeps an answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from rdflib import DC, DCTERMS, OWL, SKOS, XSD, Graph, Literal

from kg.errors import AuthorityError
from kg.vocab import Base

FILE = "retired.tsv"
_COLUMNS = ("thing", "end", "successor", "date", "reason", "who")
_WITH_SUCCESSOR = {"merged": True, "renamed": True, "removed": False}


@dataclass(frozen=True)
class Retired:
    """A row: keys of the thing and of its successor, which is empty for one that was removed."""

    thing: str
    end: str
    successor: str
    date: str
    reason: str
    who: str


def shipped() -> tuple[Retired, ...]:
    """The rows of the file. Raises AuthorityError as `parse`."""
    return parse((files(__package__) / FILE).read_text("utf-8"))


def parse(text: str) -> tuple[Retired, ...]:
    """The rows of a table. Raises AuthorityError for a row that breaks a rule, with its line."""
    head, *lines = text.rstrip("\n").split("\n")
    if tuple(head.split("\t")) != _COLUMNS:
        raise _fault(1, f"the columns are {head!r}", f"Name them {', '.join(_COLUMNS)}, with tabs between")
    rows: dict[str, Retired] = {}
    for number, line in enumerate(lines, 2):
        row = _row(number, line.split("\t"))
        if row.thing in rows:
            raise _fault(number, f"{row.thing} has two rows", "Keep one")
        rows[row.thing] = row
    for number, row in enumerate(rows.values(), 2):
        if circle := _circle(row.thing, rows):
            raise _fault(number, f"what replaces what goes in a circle: {' → '.join(circle)}", "Break it")
    return tuple(rows.values())


def graph(rows: Iterable[Retired], base: Base) -> Graph:
    """What became of each thing, in the terms of OWL, DCMI and SKOS that registries use for it."""
    found = Graph()
    for row in rows:
        node = base.id(row.thing)
        found.add((node, OWL.deprecated, Literal(True)))
        found.add((node, DCTERMS.modified, Literal(row.date, datatype=XSD.date)))
        found.add((node, SKOS.changeNote, Literal(f"{row.end}: {row.reason}", lang="en")))
        found.add((node, DC.contributor, Literal(row.who)))
        if row.successor:
            found.add((node, DCTERMS.isReplacedBy, base.id(row.successor)))
    return found


def _row(number: int, fields: Sequence[str]) -> Retired:
    if len(fields) != len(_COLUMNS):
        raise _fault(number, f"{len(fields)} fields", f"Give {len(_COLUMNS)}, with tabs between")
    row = Retired(*(field.strip() for field in fields))
    if row.end not in _WITH_SUCCESSOR:
        raise _fault(number, f"no end is called {row.end!r}", f"Use one of: {', '.join(_WITH_SUCCESSOR)}")
    if bool(row.successor) != _WITH_SUCCESSOR[row.end]:
        raise _fault(number, f"{row.thing} was {row.end}", "Name a successor, or none for what was removed")
    for key in filter(None, (row.thing, row.successor)):
        if key.count("/") != 1 or not all(key.split("/")) or set(key) & set(' <>"{}|^`\\#?'):
            raise _fault(number, f"{key!r} is no key", "Write it as kind/name, such as state/france")
    if not (row.reason and row.who):
        raise _fault(number, f"{row.thing} has no reason or nobody who decided", "Give both")
    try:
        date.fromisoformat(row.date)
    except ValueError:
        raise _fault(number, f"{row.date!r} is no day", "Write it as 2026-11-29") from None
    return row


def _circle(thing: str, rows: Mapping[str, Retired]) -> list[str]:
    """The way from a thing back to itself, if its successors lead there."""
    way = [thing]
    while (row := rows.get(way[-1])) and row.successor:
        if row.successor in way:
            return [*way, row.successor] if row.successor == thing else []
        way.append(row.successor)
    return []


def _fault(line: int, what: str, mend: str) -> AuthorityError:
    return AuthorityError(what, f"kg/{FILE}, line {line}", mend)
