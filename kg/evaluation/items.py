"""What is compared: the same frozen values for what a person wrote down and for what was read."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from kg.model import Span

NO_CLASS = "none"  # an event that has no PLOVER class, which is not the same as one whose class is not given


class Item(ABC):
    """Anything that is matched."""

    @property
    @abstractmethod
    def spans(self) -> tuple[Span, ...]:
        """The characters by which it is matched."""

    @property
    def words(self) -> tuple[Span, ...]:
        """All the characters that it was read from."""
        return self.spans

    @abstractmethod
    def told(self) -> str:
        """What it says, in one line for a person."""


@dataclass(frozen=True)
class Named(Item):
    """One place where a text names a thing."""

    of: str
    span: Span

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.span,)

    def told(self) -> str:
        return self.of


@dataclass(frozen=True)
class Thing(Item):
    """An entity with the places that name it; None for a type that is not given or not known."""

    id: str
    name: str
    type: str | None
    mentions: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.mentions

    def told(self) -> str:
        return f"{self.name} ({self.type or 'no type'})"


@dataclass(frozen=True)
class Saying(Item):
    """What one speaker says; None for a speaker whom the text does not name."""

    speaker: str | None
    stance: str | None
    modality: str | None
    content: tuple[Span, ...]
    evidence: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.content

    @property
    def words(self) -> tuple[Span, ...]:
        return (*self.content, *self.evidence)

    def told(self) -> str:
        return f"{self.speaker or 'somebody unnamed'}: {self.stance or '?'}, {self.modality or '?'}"


@dataclass(frozen=True)
class Happening(Item):
    """An event; `code` is its PLOVER class, NO_CLASS, or None where it is not given or not known."""

    code: str | None
    participants: tuple[str, ...]
    evidence: tuple[Span, ...]
    status: str | None = None
    date: str | None = None  # EDTF or ISO 8601

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.evidence

    def told(self) -> str:
        parts = (self.code or "?", ", ".join(self.participants), self.status, self.date)
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class Track(Item):
    """A format of negotiation, under every name that it is known by."""

    names: tuple[str, ...]
    members: tuple[str, ...]
    mediators: tuple[str, ...]
    evidence: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.evidence

    def told(self) -> str:
        by = f", mediated by {', '.join(self.mediators)}" if self.mediators else ""
        return f"{' / '.join(self.names[:1])}: {', '.join(self.members)}{by}"


@dataclass(frozen=True)
class Route(Item):
    """A corridor under every name that it is known by, with its members in order."""

    names: tuple[str, ...]
    members: tuple[str, ...]
    evidence: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.evidence

    def told(self) -> str:
        return f"{' / '.join(self.names[:1])}: {' → '.join(self.members)}"


@dataclass(frozen=True)
class Part(Item):
    """One mediator of a format, or one member of a corridor."""

    of: str
    who: str
    evidence: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.evidence

    def told(self) -> str:
        return f"{self.of}: {self.who}"


@dataclass(frozen=True)
class Trap:
    """Characters that tempt a wrong reading, and why."""

    evidence: tuple[Span, ...]
    reason: str


@dataclass(frozen=True)
class Account:
    """All that is told of one text; None for a kind of which nobody was asked."""

    entities: tuple[Thing, ...] | None = None
    statements: tuple[Saying, ...] | None = None
    events: tuple[Happening, ...] | None = None
    formats: tuple[Track, ...] | None = None
    corridors: tuple[Route, ...] | None = None
    traps: tuple[Trap, ...] = ()
