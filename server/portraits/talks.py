"""Third parties in talks, and refusals of these: what pages about tracks and about rounds have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.engine.contract import Row
from server.portraits import material
from server.portraits.material import Material
from server.portraits.records import cells, doubt, together
from server.portraits.utterances import Utterance
from server.tables import EMPTY, Cell
from server.words import Words, named, value

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
class Refusal:
    """Who declined what, how sure that is, on which grounds, and the words that tell of it."""

    event: Cell
    refused: Cell
    who: tuple[Cell, ...]
    doubt: Cell
    grounds: tuple[Utterance, ...]
    words: tuple[Words, ...]


Parts = tuple[tuple[str, tuple[Part, ...]], ...]  # by the state of these parts


def parts(found: Material, iri: str) -> Parts:
    """Third parties by the state of their part, those on the track itself before those on a round."""
    accused = _accusations(found)
    rows = sorted(_first_of_each(in_order(found, "role")), key=lambda row: value(row, "thing") != iri)
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


def refusals(found: Material, section: str) -> tuple[Refusal, ...]:
    """Refusals, halts and the like, of rows with `item`, `thing`, `who`, `state` and `statement`."""
    return tuple(_refusal(found, rows) for _, rows in together(in_order(found, section), "item"))


def _refusal(found: Material, rows: Sequence[Row]) -> Refusal:
    row, base = rows[0], found.base
    return Refusal(
        named(row, "item", base),
        named(row, "thing", base),
        cells(rows, "who", base),
        doubt(row, base),
        lines(rows, found),
        found.words(row),
    )


def in_order(found: Material, section: str) -> list[Row]:
    """The rows of a section, those of one item together."""
    return sorted(found.rows(section), key=lambda row: value(row, "item"))


def lines(rows: Sequence[Row], found: Material) -> tuple[Utterance, ...]:
    """The statements of these rows."""
    return tuple(found.heard[iri] for iri in material.iris(rows, "statement") if iri in found.heard)
