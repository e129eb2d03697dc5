"""Kinds of third parties, talks and agreements by their words, from `kinds.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.reading.words.tables import table

TALKS = ("shape", "contact", "level", "track", "publicity", "issue")  # schemes of kinds of talks


@dataclass(frozen=True)
class Kinds:
    """The file, turned round for look-up: the value that each word or phrase in lower case stands for."""

    parts: Mapping[str, str]
    titles: tuple[str, ...]
    talks: Mapping[str, tuple[str, str]]  # phrase → scheme and value
    heads: frozenset[str]
    leaders: frozenset[str]
    about: frozenset[str]
    breaks: frozenset[str]
    pacts: tuple[tuple[str, str], ...]  # phrase → value, in the order of the file
    stages: Mapping[str, str]


@cache
def kinds() -> Kinds:
    """The table, read once."""
    data = table("kinds.toml")
    return Kinds(
        parts=_turned(data["parts"]),
        titles=tuple(data["titles"]["envoy"]),
        talks={word: (scheme, value) for scheme in TALKS for word, value in _turned(data[scheme]).items()},
        heads=frozenset(data["heads"]["talks"]),
        leaders=frozenset(data["heads"]["leaders"]),
        about=frozenset(data["heads"]["about"]),
        breaks=frozenset(data["heads"]["breaks"]),
        pacts=tuple(_turned(data["pact"]).items()),
        stages=_turned(data["stages"]),
    )


def _turned(rows: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: value for value, words in rows.items() for word in words}
