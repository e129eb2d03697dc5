"""How the tables of words beside this module become values."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any, Self

from kg.prepared import prepared


@dataclass(frozen=True)
class WordClasses:
    """Sets of lower-case words, each under the name that it has in the file."""

    @classmethod
    def of(cls, rows: Mapping[str, Iterable[str]]) -> Self:
        """From one table of the file; KeyError names the class that it lacks."""
        return cls(**{field.name: frozenset(rows[field.name]) for field in fields(cls)})


def turned(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The name of the list that each word stands in, by word."""
    return {word: name for name, words in rows.items() for word in words}


@prepared
def table(name: str) -> dict[str, Any]:
    """The tables of the file `name` of this folder; not to be changed."""
    return tomllib.loads(files("kg.reading.words").joinpath(name).read_text("utf-8"))


def lines(name: str) -> list[str]:
    """The lines of the file `name` of this folder that hold a row."""
    text = files("kg.reading.words").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
