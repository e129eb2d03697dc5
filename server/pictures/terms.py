"""What the picture of wording shows: things by their neutral labels, with the terms of sides and outlets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.vocab import Base
from server.engine.contract import Row
from server.pictures.picture import Shown
from server.tables import Cell, cell
from server.words import Words, flag, named, value, words

_KINDS = {"1": "Events", "2": "Corridors", "3": "Talks", "4": "Places", "5": "States and groups"}
_USES, _OF_ONE = 24, 60  # terms of a thing beside others, and of one alone: those with most passages
_READS = "Neutral wording: "  # as notes on words that take a side begin


@dataclass(frozen=True)
class Use:
    """A term that somebody has for a thing.

    `neutral` is how it reads without taking a side, where it takes one; `same`: it is the neutral label.
    `passages` is how often it was read, 0 where a record outside (`origin`) gives it. `name` leads to all of
    them. `also` says of an outlet whether it names the thing without such a term too, where that is known.
    """

    term: str
    user: Cell
    side: Cell
    outlet: bool
    neutral: str
    same: bool
    passages: int
    name: Cell
    origin: Cell
    also: bool | None
    words: Words | None


@dataclass(frozen=True)
class Camp:
    """Those of one side, or one who is on none, with their terms."""

    name: Cell
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Account:
    """Another account of a thing: `sure` that it is of the same, or only perhaps; and its first words."""

    name: Cell
    sure: bool
    words: Words | None


@dataclass(frozen=True)
class Thing:
    """A thing with its neutral label, who calls it what, which outlets do, and other accounts of it.

    `left` terms more have no more passages than these; they come with the rows as data.
    """

    kind: str
    name: Cell
    uses: tuple[Use, ...]
    camps: tuple[Camp, ...]
    outlets: tuple[Camp, ...]
    accounts: tuple[Account, ...]
    left: int


def things(
    found: Sequence[Shown], neutral: Iterable[Row], accounts: Iterable[Row], base: Base
) -> tuple[Thing, ...]:
    """The things of some rows; `neutral` tells which outlets name them without an attributed term too."""
    also = {(value(row, "thing"), value(row, "publisher")): flag(row, "alsoNeutral") for row in neutral}
    others: defaultdict[str, dict[str, Account]] = defaultdict(dict)
    for row in accounts:
        told = Account(named(row, "other", base), flag(row, "sure"), words(row, base))
        others[value(row, "thing")].setdefault(value(row, "other"), told)
    most = _OF_ONE if len(found) == 1 else _USES
    return tuple(
        _thing(one.rows, also, tuple(others[value(one.rows[0], "thing")].values()), most, base)
        for one in found
    )


def _thing(
    rows: Sequence[Row],
    also: Mapping[tuple[str, str], bool],
    accounts: tuple[Account, ...],
    most: int,
    base: Base,
) -> Thing:
    alike = groupby(sorted(rows, key=_use), key=_use)
    every = sorted((_one([*members], also, base) for _, members in alike), key=lambda use: -use.passages)
    uses = sorted(
        every[:most],
        key=lambda use: (use.outlet, (use.side.text or use.user.text).casefold(), use.term.casefold()),
    )
    return Thing(
        _KINDS.get(value(rows[0], "rank"), ""),
        named(rows[0], "thing", base),
        tuple(uses),
        _camps(use for use in uses if not use.outlet),
        _camps(use for use in uses if use.outlet),
        accounts,
        len(every) - len(uses),
    )


def _camps(uses: Iterable[Use]) -> tuple[Camp, ...]:
    together = groupby(uses, key=lambda use: use.side if use.side.text else use.user)
    return tuple(Camp(name, tuple(members)) for name, members in together)


def _use(row: Row) -> tuple[str, str]:
    return value(row, "name"), value(row, "user")


def _one(rows: Sequence[Row], also: Mapping[tuple[str, str], bool], base: Base) -> Use:
    """One term of one user, of rows that differ by the passage, by words that take a side, or by the side."""
    row = rows[0]
    term, outlet = value(row, "term"), flag(row, "outlet")
    side = next((named(one, "side", base) for one in rows if "side" in one), Cell(""))
    user = named(row, "user", base)
    return Use(
        term=term,
        user=user,
        side=Cell("") if side.href == user.href else side,
        outlet=outlet,
        neutral=" ".join(dict.fromkeys(_neutral(one) for one in rows if "neutral" in one)),
        same=term == value(row, "thingLabel"),
        passages=int(value(row, "passages") or 0),
        name=Cell(term, cell(row.get("name"), base).href),
        origin=cell(row.get("origin"), base),
        also=also.get((value(row, "thing"), value(row, "user"))) if outlet else None,
        words=next(filter(None, (words(one, base) for one in rows)), None),
    )


def _neutral(row: Row) -> str:
    return value(row, "neutral").removeprefix(_READS).rstrip(".")
