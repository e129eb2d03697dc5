"""A track of talks, an agreement or a peace process: parties, mediators, rounds, refusals, demands."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.engine.contract import Engine, Row
from server.portraits import material
from server.portraits.material import Material
from server.portraits.records import cells, each, together
from server.portraits.standings import Standing, standings
from server.portraits.talks import Parts, Refusal, in_order, lines, parts, refusals
from server.portraits.utterances import Utterance
from server.tables import Cell
from server.words import Words, named, value


@dataclass(frozen=True)
class Track:
    """A track of a peace process, how it is inferred to stand, and who mediates it."""

    name: Cell
    kinds: tuple[Cell, ...]
    mediators: tuple[Cell, ...]


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
class Demand:
    """What somebody asks for before it takes part, of whom, and whether it was met; with the statement."""

    name: Cell
    who: tuple[Cell, ...]
    of: tuple[Cell, ...]
    state: Cell
    stated: tuple[Utterance, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Format:
    """What the page of a track shows; `stalled` are the rounds and reports from which a halt was inferred."""

    key: str
    processes: tuple[Cell, ...]
    parties: tuple[Cell, ...]
    shapes: tuple[tuple[Cell, Cell], ...]
    tracks: tuple[Track, ...]
    parts: Parts
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
        tracks=tuple(_track(rows, found) for _, rows in together(in_order(found, "track"), "item")),
        parts=parts(found, iri),
        rounds=tuple(_round(found, rows) for _, rows in together(found.rows("round"), "item")),
        refusals=refusals(found, "refusal"),
        halts=refusals(found, "halt"),
        demands=tuple(_demand(found, rows) for _, rows in together(in_order(found, "demand"), "item")),
        standings=standings(found, iri),
        stalled=found.cells("stalled", "item"),
        told=tuple(one for one in found.lines("told", "statement") if one.iri not in shown),
        words=found.words(found.rows("itself")[0]),
    )


def _track(rows: Sequence[Row], found: Material) -> Track:
    base = found.base
    return Track(named(rows[0], "item", base), cells(rows, "kind", base), cells(rows, "who", base))


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


def _demand(found: Material, rows: Sequence[Row]) -> Demand:
    row, base = rows[0], found.base
    return Demand(
        named(row, "item", base),
        cells(rows, "who", base),
        cells(rows, "for", base),
        named(row, "state", base),
        lines(rows, found),
        found.words(row),
    )
