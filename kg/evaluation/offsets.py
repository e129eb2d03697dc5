"""Offsets into a text as it was marked, and the same places in the text as it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span


@dataclass(frozen=True)
class Offsets:
    """Counts code points of a marked text, from which the stored one may lack some that nobody sees."""

    length: int  # of the marked text
    places: Sequence[int] | None = (
        None  # where each of its code points is in the stored text; None if the same
    )

    @classmethod
    def between(cls, marked: str, stored: str) -> "Offsets":
        """For a stored text that is the marked one with some kinds of characters left out."""
        if marked == stored:
            return cls(len(marked))
        places = [0]
        for character in marked:
            kept = places[-1] < len(stored) and stored[places[-1]] == character
            places.append(places[-1] + kept)
        return cls(len(marked), places)

    def span(self, start: int, end: int) -> Span:
        """The characters of the stored text that [start, end) of the marked one has."""
        return Span(start, end) if self.places is None else Span(self.places[start], self.places[end])
