"""The table of relations: how a tie between two reads, which colour it has, and how its line ends."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.vocab import PREFIXES


@dataclass(frozen=True)
class Group:
    """Relations with one colour: `hue` counts the categorical colours from 1, 0 is none of them.

    `head` says how a line ends where it arrives: none, arrow, bar, chevron, diamond or dot.
    """

    name: str
    title: str
    hue: int
    head: str


@dataclass(frozen=True)
class Relation:
    """What the one does to the other; `coming` is the verb for plans, `mutual` ones have no direction."""

    iri: str
    group: Group
    verb: str
    coming: str
    mutual: bool = False


@cache
def groups() -> Mapping[str, Group]:
    """Every group by its name, in the order of the legend."""
    return {str(one["name"]): Group(**one) for one in _told()["group"]}


@cache
def relations() -> Mapping[str, Relation]:
    """Every relation of the table by its IRI."""
    return {one.iri: one for one in map(_relation, _told()["relation"])}


def _relation(told: Mapping[str, Any]) -> Relation:
    prefix, _, name = str(told["iri"]).partition(":")
    verb = str(told["verb"])
    return Relation(
        PREFIXES[prefix] + name,
        groups()[str(told["group"])],
        verb,
        str(told.get("coming", verb)),
        told.get("mutual") is True,
    )


def _told() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads(resources.files(__package__).joinpath("relations.toml").read_text("utf-8"))
