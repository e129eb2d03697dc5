"""The value of an attribution: who is said to have said what."""

from dataclasses import dataclass

from kg.reading.clauses.phrases import Phrase
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb


@dataclass(frozen=True, slots=True)
class Attribution:
    """`speaker` says `content`, by the verb or phrase at `cue`, in the text `relay` if one carries it."""

    speaker: Phrase
    lemma: str
    cue: Range
    content: tuple[Range, ...]
    verb: Verb | None = None
    addressee: Phrase | None = None
    relay: Phrase | None = None
    accused: Phrase | None = None  # whom the verb has as its object: the content is about them
    framing: bool = False  # "what it called …": the content is a noun phrase
    matter: tuple[Range, ...] = ()  # the content without whom it concerns, if it begins with them

    @property
    def stated(self) -> tuple[Range, ...]:
        """The words whose clauses tell what is said."""
        return self.matter or self.content
