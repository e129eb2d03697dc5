"""Nouns and noun phrases that the rules know, from `nouns.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class PhraseRelation:
    """A noun phrase that states a relation of its possessor: "X's biased position"."""

    relation: str
    adjectives: frozenset[str]
    heads: frozenset[str]


@dataclass(frozen=True)
class NounTable:
    """The file, turned round for look-up."""

    events: dict[str, tuple[str, str | None]]
    qualified: frozenset[str]
    qualifiers: frozenset[str]
    sittings: frozenset[str]
    tracks: frozenset[str]
    agreements: frozenset[str]
    brokering: frozenset[str]
    progress: dict[str, str]
    stalled: frozenset[str]
    phrases: tuple[PhraseRelation, ...]
    route: dict[str, frozenset[str]]


@cache
def noun_table() -> NounTable:
    """The table, read once."""
    data = tomllib.loads(files("kg.reading").joinpath("nouns.toml").read_text("utf-8"))
    events = {noun: (kind, row.get("code")) for kind, row in data["events"].items() for noun in row["nouns"]}
    progress = {word: value for value in ("little", "none", "some") for word in data["progress"][value]}
    phrases = tuple(
        PhraseRelation(row["relation"], frozenset(row["adjectives"]), frozenset(row["heads"]))
        for row in data["phrases"]
    )
    talks = {name: frozenset(words) for name, words in data["talks"].items()}
    return NounTable(
        events, frozenset(data["qualified"]["nouns"]), frozenset(data["qualified"]["qualifiers"]), talks["sittings"],
        talks["tracks"], talks["agreements"], talks["brokering"], progress, frozenset(data["progress"]["stalled"]),
        phrases, {name: frozenset(words) for name, words in data["route"].items()},
    )  # fmt: skip
