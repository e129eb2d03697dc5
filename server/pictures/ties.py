"""Ties between actors: rows of `queries/ties.rq`, those alike in one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.vocab import REL, VAL, Base
from server.engine.contract import Row
from server.on_behalf import End, Ends, Standing
from server.pictures.relations import Group, Relation, groups, relations
from server.tables import Cell
from server.words import named, value

VOICES = _REPORTED, _CLAIMED, _COMING = "reported", "claimed", "coming"
_VOICES = {
    str(VAL["factuality-asserted"]): _REPORTED,
    str(VAL["factuality-alleged"]): _CLAIMED,
}


@dataclass(frozen=True)
class Tie:
    """What the one does to the other, once for all passages that say so in the same voice.

    `voice` is reported, claimed (only `claimants` say so) or coming (planned, possible). `by` and `upon` are
    those who stand for the ends. `behind` are the statements, events and roles, `rows` the passages.
    """

    subject: End
    object: End
    relation: Relation
    voice: str
    claimants: tuple[Cell, ...]
    by: tuple[Cell, ...]
    upon: tuple[Cell, ...]
    behind: frozenset[str]
    rows: tuple[Row, ...]

    @property
    def verb(self) -> str:
        return self.relation.coming if self.voice == _COMING else self.relation.verb

    @property
    def group(self) -> Group:
        return self.relation.group


def ties(found: Sequence[Row], stands: Standing, base: Base) -> tuple[Tie, ...]:
    """The ties in these rows, those with most behind them first; where nobody `stands`, all are themselves.

    A tie of one with itself, as of a president and the state, is none. Where a speaker supports or accuses
    somebody, the claim in the same statement that the own side does so tells nothing more.
    """
    ends = Ends(stands, base)
    placed = [_placed(row, ends) for row in found]
    acts = {one.whose for one in placed if one.relation.iri.startswith(str(VAL))}
    alike: defaultdict[tuple[End, End, Relation, str], list[_Placed]] = defaultdict(list)
    for one in placed:
        if one.subject.iri != one.object.iri and (one.voice != _CLAIMED or one.whose not in acts):
            alike[one.subject, one.object, one.relation, one.voice].append(one)
    made = [_tie(members, base) for members in alike.values()]
    return tuple(
        sorted(made, key=lambda tie: (-len(tie.behind), tie.subject.cell.text, tie.object.cell.text))
    )


@dataclass(frozen=True)
class _Placed:
    """A row between its ends; `by` and `upon` are those of the row where others stand at its ends."""

    subject: End
    object: End
    relation: Relation
    voice: str
    by: Cell | None
    upon: Cell | None
    row: Row

    @property
    def whose(self) -> tuple[str, str, str]:
        return value(self.row, "behind"), self.subject.iri, self.object.iri


def _placed(row: Row, ends: "Ends") -> _Placed:
    subject, by = ends.at(row, "subject")
    thing, upon = ends.at(row, "object")
    relation = _relation(row)
    if relation.mutual and subject.iri > thing.iri:
        subject, thing, by, upon = thing, subject, upon, by
    return _Placed(subject, thing, relation, _voice(row), by, upon, row)


def _relation(row: Row) -> Relation:
    iri = value(row, "relation")
    verb = value(row, "relationLabel") or iri.removeprefix(str(REL))
    return relations().get(iri) or Relation(iri, groups()["other"], verb, verb)


def _voice(row: Row) -> str:
    voice = _VOICES.get(value(row, "factuality"), _COMING)
    return _CLAIMED if voice == _COMING and "claimant" in row else voice


def _tie(members: Sequence[_Placed], base: Base) -> Tie:
    first = members[0]
    return Tie(
        first.subject,
        first.object,
        first.relation,
        first.voice,
        claimants=_different(named(one.row, "claimant", base) for one in members if "claimant" in one.row),
        by=_different(one.by for one in members if one.by),
        upon=_different(one.upon for one in members if one.upon),
        behind=frozenset(value(one.row, "behind") for one in members),
        rows=tuple(one.row for one in members),
    )


def _different(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(cells))
