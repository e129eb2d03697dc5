"""One place where a text tells of an event, and the characters that tell of it."""

from dataclasses import dataclass

from kg.model import TimeSpan
from kg.reading.clauses.phrases import Phrase
from kg.reading.text.tokens import Range


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where the text tells of an event; several sightings can be one event."""

    kind: str
    trigger: Range
    evidence: Range
    code: str | None = None
    name: str | None = None  # what its label calls it, where its class says too little
    agents: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    place: str | None = None
    time: TimeSpan | None = None
    status: str = "occurred"
    factuality: str = "asserted"
    presupposed: bool = False  # "the second X war": known to have been, whoever speaks of it
    named: Range | None = None  # the noun phrase behind a verb that names it: "launched an offensive"
    definite: bool = False  # "the operation": one that was told before
    cause: int | None = None  # a token of the noun that names the event's cause
    leans_on: tuple[Range, ...] = ()  # where somebody or a place is named that its own words only mean


def keys_of(phrase: Phrase | None, types: frozenset[str]) -> tuple[str, ...]:
    """The keys of the things of certain types that a phrase refers to, in order."""
    references = phrase.references if phrase else ()
    return tuple(dict.fromkeys(r.key for r in references if r.type in types))


def cover(*parts: Range) -> Range:
    """The shortest range that holds all those that are not empty."""
    kept = [part for part in parts if part]
    return Range(min(part.first for part in kept), max(part.last for part in kept))
