"""How an event stands by the words that tell of it: its status, how sure it is, and what says so."""

from dataclasses import dataclass

from kg.reading.verbs.groups import Verb


@dataclass(frozen=True, slots=True)
class Standing:
    """Status and factuality, and the first words that say so: "is expected to", "the decision to"."""

    status: str
    factuality: str
    governor: Verb | None = None
    begins: int | None = None  # where a noun that governs it begins
    tried: bool = False  # "tried to", "efforts to": it need not come about
