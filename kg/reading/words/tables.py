"""How the tables of words beside this module become values."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Self, dataclass_transform

from kg.prepared import prepared


@dataclass_transform(frozen_default=True)
class WordClasses:
    """Sets of lower-case words, each under the name that it has in the file.

    A frozen dataclass to the type checker alone: at each start Python writes and compiles what a dataclass
    has of its own, which for all the fields of these took a tenth of the time that the reader takes to load.
    """

    def __init__(self, **words: frozenset[str]) -> None:
        self.__dict__.update(words)

    @classmethod
    def of(cls, rows: Mapping[str, Iterable[str]]) -> Self:
        """From one table of the file; KeyError names the class that it lacks."""
        return cls(**{name: frozenset(rows[name]) for name in cls.__annotations__})

    def __eq__(self, other: object) -> bool:
        ours = ((name, getattr(self, name)) for name in type(self).__annotations__)
        return type(self) is type(other) and all(getattr(other, name) == words for name, words in ours)


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
