"""Who is heard in the texts that tell of some talks, and which party or mediator is not."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass

from kg.vocab import VAL
from server.engine.contract import Row
from server.glance.material import Material
from server.tables import Cell
from server.words import named, value

_NOBODY = f"{VAL}unknown-speaker"
_OTHERS = 4  # who are neither party nor mediator


@dataclass(frozen=True)
class Voice:
    """A side with its part in the talks, its statements and those made for it, and in how many texts."""

    who: Cell
    part: str
    statements: int
    texts: int


@dataclass(frozen=True)
class Voices:
    """Sides, the most heard first in each part; the number of texts; statements with no named speaker."""

    sides: tuple[Voice, ...]
    texts: int
    nameless: int

    @property
    def most(self) -> int:
        """The largest number of statements of a side, at least 1."""
        return max([1, *(one.statements for one in self.sides)])

    @property
    def missing(self) -> tuple[Voice, ...]:
        """Parties and mediators of whom no statement is told."""
        return tuple(one for one in self.sides if not one.statements)


def voices(found: Material) -> Voices:
    """Counted over statements; one of two speakers counts for each of their sides."""
    parts, names = _parts(found)
    said = _by_side(found, parts, names)
    others = sorted(
        (one for one in said if one not in parts and one != _NOBODY), key=lambda one: -len(said[one])
    )
    parts |= dict.fromkeys(others[:_OTHERS], "")
    sides = [_voice(names[side], part, said.get(side, set())) for side, part in parts.items()]
    sides.sort(key=lambda one: (("party", "mediator", "").index(one.part), -one.statements, one.who.text))
    nameless = len({statement for statement, _ in said.get(_NOBODY, ())})
    return Voices(tuple(sides), len(found.sources), nameless)


def _parts(found: Material) -> tuple[dict[str, str], dict[str, Cell]]:
    """Parties and mediators with their names."""
    parts: dict[str, str] = {}
    names: dict[str, Cell] = {}
    for section, column, part in (("party", "thing", "party"), ("mediator", "who", "mediator")):
        for row in found.rows(section):
            parts.setdefault(value(row, column), part)
            names.setdefault(value(row, column), named(row, column, found.base))
    return parts, names


def _by_side(
    found: Material, parts: Container[str], names: dict[str, Cell]
) -> dict[str, set[tuple[str, str]]]:
    """Statements with their sources, by whom they count for; `names` gets those of others, too.

    That is the party or mediator that speaks or whom the speaker served on the day of the source, else any
    other whom it served, else the speaker.
    """
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    speakers = {value(row, "who"): named(row, "who", found.base) for row in found.rows("speaker")}
    for row in found.rows("said"):
        speaker, source = value(row, "who"), value(row, "thing")
        served = [
            one
            for one in found.rows("side")
            if value(one, "who") == speaker and _then(one, found.sources[source])
        ]
        cells = {speaker: speakers[speaker]} | {
            value(one, "thing"): named(one, "thing", found.base) for one in served
        }
        counted = [side for side in cells if side in parts] or [*cells][1:2] or [speaker]
        for side in counted:
            said[side].add((value(row, "item"), source))
            names.setdefault(side, cells[side])
    return said


def _then(row: Row, day: str) -> bool:
    """Whether somebody served a side on that day, as far as it is told since when and until when."""
    return value(row, "from") <= (day or "9") <= (value(row, "to") or "9")


def _voice(who: Cell, part: str, said: set[tuple[str, str]]) -> Voice:
    return Voice(who, part, len({statement for statement, _ in said}), len({text for _, text in said}))
