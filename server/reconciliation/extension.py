"""Data extension: property values of reconciled things, for the columns of a spreadsheet."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.names import keys
from kg.names.index import Index
from kg.vocab import PREFIXES, Base
from server import lookups
from server.engine.contract import Engine
from server.problems import Problem
from server.reconciliation import values
from server.reconciliation.batches import Extension, Wanted
from server.reconciliation.values import Held
from server.words import value as lexical

SETTINGS: list[dict[str, Any]] = [
    {
        "name": "limit",
        "label": "Limit",
        "type": "number",
        "default": 0,
        "help_text": "The most values of one thing (0: all of them)",
    },
    {
        "name": "content",
        "label": "Content",
        "type": "select",
        "default": "entity",
        "help_text": "What to give where the value is a thing",
        "choices": [
            {"value": "entity", "name": "The thing, as a reconciled cell"},
            {"value": "literal", "name": "Its name, as text"},
            {"value": "id", "name": "Its identifier, as text"},
        ],
    },
    {
        "name": "count",
        "label": "Count the values",
        "type": "checkbox",
        "default": False,
        "help_text": "Give how many there are instead of them",
    },
]
_CONTENTS = ("entity", "literal", "id")
_XSD = PREFIXES["xsd"]
_DAY = re.compile(r"(-?(?:[1-9]\d*)?\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?")
_MOMENT = re.compile(r"(-?(?:[1-9]\d*)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?")
_WHOLE = frozenset(
    f"{_XSD}{name}"
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
)
_FRACTIONS = frozenset(f"{_XSD}{name}" for name in ("decimal", "double", "float"))


def answer(engine: Engine, index: Index, asked: Extension) -> dict[str, Any]:
    """The columns that were asked for, and the values of each thing. Raises Problem 400 for a bad setting."""
    wanted = {one.property: _Column(one) for one in asked.properties}
    held = values.of(engine, asked.ids, [*wanted])
    base = engine.generation().base
    rows = {
        key: {name: column.cells(held.get((key, name), ()), base) for name, column in wanted.items()}
        for key in asked.ids
    }
    return {"meta": [*_meta(engine, index, [*wanted])], "rows": rows}


def _meta(engine: Engine, index: Index, wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    names = {known.key: known.label for known in index.properties()}
    classes = {known.key: known.label for known in index.classes()}
    ranges = _ranges(engine, wanted)
    for key in wanted:
        told = ranges.get(key)
        type_ = {"type": {"id": told, "name": classes.get(told, keys.spelled(told))}} if told else {}
        yield {"id": key, "name": names.get(keys.of_term(keys.term(key)), keys.spelled(key)), **type_}


def _ranges(engine: Engine, wanted: Sequence[str]) -> dict[str, str]:
    iris = {iri: key for key in wanted if (iri := values.valid(keys.term(key)))}
    rows = lookups.select(engine, "ranges", these=[*iris]) if iris else []
    return {iris[lexical(row, "property")]: keys.of_term(lexical(row, "range")) for row in rows}


class _Column:
    """One property with its settings."""

    def __init__(self, wanted: Wanted) -> None:
        where, settings = f"The settings of {wanted.property}", wanted.settings
        self._content = str(settings.get("content") or "entity")
        self._counted = str(settings.get("count", False)).lower() in ("true", "on", "1")
        if self._content not in _CONTENTS:
            raise Problem(400, f"{where}: content must be one of {', '.join(_CONTENTS)}.")
        try:
            self._limit = int(float(settings.get("limit") or 0))
        except (TypeError, ValueError, OverflowError):
            raise Problem(400, f"{where}: limit must be a number, and 0 is for all values.") from None

    def cells(self, held: Sequence[Held], base: Base) -> list[dict[str, Any]]:
        """The values of one thing."""
        if self._counted:
            return [{"int": len(held)}]
        kept = held[: self._limit] if self._limit > 0 else held
        return [self._cell(one, base) for one in kept]

    def _cell(self, held: Held, base: Base) -> dict[str, Any]:
        if isinstance(held.term, Literal):
            return literal(held.term)
        iri = held.term.value if isinstance(held.term, NamedNode) else str(held.term)
        key = keys.of_thing(iri, base)
        if self._content == "id":
            return {"str": key or iri}
        if self._content == "literal" or key is None:
            return {"str": held.label or key or iri}
        return {"id": key, "name": held.label or key}


def literal(term: Literal) -> dict[str, Any]:
    """A literal as the API writes it; a date with time and zone, without which clients take it for text."""
    kind, text = term.datatype.value, term.value
    if kind in _WHOLE:
        return {"int": int(text)}
    if kind in _FRACTIONS and math.isfinite(float(text)):
        return {"float": float(text)}
    if kind == f"{_XSD}date" and (day := _DAY.fullmatch(text)):
        return {"date": f"{day[1]}T00:00:00{day[2] or 'Z'}"}
    if kind == f"{_XSD}dateTime" and (moment := _MOMENT.fullmatch(text)):
        return {"date": f"{moment[1]}{moment[2] or 'Z'}"}
    return {"str": text}
