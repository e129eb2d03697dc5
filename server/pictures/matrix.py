"""Speakers by what they speak of or how: a count in each cell, and through whom the words came."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.vocab import VAL, Base
from server.engine.contract import Row
from server.on_behalf import End, Ends
from server.tables import Cell
from server.words import named, value

COLUMNS = 12  # that have a column of their own
SPEAKERS = 24
_INDIRECT = str(VAL["form-indirect"])
# Of persons who are told to stand for nobody, and of the unknown.
_NO_SIDE = End("", "", Cell("No side known"))
_SHADES = (1, 2, 4, 8)  # statements from which a cell is darker


@dataclass(frozen=True)
class Count:
    """A cell: how many statements, and how dark that is, from 0 for none to 4."""

    number: int

    @property
    def shade(self) -> int:
        return sum(self.number >= least for least in _SHADES)


@dataclass(frozen=True)
class Speaker:
    """A row: who speaks, how many statements, how many in quoted words, and through which sides' offices.

    `cells` has a count for each column, `others` for those without one, `none` for those that have no value.
    """

    iri: str
    cell: Cell
    said: int
    quoted: int
    through: tuple[tuple[Cell, int], ...]
    cells: tuple[Count, ...]
    others: Count
    none: Count


@dataclass(frozen=True)
class Side:
    """Speakers who stand for the same state or body; the last side has those of whom none is known.

    `said` counts all its statements, those of speakers who have no row of their own, too.
    """

    end: End
    speakers: tuple[Speaker, ...]
    said: int


@dataclass(frozen=True)
class Matrix:
    """Sides with their speakers, the columns by IRI and name, and how many of each are left out."""

    sides: tuple[Side, ...]
    columns: tuple[tuple[str, Cell], ...]
    columns_left: int
    speakers_left: int

    @property
    def none(self) -> bool:
        """Whether some statement has no value."""
        return any(speaker.none.number for side in self.sides for speaker in side.speakers)


Values = Mapping[str, Sequence[tuple[str, Cell]]]


def matrix(found: Sequence[Row], values: Values, ends: Ends, base: Base) -> Matrix:
    """The matrix of rows of `queries/voices.rq`; `values` has by statement what its column is."""
    of: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in found:
        of[value(row, "speaker")].setdefault(value(row, "statement"), row)
    used = Counter(one for rows in of.values() for statement in rows for one in values.get(statement, ()))
    ranked = sorted(used, key=lambda one: (-used[one], one[1].text, one[0]))
    columns = ranked[:COLUMNS]
    sides: defaultdict[End, list[Speaker]] = defaultdict(list)
    said: defaultdict[End, set[str]] = defaultdict(set)
    ranking = sorted(of, key=lambda iri: (-len(of[iri]), iri))
    for place, iri in enumerate(ranking):
        rows = of[iri]
        end, _ = ends.at(next(iter(rows.values())), "speaker")
        side = end if _is_side(end) else _NO_SIDE
        said[side] |= rows.keys()
        if place < SPEAKERS:
            sides[side].append(_speaker(iri, rows, values, columns, base))
    made = [Side(side, tuple(speakers), len(said[side])) for side, speakers in sides.items()]
    return Matrix(
        tuple(sorted(made, key=lambda side: (side.end == _NO_SIDE, -side.said, side.end.cell.text))),
        tuple(columns),
        len(ranked) - len(columns),
        max(len(of) - SPEAKERS, 0),
    )


def _is_side(end: End) -> bool:
    """Whether it can be spoken for: states, bodies and groups can, a person and a value for nobody cannot."""
    return end.kind != "person" and not end.iri.startswith(str(VAL))


def _speaker(
    iri: str, rows: Mapping[str, Row], values: Values, columns: Sequence[tuple[str, Cell]], base: Base
) -> Speaker:
    own = [set(values.get(statement, ())) for statement in rows]
    through = Counter(named(row, "relayedFor", base) for row in rows.values() if "relayedFor" in row)
    return Speaker(
        iri,
        named(next(iter(rows.values())), "speaker", base),
        len(rows),
        sum(value(row, "form") != _INDIRECT for row in rows.values()),
        tuple(sorted(through.items(), key=lambda one: (-one[1], one[0].text))),
        tuple(Count(sum(column in one for one in own)) for column in columns),
        Count(sum(bool(one - {*columns}) for one in own)),
        Count(sum(not one for one in own)),
    )


@dataclass(frozen=True)
class Heard:
    """How many statements a text has of somebody, and how many of them only through another side's office."""

    said: int
    through_others: int


@dataclass(frozen=True)
class Participant:
    """A side with a part in a process, as party or mediator, and what each text has of its words."""

    cell: Cell
    part: str
    heard: tuple[Heard, ...]

    @property
    def silent(self) -> int:
        """The number of texts without any words of that side."""
        return sum(not one.said for one in self.heard)

    @property
    def only_through_others(self) -> bool:
        """Whether all that the texts have came through another side's office."""
        said = sum(one.said for one in self.heard)
        return said > 0 and said == sum(one.through_others for one in self.heard)


@dataclass(frozen=True)
class Silence:
    """A process with its texts and with who is heard in them."""

    process: Cell
    texts: tuple[Row, ...]
    participants: tuple[Participant, ...]


def silences(
    found: Sequence[Row], parts: Sequence[Row], texts: Sequence[Row], ends: Ends, base: Base
) -> tuple[Silence, ...]:
    """Who is heard in the texts of each process: `parts` say who has a part in it, `texts` which they are."""
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    passed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in found:
        end, _ = ends.at(row, "speaker")
        key = end.iri, value(row, "source")
        said[key].add(value(row, "statement"))
        if "relayedFor" in row and value(row, "relayedFor") != end.iri:
            passed[key].add(value(row, "statement"))
    made = []
    for process in dict.fromkeys(value(row, "process") for row in texts):
        own = [row for row in texts if value(row, "process") == process]
        there = _participants([row for row in parts if value(row, "process") == process], ends)
        keys = [[(end.iri, value(text, "source")) for text in own] for end, _ in there]
        told = (tuple(Heard(len(said[key]), len(passed[key])) for key in row) for row in keys)
        members = tuple(
            Participant(end.cell, part, one) for (end, part), one in zip(there, told, strict=True)
        )
        made.append(Silence(named(own[0], "process", base), tuple(own), members))
    return tuple(sorted(made, key=lambda silence: (-len(silence.texts), silence.process.text)))


def _participants(rows: Iterable[Row], ends: Ends) -> list[tuple[End, str]]:
    """Each side once, as party where it is one."""
    there: dict[str, tuple[End, str]] = {}
    for row in sorted(rows, key=lambda row: value(row, "part") != "party"):
        end, _ = ends.at(row, "who")
        there.setdefault(end.iri, (end, value(row, "part")))
    return [*there.values()]
