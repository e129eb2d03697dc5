"""Bodies that are put together from bytes and from stretches of one open file, none of it in memory."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from server.messages import Spooled

_PIECE = 256 * 1024  # bytes that are read at a time


@dataclass(frozen=True)
class Stretch:
    """So many bytes of the file from a place on."""

    start: int
    size: int

    def part(self, first: int, end: int) -> "Stretch":
        """The bytes from `first` up to `end` of it."""
        return Stretch(self.start + first, end - first)


@dataclass(frozen=True)
class Body:
    """The parts of a body in their order."""

    parts: tuple[bytes | Stretch, ...]

    @property
    def size(self) -> int:
        return sum(map(_size, self.parts))

    def within(self, first: int, end: int) -> "Body":
        """The bytes from `first` up to `end` of it."""
        found: list[bytes | Stretch] = []
        place = 0
        for part in self.parts:
            start, stop = max(first - place, 0), min(end - place, _size(part))
            if start < stop:
                found.append(part[start:stop] if isinstance(part, bytes) else part.part(start, stop))
            place += _size(part)
        return Body(tuple(found))

    def joined(self, other: "Body") -> "Body":
        """This body, then the other."""
        return Body(self.parts + other.parts)


@dataclass(frozen=True)
class Opened:
    """A body and the open file that its stretches are of; whoever has it closes it."""

    descriptor: int
    body: Body

    def spooled(self) -> Iterator[bytes | Spooled]:
        """The parts, as `server.exchange` sends them."""
        for part in self.body.parts:
            yield part if isinstance(part, bytes) else Spooled(self.descriptor, part.size, part.start)

    def read(self) -> Iterator[bytes]:
        """The bytes piece by piece; the file is closed at the end, and when nobody wants more."""
        try:
            for part in self.spooled():
                if isinstance(part, bytes):
                    yield part
                else:
                    for place in range(0, part.size, _PIECE):
                        yield part.piece(part.start + place, min(_PIECE, part.size - place))
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        os.close(self.descriptor)


def _size(part: bytes | Stretch) -> int:
    return len(part) if isinstance(part, bytes) else part.size
