"""An event or a round of talks: what is told of it, by whom, how surely, and under which names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.vocab import NS
from server.engine.contract import Engine, Row
from server.portraits import material
from server.portraits.material import Material
from server.portraits.records import cells, each, together
from server.portraits.talks import Parts, Refusal, parts, refusals
from server.portraits.terms import Term, terms
from server.portraits.times import in_words
from server.portraits.utterances import Utterance
from server.tables import Cell
from server.words import Words, named, value


@dataclass(frozen=True)
class Account:
    """What another source tells of perhaps the same event; `sure` where all that can be compared agrees."""

    name: Cell
    sure: bool
    time: Cell
    agrees: tuple[Cell, ...]
    leaves_open: tuple[Cell, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Number:
    """A number of people or things that is said of the event."""

    of: Cell
    low: str
    high: str


@dataclass(frozen=True)
class Event:
    """What the page of an event shows; `states` are its factuality, status and code by their properties."""

    key: str
    states: Mapping[str, Cell]
    agents: tuple[Cell, ...]
    participants: tuple[Cell, ...]
    places: tuple[Cell, ...]
    times: tuple[str, ...]
    linked: tuple[tuple[Cell, tuple[Cell, ...]], ...]
    effects: tuple[Cell, ...]
    wholes: tuple[Cell, ...]
    alleged: tuple[Utterance, ...]
    denied: tuple[Utterance, ...]
    told: tuple[Utterance, ...]
    grounds: tuple[Utterance, ...]
    terms: tuple[Term, ...]
    accounts: tuple[Account, ...]
    numbers: tuple[Number, ...]
    parts: Parts
    refusals: tuple[Refusal, ...]
    words: tuple[Words, ...]


_SAID = ("alleged", "denied", "told", "ground", "refusal", "contested")
_SUPPORTED = (("term", "item"), ("same", "thing"), ("role", "item"), ("refusal", "item"), ("itself", "item"))


def draw(engine: Engine, iri: str, part: int) -> Event | None:
    """The portrait of an event; further parts of its page have only what the graph says."""
    if part > 1:
        return None
    said = [(section, "statement") for section in _SAID]
    found = material.gather(engine, "portrait-event", iri, said, _SUPPORTED)
    base, agents = found.base, found.cells("agent", "who")
    alleged, denied, grounds = (
        found.lines(section, "statement") for section in ("alleged", "denied", "ground")
    )
    return Event(
        key=iri.removeprefix(f"{base.iri}id/"),
        states={_name(row): named(row, "state", base) for row in found.rows("state")},
        agents=agents,
        participants=tuple(one for one in found.cells("participant", "who") if one not in agents),
        places=found.cells("place", "place"),
        times=each(found.rows("time"), in_words),
        linked=tuple(
            (named(rows[0], "kind", base), cells(rows, "thing", base))
            for _, rows in together(sorted(found.rows("linked"), key=_name), "kind")
        ),
        effects=found.cells("effect"),
        wholes=found.cells("whole"),
        alleged=alleged,
        denied=denied,
        told=_others(found, [*alleged, *denied, *grounds]),
        grounds=grounds,
        terms=terms(found, iri),
        accounts=tuple(_account(rows[0], found) for _, rows in together(found.rows("same"), "thing")),
        numbers=each(found.rows("count"), lambda row: _number(row, found)),
        parts=parts(found, iri),
        refusals=refusals(found, "refusal"),
        words=found.words(found.rows("itself")[0]),
    )


def _name(row: Row) -> str:
    """The property in a row, by its name."""
    return value(row, "kind").removeprefix(str(NS))


def _others(found: Material, shown: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """What else is said of it."""
    known = {one.iri for one in shown} | {*material.iris(found.rows("refusal"), "statement")}
    return tuple(one for one in found.lines("told", "statement") if one.iri not in known)


def _account(row: Row, found: Material) -> Account:
    aspects = [one for one in found.rows("aspect") if value(one, "item") == value(row, "item")]
    agrees, leaves_open = (
        cells([one for one in aspects if _name(one) == name], "state", found.base)
        for name in ("agreesOn", "leavesOpen")
    )
    sure = _name(row) == "sameEventAs"
    base = found.base
    return Account(
        named(row, "thing", base),
        sure,
        named(row, "time", base),
        agrees,
        leaves_open,
        found.words(row, "thing"),
    )


def _number(row: Row, found: Material) -> Number:
    return Number(named(row, "kind", found.base), value(row, "from"), value(row, "to"))
