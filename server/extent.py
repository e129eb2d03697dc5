"""How much there is to tell of a thing, and so in how many parts it comes."""

from dataclasses import dataclass

from server import lookups
from server.engine.contract import Engine
from server.problems import Problem
from server.words import flag, value

# Counting goes no further: 100,000 links take 30 ms of a processor, and statements cost more for each.
MOST_LINKS = 100_000
MOST_STATEMENTS = 10_000


@dataclass(frozen=True)
class Extent:
    """Links from a thing, links to it and statements about it; one more than the most means: or more.

    `retired`: reviewers merged, renamed or removed it.
    """

    outgoing: int
    incoming: int
    statements: int
    retired: bool = False

    @property
    def known(self) -> bool:
        """Whether the graph has a triple with this thing."""
        return self.outgoing + self.incoming > 0

    @property
    def bounded(self) -> bool:
        """Whether all of it was counted."""
        return max(self.outgoing, self.incoming) <= MOST_LINKS and self.statements <= MOST_STATEMENTS

    @property
    def links(self) -> str:
        """The number of links to it, in words where it was not counted to its end."""
        return f"{self.incoming:,}" if self.incoming <= MOST_LINKS else f"more than {MOST_LINKS:,}"

    def parts(self, outgoing: int, incoming: int, statements: int) -> int:
        """How many parts of these sizes it fills; where not all was counted, at least so many."""
        sizes = ((self.outgoing, outgoing), (self.incoming, incoming), (self.statements, statements))
        return max(1, *(-(-count // size) for count, size in sizes))


def extent(engine: Engine, iri: str) -> Extent:
    """What the graph has about an IRI. Raises ValueError for one that is none."""
    row = lookups.select(engine, "extent", this=iri, most=MOST_LINKS + 1, mosttold=MOST_STATEMENTS + 1)[0]
    outgoing, incoming, statements = (
        int(value(row, name)) for name in ("outgoing", "incoming", "statements")
    )
    return Extent(outgoing, incoming, statements, flag(row, "retired"))


def part_of(asked: str | None, parts: int, bounded: bool) -> int:
    """The part that a request asks for. Raises Problem: 400 for no number, 404 beyond the end."""
    number = 1 if asked is None else int(asked) if asked.isascii() and asked.isdecimal() else 0
    if not 1 <= number <= 10**9:
        raise Problem(400, "part= takes the number of a part, counted from 1.")
    if bounded and number > parts:
        told = "is 1 part" if parts == 1 else f"are {parts:,} parts"
        raise Problem(404, f"There {told} about this, numbered from 1.")
    return number
