"""The cookbook: questions in plain words, each with how it is asked here and how its answer is to be read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import queries
from queries import Query
from server import lists

_REST = "more"  # the group of questions that no other has


@dataclass(frozen=True)
class Group:
    """What people come for, with the questions of `queries/` that serve it, by name."""

    name: str
    title: str
    lead: str
    queries: Sequence[str]


@dataclass(frozen=True)
class Recipe:
    """One question: a file of `queries/` or a list that answers it, with values; or steps to take.

    `change` says what a reader may set, `mind` what to watch out for in the answer.
    """

    name: str
    group: str
    question: str
    mind: str
    query: str = ""
    list: str = ""
    change: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    steps: Sequence[str] = ()


@cache
def groups() -> tuple[Group, ...]:
    """All groups, the last with the questions that no other has. Raises ValueError for an unknown one."""
    told = [Group(**one) for one in _file()["group"]]
    named = {name for group in told for name in group.queries}
    unknown = named - queries.load().keys()
    if unknown:
        raise ValueError(f"recipes.toml has questions that queries/ has not: {', '.join(sorted(unknown))}")
    rest = [name for name in queries.load() if name not in named]
    return tuple(Group(one.name, one.title, one.lead, rest) if one.name == _REST else one for one in told)


@cache
def recipes() -> Mapping[str, Recipe]:
    """All recipes by name. Raises ValueError for one that asks what is not there."""
    found = [Recipe(**one) for one in _file()["recipe"]]
    for one in found:
        _check(one)
    return {one.name: one for one in found}


def of_group(name: str) -> tuple[Recipe, ...]:
    """The recipes of a group, in their order."""
    return tuple(one for one in recipes().values() if one.group == name)


def of_query(name: str) -> tuple[Recipe, ...]:
    """The recipes that ask a question."""
    return tuple(one for one in recipes().values() if one.query == name)


def grouped(text: str) -> tuple[tuple[Group, tuple[Query, ...]], ...]:
    """The questions by group, those only that have all words of a text in their name or explanation."""
    words, known = text.casefold().split(), queries.load()
    found = ((group, tuple(known[name] for name in group.queries)) for group in groups())
    kept = ((group, tuple(one for one in those if _has(one, words))) for group, those in found)
    return tuple((group, those) for group, those in kept if those)


def _has(query: Query, words: Sequence[str]) -> bool:
    told = f"{query.name} {query.summary} {query.question or ''}".casefold()
    return all(word in told for word in words)


def _check(recipe: Recipe) -> None:
    taken: set[str] = set()
    if recipe.query in queries.load():
        taken = {one.name for one in queries.load()[recipe.query].parameters} | {""}
    elif recipe.list in lists.load():
        taken = {one.name for one in lists.load()[recipe.list].parameters}
    if bool(taken) == bool(recipe.steps) or recipe.values.keys() - taken:
        raise ValueError(f"recipe {recipe.name}: give one known query or list and its values, or steps")


def _file() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found: Mapping[str, Sequence[Mapping[str, Any]]] = tomllib.loads(
        resources.files(__name__).joinpath("recipes.toml").read_text("utf-8")
    )
    return found
