"""Who is meant by an actor in a row: itself, or whom a person or a round stands for on the day of a text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.vocab import Base
from server import lookups
from server.engine.contract import Engine, Row
from server.tables import Cell
from server.words import named, value

_THEMSELVES = ("/id/state/", "/id/format/", "/id/process/", "/id/corridor/")  # stand for nobody else
_STANDING = ("told", "office", "round")  # a post that the sources name comes before one of the authority data


@dataclass(frozen=True)
class End:
    """An actor, talks or a corridor at one end of ties: its IRI, its kind as its IRI has it, its name."""

    iri: str
    kind: str
    cell: Cell


Standing = Mapping[str, Sequence[Row]]


def standing(
    engine: Engine, found: Sequence[Row], columns: Sequence[str] = ("subject", "object")
) -> Standing:
    """For whom the persons and rounds in these columns stand, by their IRIs."""
    named = {value(row, column) for row in found for column in columns if column in row}
    ends = sorted(end for end in named if not any(kind in end for kind in _THEMSELVES))
    told: defaultdict[str, list[Row]] = defaultdict(list)
    for row in lookups.select(engine, "stands-for", these=ends) if ends else ():
        told[value(row, "thing")].append(row)
    return told


class Ends:
    """Who is at the ends of rows, or for whom they stand: looked up once for each of them and each day."""

    def __init__(self, stands: Standing, base: Base) -> None:
        self._stands, self._base = stands, base
        self._known: dict[tuple[str, str], tuple[End, Cell | None]] = {}

    def at(self, row: Row, column: str) -> tuple[End, Cell | None]:
        """The end in a column, or for whom it stands on the day of the text and then who it is."""
        key = value(row, column), value(row, "date")
        if key not in self._known:
            self._known[key] = self._found(row, column, *key)
        return self._known[key]

    def _found(self, row: Row, column: str, iri: str, day: str) -> tuple[End, Cell | None]:
        own = named(row, column, self._base)
        for other in _held(self._stands.get(iri, ()), day):
            return _end(value(other, "for"), named(other, "for", self._base), self._base), own
        return _end(iri, own, self._base), None


def _held(told: Iterable[Row], day: str) -> list[Row]:
    """The rows that hold on a day, states first, and what sources tell before the authority data."""
    holding = [
        row
        for row in told
        if value(row, "how") != "office"
        or (day and _state(row) and value(row, "since") <= day and (value(row, "until") or day) >= day)
    ]
    return sorted(holding, key=lambda row: (not _state(row), _STANDING.index(value(row, "how"))))


def _state(row: Row) -> bool:
    """Whether it is a state for which somebody stands, as its IRI tells."""
    return "/id/state/" in value(row, "for")


def _end(iri: str, cell: Cell, base: Base) -> End:
    return End(iri, iri.removeprefix(f"{base.iri}id/").partition("/")[0], cell)
