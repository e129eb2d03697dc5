"""A track of talks: parties, mediators, rounds and what became of them, refusals, demands, standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.vocab import VAL
from server.engine.contract import Engine, Row
from server.portraits import material
from server.portraits.material import Material
from server.portraits.records import cells, each, together
from server.portraits.utterances import Utterance
from server.tables import EMPTY, Cell
from server.words import Words, named, value

_VOUCHED = f"{VAL}factuality-asserted"
_STATES = ("active", "planned", "ended")  # of parts, in the order in which they are shown


@dataclass(frozen=True)
class Part:
    """Who is to be or was a third party, of what kind, for whom; `on` is a round where it is not the track.

    `accused` are statements that accuse the mediator, or whom it acts for, of bias as ground for a refusal.
    """

    who: Cell
    kind: Cell
    represented: Cell
    on: Cell
    accused: tuple[Utterance, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Round:
    """A sitting, and what became of it."""

    name: Cell
    time: Cell
    places: tuple[Cell, ...]
    state: Cell
    refused: tuple[Cell, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Refusal:
    """Who declined what, how sure that is, on which grounds, and the words that tell of it."""

    event: Cell
    refused: Cell
    who: tuple[Cell, ...]
    doubt: Cell
    grounds: tuple[Utterance, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Demand:
    """What somebody asks for before it takes part, of whom, and whether it was met; with the statement."""

    name: Cell
    who: tuple[Cell, ...]
    of: tuple[Cell, ...]
    state: Cell
    stated: tuple[Utterance, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Standing:
    """A report of where something stands, by whom and as of when."""

    value: Cell
    who: tuple[Cell, ...]
    time: Cell
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Format:
    """What the page of a track shows; `stalled` are the rounds and reports from which a halt was inferred."""

    key: str
    processes: tuple[Cell, ...]
    parties: tuple[Cell, ...]
    shapes: tuple[tuple[Cell, Cell], ...]
    parts: tuple[tuple[str, tuple[Part, ...]], ...]
    rounds: tuple[Round, ...]
    refusals: tuple[Refusal, ...]
    halts: tuple[Refusal, ...]
    demands: tuple[Demand, ...]
    standings: tuple[Standing, ...]
    stalled: tuple[Cell, ...]
    told: tuple[Utterance, ...]
    words: tuple[Words, ...]


def draw(engine: Engine, iri: str, part: int) -> Format | None:
    """The portrait of a track; further parts of its page have only what the graph says."""
    if part > 1:
        return None
    said = [(section, "statement") for section in ("refusal", "contested", "halt", "demand", "told")]
    supported = [
        (section, "item") for section in ("role", "round", "refusal", "halt", "demand", "status", "itself")
    ]
    found = material.gather(engine, "portrait-format", iri, said, supported)
    shown = {
        statement
        for section in ("refusal", "demand")
        for statement in material.iris(found.rows(section), "statement")
    }
    return Format(
        key=iri.removeprefix(f"{found.base.iri}id/"),
        processes=found.cells("process"),
        parties=found.cells("party", "who"),
        shapes=each(
            found.rows("shape"), lambda row: (named(row, "kind", found.base), named(row, "state", found.base))
        ),
        parts=_parts(found, iri),
        rounds=tuple(_round(found, rows) for _, rows in together(found.rows("round"), "item")),
        refusals=_refusals(found, "refusal"),
        halts=_refusals(found, "halt"),
        demands=tuple(_demand(found, rows) for _, rows in together(_sorted(found, "demand"), "item")),
        standings=tuple(_standing(found, rows) for _, rows in together(found.rows("status"), "item")),
        stalled=found.cells("stalled", "item"),
        told=tuple(one for one in found.lines("told", "statement") if one.iri not in shown),
        words=found.words(found.rows("itself")[0]),
    )


def _sorted(found: Material, section: str) -> list[Row]:
    return sorted(found.rows(section), key=lambda row: value(row, "item"))


def _parts(found: Material, iri: str) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """Third parties by the state of their part, those on the track itself before those on a round."""
    accused = _accusations(found)
    rows = sorted(_first_of_each(_sorted(found, "role")), key=lambda row: value(row, "thing") != iri)
    by_state: dict[str, list[Part]] = {state: [] for state in _STATES}
    for row in rows:
        state = named(row, "state", found.base).text or "not told"
        by_state.setdefault(state, []).append(_part(found, row, accused, iri))
    return tuple((state, tuple(parts)) for state, parts in by_state.items() if parts)


def _first_of_each(rows: Sequence[Row]) -> Sequence[Row]:
    return [members[0] for _, members in together(rows, "item")]


def _accusations(found: Material) -> Mapping[str, tuple[Utterance, ...]]:
    """The statements that accuse somebody of bias, by whom they accuse."""
    by_accused: dict[str, dict[str, Utterance]] = {}
    for row in found.rows("contested"):
        statement = value(row, "statement")
        if statement in found.heard:
            by_accused.setdefault(value(row, "who"), {})[statement] = found.heard[statement]
    return {accused: tuple(ones.values()) for accused, ones in by_accused.items()}


def _part(found: Material, row: Row, accused: Mapping[str, tuple[Utterance, ...]], iri: str) -> Part:
    own = accused.get(value(row, "who"), ())
    return Part(
        named(row, "who", found.base),
        named(row, "kind", found.base),
        named(row, "for", found.base),
        EMPTY if value(row, "thing") == iri else named(row, "thing", found.base),
        own or accused.get(value(row, "for"), ()),
        found.words(row),
    )


def _round(found: Material, rows: Sequence[Row]) -> Round:
    row, base = rows[0], found.base
    refusals = [one for one in found.rows("refusal") if value(one, "thing") == value(row, "item")]
    return Round(
        named(row, "item", base),
        named(row, "time", base),
        cells(rows, "place", base),
        named(row, "state", base),
        cells(refusals, "who", base),
        found.words(row),
    )


def _refusals(found: Material, section: str) -> tuple[Refusal, ...]:
    return tuple(_refusal(found, rows) for _, rows in together(_sorted(found, section), "item"))


def _refusal(found: Material, rows: Sequence[Row]) -> Refusal:
    row, base = rows[0], found.base
    doubt = EMPTY if value(row, "state") == _VOUCHED else named(row, "state", base)
    return Refusal(
        named(row, "item", base),
        named(row, "thing", base),
        cells(rows, "who", base),
        doubt,
        _lines(rows, found),
        found.words(row),
    )


def _demand(found: Material, rows: Sequence[Row]) -> Demand:
    row, base = rows[0], found.base
    return Demand(
        named(row, "item", base),
        cells(rows, "who", base),
        cells(rows, "for", base),
        named(row, "state", base),
        _lines(rows, found),
        found.words(row),
    )


def _standing(found: Material, rows: Sequence[Row]) -> Standing:
    row, base = rows[0], found.base
    return Standing(
        named(row, "kind", base), cells(rows, "who", base), named(row, "time", base), found.words(row)
    )


def _lines(rows: Sequence[Row], found: Material) -> tuple[Utterance, ...]:
    return tuple(found.heard[iri] for iri in material.iris(rows, "statement") if iri in found.heard)
