"""What a picture holds for a request: rows with names and words, their number, and values of filters."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from kg.vocab import Base
from server import lookups
from server.engine.contract import Answer, Engine, Question, Row, rows
from server.pictures import question
from server.pictures.picture import Filter, Option, Picture, Shown, View
from server.tables import compact
from server.words import named, value, words

_LISTED = 60  # values of a filter; where there are more, its field offers what is like what is typed
NONE: Mapping[str, tuple[Option, ...]] = {}


def shown(engine: Engine, picture: Picture, answer: Answer) -> tuple[Shown, ...]:
    """The rows of an answer, each with its cells and its passage."""
    base = engine.generation().base
    told = lookups.cited(engine, lookups.labelled(engine, list(rows(answer))))
    together = (tuple(members) for _, members in groupby(enumerate(told), key=partial(_key, picture.key)))
    return tuple(_one(picture, [row for _, row in members], base) for members in together)


def total(engine: Engine, view: View) -> int:
    """How many rows there are in all."""
    (row,) = rows(engine.ask(Question(question.counted(view.text))))
    return int(value(row, "n"))


def filters(engine: Engine, view: View, own: Mapping[str, tuple[Option, ...]] = NONE) -> tuple[Filter, ...]:
    """The filters of a picture with the values that can be chosen, as the graph or `own` names them."""
    base, picture = engine.generation().base, view.picture
    parameters = {one.name: one for one in picture.parameters}
    listed = lookups.select(engine, picture.options, limit=_LISTED + 1) if picture.options else []
    return tuple(
        Filter(
            parameters[name],
            label,
            _options(view.values.get(name), own.get(name) or _named(name, listed, base)),
        )
        for name, label in picture.filters
    )


def _named(name: str, listed: Sequence[Row], base: Base) -> tuple[Option, ...]:
    """The values of one filter, by their names; none where they are too many for a list."""
    own = (
        Option(compact(value(row, "value"), base), named(row, "value", base).text)
        for row in listed
        if value(row, "field") == name
    )
    options = tuple(sorted(own, key=lambda option: option.label.casefold()))
    return options if len(options) <= _LISTED else ()


def _options(given: str | None, listed: tuple[Option, ...]) -> tuple[Option, ...]:
    """Those that are listed, and what was given where it is none of them."""
    known = {option.written for option in listed}
    return (*listed, Option(given, given)) if listed and given and given not in known else listed


def _key(column: str | None, numbered: tuple[int, Row]) -> str | int:
    """The thing that a row is about; where no column tells, each row is of its own."""
    place, row = numbered
    return value(row, column) if column else place


def _one(picture: Picture, members: Sequence[Row], base: Base) -> Shown:
    cells = {
        column.name: tuple(dict.fromkeys(c for row in members if (c := named(row, column.name, base)).text))
        for column in picture.columns
    }
    said = dict.fromkeys(filter(None, (words(row, base) for row in members)))
    return Shown(tuple(members), cells, tuple(said))
