"""What a picture is, and what somebody sees of it: the rows of its question, by values that were chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import queries
from kg.vocab import Base
from queries.parameters import Parameter
from server import urls
from server.engine.contract import Engine, Row
from server.headers import PLAIN, Policy
from server.request_fields import LIMIT, OFFSET
from server.tables import Cell
from server.words import Words


@dataclass(frozen=True)
class Column:
    """A variable of the question that has a column in the table, and what stands above it."""

    name: str
    label: str


@dataclass(frozen=True)
class Option:
    """A value of a filter: what to write to choose it, and how it reads."""

    written: str
    label: str


@dataclass(frozen=True)
class Filter:
    """A parameter of the question as people choose it; `options` are its values, where they can be listed."""

    parameter: Parameter
    label: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What stands together in the table: one row, or all that follow one another about one thing.

    `cells` has the different values of each column, `words` the passages.
    """

    rows: tuple[Row, ...]
    cells: Mapping[str, tuple[Cell, ...]]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Contents:
    """What a page has of a view: rows of one part, what is drawn, and how many rows there are in all.

    `more`: there are more than were looked at. `options` are values of filters that the rows themselves give.
    """

    rows: tuple[Shown, ...]
    drawing: Any
    total: int
    more: bool = False
    data: Any = None
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)


# What a template draws, made of the rows: any frozen record of its own.
Drawing = Callable[[Sequence[Shown], Base], Any]
# What a page has, for a picture that draws more than the rows of its table; the number is that of these rows.
Reader = Callable[[Engine, "View", int], Contents]


def _as_they_are(rows: Sequence[Shown], _: Base) -> Any:
    return rows


@dataclass(frozen=True)
class Picture:
    """One picture.

    `question` is what it answers, as a reader asks it. `query` names the shipped query whose rows it draws
    and whose parameters are its filters; `filters` are their labels in the order of the form. `key` is the
    column by which rows that follow one another are about one thing, if there is one; in JSON `counted` names
    it where `total`, `limit` and `offset` count things. `options` names the lookup that lists values of
    filters, with the columns `field`, `value` and perhaps `valueLabel`, as many as its place `$limit`. `draw`
    makes of the rows what the template gets as `drawing`; where there are no rows nothing is drawn. `read`
    does both in a way of its own, for a picture of more than the rows beside it. `display` are parameters
    that change how rows are shown and not which.
    `modules` are files in `static/pictures/`; with any, the page carries its rows as JSON in the element
    `rows`, and `policy` has to allow scripts. `assets` are files of others, as (package, file): scripts and
    styles among them are loaded where they are there. `empty` says why there may be nothing.
    """

    name: str
    title: str
    question: str
    lead: str
    query: str
    filters: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    empty: str
    key: str | None = None
    options: str | None = None
    draw: Drawing = _as_they_are
    read: Reader | None = None
    display: tuple[Parameter, ...] = ()
    modules: tuple[str, ...] = ()
    assets: tuple[tuple[str, str], ...] = ()
    policy: Policy = PLAIN
    on_a_page: int = 60

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that may be chosen: of the question, and of how it is shown."""
        return (*queries.load()[self.query].parameters, *self.display)

    @property
    def template(self) -> str:
        return f"pictures/{self.name}.html"


@dataclass(frozen=True)
class View:
    """What was asked for: a picture with the values of its filters, and the query that they make.

    `limit` is None where nothing was said of it.
    """

    picture: Picture
    values: Mapping[str, str]
    text: str
    limit: int | None = None
    offset: int = 0
    filters: tuple[Filter, ...] = field(default=())

    @property
    def chosen(self) -> Mapping[str, str]:
        """The values of filters, without which part is shown."""
        return {name: value for name, value in self.values.items() if name not in (LIMIT.name, OFFSET.name)}

    def address(self, extension: str | None = None, **other: str | int) -> str:
        """Where the same view is with other values; an empty one leaves that field out."""
        values = {
            name: str(value) for name, value in {**self.values, **other}.items() if value not in ("", 0)
        }
        return urls.picture(self.picture.name, extension, values)

    def part(self, place: int, extension: str | None = None) -> str:
        """Where the rows from a place on are."""
        return self.address(extension, offset=place)
