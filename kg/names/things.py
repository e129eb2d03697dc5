"""What the index of names tells of: things, their names, classes and properties, and what a search found."""

from dataclasses import dataclass

from kg.names.facts import NAMED


@dataclass(frozen=True)
class Thing:
    """A thing with names; `types` are keys of classes, the most telling first."""

    id: int
    key: str
    kind: str
    label: str
    description: str
    mentions: int
    types: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether people know it by a name, and not by a description made of its parts."""
        return self.kind in NAMED


@dataclass(frozen=True)
class Name:
    """One name of a thing, and its plain words in order."""

    thing: int
    text: str
    role: str
    plain: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A class or property: its key, IRI, name, meaning, and how many things have it."""

    key: str
    iri: str
    label: str
    description: str
    things: int


@dataclass(frozen=True)
class Found:
    """One page of what a search found, how much there is in all, and how much of each kind."""

    things: tuple[Thing, ...]
    total: int
    kinds: tuple[tuple[str, int], ...]
