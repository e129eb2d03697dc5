"""Batches of reconciliation queries and of data extension, read from JSON and checked.

Reconciliation Service API 0.2, sections 4.1 and 7.4. What no client means is refused with where it stands;
what clients send beside the specification (an empty query, a limit of 0) is taken as it is meant.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.problems import Problem

LARGEST = 1_000  # queries in a batch, ids in an extension
DEFAULT_LIMIT = 10  # candidates
LIMIT = 100
_PROPERTIES = 25  # of one query or extension
_VALUES = 50  # of one property
_STRICT = ("should", "any", "all")


@dataclass(frozen=True)
class Entity:
    """A value that was reconciled before: the key or IRI of a thing."""

    id: str


Value = str | Entity


@dataclass(frozen=True)
class Constraint:
    """A property, and values of which a candidate should have as many as possible."""

    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Query:
    """One query; `strict` is should, any or all. With neither text nor constraints it asks for nothing."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: str = "should"
    limit: int = DEFAULT_LIMIT
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A property of a data extension with its settings."""

    property: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Extension:
    """Whose properties are wanted, and which."""

    ids: tuple[str, ...]
    properties: tuple[Wanted, ...]


def queries(text: str) -> dict[str, Query]:
    """The queries of a batch by their names. Raises Problem: 400 for what is none, 413 for too many."""
    batch = _object(_json(text, "queries"), "queries")
    if len(batch) > LARGEST:
        raise Problem(413, f"A batch has at most {LARGEST:,} queries; this one has {len(batch):,}.")
    return {name: _query(_object(given, name), name) for name, given in batch.items()}


def extension(text: str) -> Extension:
    """A data extension query. Raises Problem: 400 for what is none, 413 for too many ids."""
    given = _object(_json(text, "extend"), "extend")
    ids = _texts(given.get("ids", []), "extend.ids")
    if len(ids) > LARGEST:
        raise Problem(413, f"An extension has at most {LARGEST:,} ids; this one has {len(ids):,}.")
    wanted = _list(given.get("properties", []), "extend.properties", _PROPERTIES)
    return Extension(ids, tuple(_wanted(one, f"extend.properties[{at}]") for at, one in enumerate(wanted)))


def _query(given: Mapping[str, Any], where: str) -> Query:
    text = given.get("query")
    if not isinstance(text, str | int | float | None):
        raise _fault(f"{where}.query", "text", text)
    properties = given.get("properties")
    constraints = _list([] if properties is None else properties, f"{where}.properties", _PROPERTIES)
    return Query(
        "" if text is None else str(text),
        _types(given.get("type"), f"{where}.type"),
        _strict(given.get("type_strict"), f"{where}.type_strict"),
        _limit(given.get("limit"), f"{where}.limit"),
        tuple(_constraint(one, f"{where}.properties[{at}]") for at, one in enumerate(constraints)),
    )


def _types(given: Any, where: str) -> tuple[str, ...]:
    listed = [] if given in (None, "") else given if isinstance(given, list) else [given]
    named = [one.get("id") if isinstance(one, dict) else one for one in listed]
    return _texts(named, where)


def _strict(given: Any, where: str) -> str:
    if given not in (None, *_STRICT):
        raise _fault(where, f"one of {', '.join(_STRICT)}", given)
    return str(given or "should")


def _limit(given: Any, where: str) -> int:
    """OpenRefine has 0 where the user left the field alone."""
    if given is None:
        return DEFAULT_LIMIT
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) < 1e9:
        raise _fault(where, "a number", given)
    return min(int(given), LIMIT) if given >= 1 else DEFAULT_LIMIT


def _constraint(given: Any, where: str) -> Constraint:
    members = _object(given, where)
    if not isinstance(members.get("pid"), str):
        raise _fault(f"{where}.pid", "the id of a property", members.get("pid"))
    if "v" not in members:
        raise Problem(400, f"{where} has no member v: give the value, or a list of values, there.")
    given = members["v"]
    values = _list(given if isinstance(given, list) else [given], f"{where}.v", _VALUES)
    return Constraint(members["pid"], tuple(_value(one, f"{where}.v") for one in values))


def _value(given: Any, where: str) -> Value:
    if isinstance(given, dict) and isinstance(given.get("id"), str):
        return Entity(given["id"])
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    if isinstance(given, str | int | float):
        return str(given)
    raise _fault(where, "text, a number, a boolean, or an object with an id", given)


def _wanted(given: Any, where: str) -> Wanted:
    members = _object(given, where)
    if not isinstance(members.get("id"), str):
        raise _fault(f"{where}.id", "the id of a property", members.get("id"))
    return Wanted(members["id"], _object(members.get("settings") or {}, f"{where}.settings"))


def _json(text: str, where: str) -> Any:
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()
        return content
    except UnicodeEncodeError:
        raise Problem(400, f"{where} has half a character in it: \\ud800 to \\udfff come in pairs.") from None
    except json.JSONDecodeError as error:
        raise Problem(
            400,
            f"{where} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            line=error.lineno,
            column=error.colno,
        ) from None
    except (RecursionError, ValueError):
        raise Problem(400, f"{where} is nested too deeply, or has a number that is too long.") from None


def _object(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise _fault(where, "an object", given)
    return given


def _list(given: Any, where: str, most: int) -> Sequence[Any]:
    if not isinstance(given, list):
        raise _fault(where, "a list", given)
    if len(given) > most:
        raise Problem(400, f"{where} has {len(given):,} members; there may be {most}.")
    return given


def _texts(given: Any, where: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise _fault(where, "text, or a list of texts", given)
    return tuple(given)


def _fault(where: str, wanted: str, given: Any) -> Problem:
    return Problem(400, f"{where} must be {wanted}, not {json.dumps(given, ensure_ascii=False)[:60]}.")
