"""Who is heard in the texts that tell of some talks, and which party or mediator is not."""

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.vocab import VAL
from server.glance.material import Material
from server.on_behalf import End, Ends
from server.tables import Cell
from server.words import value

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
    """Sides, the most heard first in each part; how many texts; statements with no named speaker.

    `texts` are the latest of `all_texts`.
    """

    sides: tuple[Voice, ...]
    texts: int
    all_texts: int
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
    """Counted over statements; one of two speakers counts for each of their sides.

    The side is found as on the page of voices: whom the speaker stands for on the day of the text.
    """
    ends = Ends(found.stands, found.base)
    parts = _parts(found, ends)
    said = _by_side(found, ends)
    others = sorted(
        (end for end in said if end not in parts and end.iri != _NOBODY), key=lambda end: -len(said[end])
    )
    parts |= dict.fromkeys(others[:_OTHERS], "")
    sides = [_voice(end.cell, part, said.get(end, set())) for end, part in parts.items()]
    sides.sort(key=lambda one: (("party", "mediator", "").index(one.part), -one.statements, one.who.text))
    nameless = {statement for end, told in said.items() if end.iri == _NOBODY for statement, _ in told}
    return Voices(tuple(sides), len(found.sources), found.texts, len(nameless))


def _parts(found: Material, ends: Ends) -> dict[End, str]:
    """Each party and mediator, as party where it is one; persons count as those for whom they stand."""
    parts: dict[End, str] = {}
    for section, column, part in (("party", "thing", "party"), ("mediator", "who", "mediator")):
        for row in found.rows(section):
            parts.setdefault(ends.at(row, column)[0], part)
    return parts


def _by_side(found: Material, ends: Ends) -> dict[End, set[tuple[str, str]]]:
    """Statements with their sources, by whom they count for."""
    said: dict[End, set[tuple[str, str]]] = defaultdict(set)
    speakers = {value(row, "who"): row for row in found.rows("speaker")}
    for row in found.rows("said"):
        source = value(row, "thing")
        dated = {**speakers[value(row, "who")], "date": Literal(found.sources[source])}
        said[ends.at(dated, "who")[0]].add((value(row, "item"), source))
    return said


def _voice(who: Cell, part: str, said: set[tuple[str, str]]) -> Voice:
    return Voice(who, part, len({statement for statement, _ in said}), len({text for _, text in said}))
