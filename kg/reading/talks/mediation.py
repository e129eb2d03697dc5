"""One place where a text says who mediates: the value that verbs, nouns and names all become."""

from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table

REACH = 18  # words from "talks" to "mediated": "talks between A and B, mediated by …"


@dataclass(frozen=True, slots=True)
class Mediation:
    """One place where the text says who mediates: `separate` if each has a track of its own."""

    mediators: tuple[Reference, ...]
    evidence: Range
    separate: bool = False
    sides: tuple[Reference, ...] = ()
    state: str = "active"  # planned, active, ended
    concluded: bool = False  # a deal was brokered, which tells of no track by itself
    kind: str | None = None  # what the word for it says that they do: host, facilitator


def able(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(r for r in references if r.type in MEDIATORS)


def state_of(verb: Verb) -> str:
    return "planned" if verb.modality == "future" else "active"


def separate(analysis: Analysis, part: Range) -> bool:
    """Whether these words say that each mediates for itself."""
    return not noun_table().talks.separately.isdisjoint(analysis.document.lowers(part))
