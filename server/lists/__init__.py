"""The lists of things that can be browsed, one TOML file each: what is on it, its fields, its orders.

`scope` is what holds of each `?item`, `first` the order where a reader asks for none. A field's `pattern`
binds the variable of its name, and further ones that no other field has. A reader can choose by each field;
`faceted` has its values counted beside the list, `shown` has them in a column. With `choices` its values are
IRIs that begin with `space`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.vocab import PREFIXES
from queries.parameters import Parameter
from server.request_fields import LIMIT, OFFSET

NAMES = ("actors", "formats", "mediators", "corridors", "events", "statements", "reports")
_BY_NAME = ("label", "-label")
_FIELD = (
    "name",
    "label",
    "description",
    "pattern",
    "kind",
    "space",
    "choices",
    "example",
    "faceted",
    "shown",
)


@dataclass(frozen=True)
class Field:
    """One property of the things on a list; `parameter` is how a reader chooses by it."""

    parameter: Parameter
    label: str
    pattern: str
    faceted: bool
    shown: bool

    @property
    def name(self) -> str:
        return self.parameter.name


@dataclass(frozen=True)
class Order:
    """A way to order a list: by an expression over what the pattern binds for each item."""

    name: str
    pattern: str
    value: str


@dataclass(frozen=True)
class List:
    """One list; `scope` is what holds of each `?item` on it, `first` the order where none is asked for."""

    name: str
    title: str
    lead: str
    scope: str
    fields: tuple[Field, ...]
    orders: tuple[Order, ...]
    first: str = "label"

    @property
    def sort(self) -> Parameter:
        """How its items are ordered; a minus turns the order round."""
        names = [f"{sign}{order.name}" for order in self.orders for sign in ("", "-")]
        choices = (*_BY_NAME, *names)
        return Parameter(
            "sort", "enumeration", "The order; a minus turns it round.", self.first, choices[-1], choices
        )

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that a request may give."""
        return (*(field.parameter for field in self.fields), self.sort, LIMIT, OFFSET)


@cache
def load() -> Mapping[str, List]:
    """Every list by its name. Raises ValueError for a file that has what no list has."""
    return {name: _list(name) for name in NAMES}


def _list(name: str) -> List:
    told = tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
    fields, orders = told.pop("field"), told.pop("order", [])
    return List(
        name, fields=tuple(_fields(name, fields)), orders=tuple(Order(**one) for one in orders), **told
    )


def _fields(name: str, told: list[dict[str, Any]]) -> Iterator[Field]:
    for one in told:
        unknown = one.keys() - {*_FIELD}
        if unknown:
            raise ValueError(f"{name}.toml: a field has no {', '.join(sorted(unknown))}")
        yield Field(
            _parameter(one), one["label"], one["pattern"], one.get("faceted", True), one.get("shown", False)
        )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    choices = tuple(told.get("choices", ()))
    prefix, _, begins = told.get("space", "").partition(":")
    return Parameter(
        told["name"],
        "enumeration" if choices else told.get("kind", "iri"),
        told["description"],
        example=told.get("example") or (choices[0] if choices else None),
        choices=choices,
        space=PREFIXES[prefix] + begins if choices else "",
    )
