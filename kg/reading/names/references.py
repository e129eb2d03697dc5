"""What in a text refers to whom: the value that names, roles, descriptions and pronouns all become."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.reading.text.tokens import Range

# Types of the things that can act, that can mediate, of bodies, and of where something can happen.
AGENTS = frozenset(
    {
        *("Person", "State", "Organisation", "IntergovernmentalOrganisation"),
        *("NonStateGroup", "TerritorialAuthority"),
    }
)
MEDIATORS = AGENTS - {"NonStateGroup", "TerritorialAuthority"}
BODIES = frozenset({"Organisation", "IntergovernmentalOrganisation", "NonStateGroup"})
PLACES = frozenset({"Place", "State"})


@dataclass(slots=True, unsafe_hash=True)  # made too often to be frozen, see Token
class Reference:
    """Tokens that refer to one thing; `adjective` for a demonym that only qualifies a noun."""

    range: Final[Range]
    key: Final[str]
    type: Final[str]
    form: Final[str]  # name, alias, metonym, role, pronoun, description
    label: Final[str]
    known: Final[bool] = True
    adjective: Final[bool] = False
    antecedents: Final[tuple[Range, ...]] = ()


@dataclass(frozen=True)
class References:
    """References in the order of the text; they do not overlap."""

    items: tuple[Reference, ...]

    @classmethod
    def of(cls, items: Iterable[Reference]) -> "References":
        """Sorted, and of two that overlap only the longer (then the earlier in `items`)."""
        kept: dict[int, Reference] = {}
        taken: set[int] = set()
        for item in sorted(items, key=lambda r: r.range.first - r.range.last):
            first, last = item.range.first, item.range.last
            if last - first == 1 and first not in taken:
                taken.add(first)
                kept[first] = item
            elif taken.isdisjoint(tokens := range(first, last)):
                taken.update(tokens)
                kept[first] = item
        return cls(tuple(kept[first] for first in sorted(kept)))

    @cached_property
    def _firsts(self) -> list[int]:
        return [item.range.first for item in self.items]

    def at(self, index: int) -> Reference | None:
        """The reference that covers a token."""
        return self._covering.get(index)

    @cached_property
    def _covering(self) -> dict[int, Reference]:
        return {index: item for item in self.items for index in range(item.range.first, item.range.last)}

    def within(self, part: Range) -> Iterator[Reference]:
        """The references that start inside a range, in order."""
        return iter(self.items[bisect_left(self._firsts, part.first) : bisect_left(self._firsts, part.last)])
