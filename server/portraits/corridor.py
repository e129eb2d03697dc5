"""A corridor: what lies on it in which order, who is for it and against it, its names and conditions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.engine.contract import Engine, Row
from server.pictures.course import Course, course
from server.portraits import material
from server.portraits.material import Material
from server.portraits.records import cells, each, together
from server.portraits.standings import Standing, standings
from server.portraits.talks import in_order, lines
from server.portraits.terms import Term, terms
from server.portraits.utterances import Utterance
from server.tables import Cell
from server.words import Words, named, value

# What counts as speaking for or against it, by relation and by stance; what is negated is neither.
_FOR = frozenset(("supports", "welcomes", "develops", "strengthens", "agreesTo", "opens", "promises"))
_AGAINST = frozenset(
    ("opposes", "blocks", "refuses", "threatens", "condemns", "violates", "prevents", "harms")
)
_STATIONS = 24  # that are shown; sources that differ give several for a place
_STANCES = {"support": "for", "praise": "for", "criticise": "against", "refuse": "against", "deny": "against"}


@dataclass(frozen=True)
class Member:
    """What lies on the corridor, at which position in which role, according to how many sources."""

    who: Cell
    position: str
    role: Cell
    sources: int
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Condition:
    """A term on which somebody says that it is to work: what about, to be done by whom."""

    topic: Cell
    by: tuple[Cell, ...]
    stated: tuple[Utterance, ...]


@dataclass(frozen=True)
class Corridor:
    """What the page of a corridor shows; `sides` are statements for it, against it and others about it."""

    key: str
    shapes: tuple[tuple[Cell, Cell], ...]
    aliases: tuple[str, ...]
    members: tuple[Member, ...]
    nodes: tuple[Cell, ...]
    sides: Mapping[str, tuple[Utterance, ...]]
    terms: tuple[Term, ...]
    conditions: tuple[Condition, ...]
    standings: tuple[Standing, ...]
    words: tuple[Words, ...]
    course: Course | None

    @property
    def unpictured(self) -> tuple[str, ...]:
        """The pictures that can be narrowed to a corridor and have nothing of this one."""
        return () if self.course else ("map",)


def draw(engine: Engine, iri: str, part: int) -> Corridor | None:
    """The portrait of a corridor; further parts of its page have only what the graph says."""
    if part > 1:
        return None
    said = [(section, "statement") for section in ("told", "condition")]
    supported = [(section, "item") for section in ("member", "term", "status", "itself")]
    found = material.gather(engine, "portrait-corridor", iri, said, supported)
    base, members = found.base, each(found.rows("member")[:_STATIONS], lambda row: _member(row, found))
    on_it = {member.who for member in members}
    return Corridor(
        key=iri.removeprefix(f"{base.iri}id/"),
        shapes=each(found.rows("shape"), lambda row: (named(row, "kind", base), named(row, "state", base))),
        aliases=_aliases(found),
        members=members,
        nodes=tuple(cell for cell in found.cells("node", "who") if cell not in on_it),
        sides=_sides(found.lines("told", "statement")),
        terms=terms(found, iri),
        conditions=tuple(
            _condition(rows, found) for _, rows in together(in_order(found, "condition"), "item")
        ),
        standings=standings(found, iri),
        words=found.words(found.rows("itself")[0]),
        course=course(engine, iri.removeprefix(f"{base.iri}id/")) if members else None,
    )


def _aliases(found: Material) -> tuple[str, ...]:
    """Other names for it; what is known as a term of somebody stands with who uses it and not here."""
    owned = {value(row, "text").casefold() for row in found.rows("term")}
    names = (value(row, "text") for row in found.ordered("alias", "text"))
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in owned))


def _member(row: Row, found: Material) -> Member:
    who, role = named(row, "who", found.base), named(row, "kind", found.base)
    return Member(who, value(row, "n"), role, int(value(row, "sources")), found.words(row)[:1])


def _condition(rows: Sequence[Row], found: Material) -> Condition:
    return Condition(named(rows[0], "kind", found.base), cells(rows, "who", found.base), lines(rows, found))


def _sides(told: Iterable[Utterance]) -> Mapping[str, tuple[Utterance, ...]]:
    found: dict[str, list[Utterance]] = {"for": [], "against": [], "else": []}
    for one in told:
        found[_side(one)].append(one)
    return {side: tuple(ones) for side, ones in found.items()}


def _side(one: Utterance) -> str:
    """`for`, `against` or `else`: the relation that was read decides, and without one the stance."""
    if one.negated or any(content.negated for content in one.contents):
        return "else"
    relations = {(content.relation.href or "").rpartition("-")[2] for content in one.contents}
    sides = {"for": bool(relations & _FOR), "against": bool(relations & _AGAINST)}
    if any(sides.values()):
        return "else" if all(sides.values()) else next(side for side, here in sides.items() if here)
    return _STANCES.get(one.stance, "else")
