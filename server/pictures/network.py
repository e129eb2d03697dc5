"""/network: who mediates, refuses, accuses, supports, meets whom, as reported or as claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import queries
from kg.vocab import Base
from queries.parameters import Parameter
from server import lookups
from server.engine.contract import Engine, Question, Row, rows
from server.headers import SCRIPTED
from server.on_behalf import standing
from server.pictures.cutting import core
from server.pictures.net import Net, net
from server.pictures.passages import labelled, passages
from server.pictures.picture import Column, Contents, Option, Picture, Shown, View
from server.pictures.relations import Group, groups
from server.pictures.ties import VOICES, Tie, ties
from server.tables import Cell, compact
from server.words import Words, named, value

_MOST = 600  # passages that one page looks at
_STANDING = 200  # persons and rounds that stand for one actor
_FEW = 4  # ties: of so few every passage is shown, else the first of each
_ENDS = ("actor", "other")
_FOLD = Parameter(
    "fold",
    "enumeration",
    "Whether persons stand for the state or body whose post they hold, and rounds for their track.",
    default="yes",
    example="no",
    choices=("yes", "no"),
)

_READ_AS = {
    "fold": (Option("yes", "stand for states and tracks"), Option("no", "stand for themselves")),
    "factuality": (
        Option("asserted", "reported"),
        Option("alleged", "claimed by a speaker"),
        Option("expected", "planned or expected"),
        Option("possible", "possible"),
    ),
}


@dataclass(frozen=True)
class Drawn:
    """The net, the groups and voices that its legend explains, and the ties beside the table.

    `shown` are the ties of one part, `ties` is how many there are in all, `passages` on how many they rest,
    `chosen` whom the view is about, `keys` what to write to choose an end, by its IRI.
    """

    net: Net
    groups: tuple[Group, ...]
    voices: tuple[str, ...]
    shown: tuple[Tie, ...]
    ties: int
    passages: int
    chosen: tuple[Cell, ...]
    keys: Mapping[str, str]


def read(engine: Engine, view: View, limit: int) -> Contents:
    """The ties that fit what was chosen: all drawn, those of one part with words."""
    base = engine.generation().base
    found = list(rows(engine.ask(Question(_text(engine, view, base)))))
    more, found = len(found) > _MOST, sorted(found[:_MOST], key=_order)
    told = lookups.cited(engine, labelled(engine, found, ("subject", "object", "relation", "claimant")))
    held = ties(told, standing(engine, told) if view.values.get("fold") != "no" else {}, base)
    part = held[view.offset : view.offset + limit]
    drawn = net(held)
    options = _options(drawn, view, base)
    return Contents(
        _shown(engine, part, len(held) <= _FEW, base),
        Drawn(
            drawn,
            tuple(group for group in groups().values() if any(tie.group is group for tie in held)),
            tuple(voice for voice in VOICES if any(tie.voice == voice for tie in held)),
            part,
            len(held),
            len(told),
            tuple(Cell(one.label) for one in options if one.written in _given(view)),
            {end.iri: compact(end.iri, base) for tie in held for end in (tie.subject, tie.object)},
        ),
        len(held),
        more,
        options={**dict.fromkeys(_ENDS, options), "relation": _relations(held), **_READ_AS},
    )


def _given(view: View) -> list[str]:
    return [view.values[end] for end in _ENDS if end in view.values]


def _text(engine: Engine, view: View, base: Base) -> str:
    """The question for the rows alone, where an actor is also whoever stands for it."""
    query = queries.load()[view.picture.query]
    names = {one.name for one in query.parameters} - {*_ENDS}
    given: dict[str, str | list[str]] = {name: text for name, text in view.values.items() if name in names}
    ends = {end: _among(engine, view.values[end], base) for end in _ENDS if end in view.values}
    return core(query.bind(base.iri, **given, **ends), _MOST + 1)


def _among(engine: Engine, actor: str, base: Base) -> list[str]:
    """The actor, and those who stand for it."""
    iri = Parameter("actor", "iri", "").term(actor, base.iri).value
    stood = lookups.select(engine, "stood-for", this=iri, limit=_STANDING)
    return [iri, *(value(row, "thing") for row in stood)]


def _order(row: Row) -> tuple[str, ...]:
    return tuple(
        value(row, column) for column in ("subject", "object", "relation", "behind", "span", "claimant")
    )


def _shown(engine: Engine, part: Sequence[Tie], every: bool, base: Base) -> tuple[Shown, ...]:
    """The ties as rows of the table, each with its first passage, or with every one."""
    wanted = [tie.rows if every else tie.rows[:1] for tie in part]
    said = passages(engine, (value(row, "span") for rows_ in wanted for row in rows_), base)
    told = iter(labelled(engine, [row for rows_ in wanted for row in rows_], ("behind",)))
    return tuple(
        _one(tie, [next(told) for _ in rows_], said, base) for tie, rows_ in zip(part, wanted, strict=True)
    )


def _one(tie: Tie, members: Sequence[Row], said: Mapping[str, Words], base: Base) -> Shown:
    cells = {
        "subject": (tie.subject.cell,),
        "relation": (Cell(tie.verb),),
        "object": (tie.object.cell,),
        "factuality": (Cell(tie.voice),),
        "behind": tuple(dict.fromkeys(named(row, "behind", base) for row in members)),
    }
    there = (said.get(value(row, "span")) for row in members)
    return Shown(tie.rows, cells, tuple(dict.fromkeys(filter(None, there))))


def _options(drawn: Net, view: View, base: Base) -> tuple[Option, ...]:
    """Whom a reader can choose: those who are drawn."""
    there = {compact(node.end.iri, base): node.end.cell.text for node in drawn.nodes}
    return tuple(Option(key, name) for key, name in sorted(there.items(), key=lambda one: one[1].casefold()))


def _relations(held: Sequence[Tie]) -> tuple[Option, ...]:
    there = {tie.relation.iri: tie.relation.verb for tie in held}
    return tuple(Option(iri, verb) for iri, verb in sorted(there.items(), key=lambda one: one[1]))


NETWORK = Picture(
    name="network",
    title="Network",
    question="Who mediates, refuses, accuses, supports, meets whom, and who says so?",
    lead="Who does what to whom in the texts that were read: as they report it, or as a speaker claims it.",
    query="ties",
    filters=(
        ("process", "Process"),
        ("actor", "Actor"),
        ("other", "And whom"),
        ("relation", "Relation"),
        ("factuality", "Voice"),
        ("outlet", "Outlet"),
        ("from", "Texts from"),
        ("to", "Texts to"),
        ("fold", "Persons and rounds"),
    ),
    columns=(
        Column("subject", "Who"),
        Column("relation", "Does what"),
        Column("object", "To whom"),
        Column("factuality", "In which voice"),
        Column("behind", "Behind it"),
    ),
    options="network-options",
    read=read,
    display=(_FOLD,),
    modules=("network.js",),
    policy=SCRIPTED,
    on_a_page=12,
    empty="No text that was read tells of a tie that fits what was chosen.",
)
