"""Files that are written piece by piece, plain and packed side by side, and hashed on the way.

A packed file is a member of gzip for each write (RFC 1952, section 2.2): any run of members is a gzip file,
so that the packed document of one graph is a piece of the packed whole.
"""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_LEVEL = 6  # 9 takes twice the time and gives 2 % less
# No name, no time, an unknown system: same content, same bytes, whichever Python writes it.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class Piece:
    """A stretch of a file in bytes, and the checksum of the document that it makes with head and tail."""

    start: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Whole:
    """A file that was written: bytes of all, of its head and of its tail."""

    name: str
    size: int
    sha256: str
    head: int = 0
    tail: int = 0


def packed(data: bytes) -> bytes:
    """The data as one member of a gzip file; nothing for nothing."""
    if not data:
        return b""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    trailer = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return _HEADER + body + trailer


class Sink:
    """One file."""

    def __init__(self, path: Path, head: bytes, tail: bytes) -> None:
        self._path, self._file = path, path.open("wb")
        self._head, self._tail = head, tail
        self._hash, self._size = hashlib.sha256(), 0
        self._piece, self._start = hashlib.sha256(), 0
        self.write(head)

    def write(self, data: bytes) -> None:
        """Add these bytes."""
        self._file.write(data)
        self._hash.update(data)
        self._piece.update(data)
        self._size += len(data)

    def begin(self) -> None:
        """A piece begins here."""
        self._piece, self._start = hashlib.sha256(self._head), self._size

    def end(self) -> Piece:
        """The piece ends here."""
        self._piece.update(self._tail)
        return Piece(self._start, self._size - self._start, self._piece.hexdigest())

    def close(self) -> Whole:
        """The file ends here."""
        self.write(self._tail)
        self._file.close()
        sizes = len(self._head), len(self._tail)
        return Whole(self._path.name, self._size, self._hash.hexdigest(), *sizes)


class Pair:
    """A file and its packed twin NAME.gz."""

    def __init__(self, path: Path, head: bytes = b"", tail: bytes = b"") -> None:
        self._plain = Sink(path, head, tail)
        self._packed = Sink(path.with_name(f"{path.name}.gz"), packed(head), packed(tail))

    def write(self, data: bytes) -> None:
        """Add these bytes to both."""
        self._plain.write(data)
        self._packed.write(packed(data))

    def copy(self, plain: Iterable[bytes], packed: Iterable[bytes]) -> None:
        """Add to each what was written, and packed, before."""
        for sink, chunks in ((self._plain, plain), (self._packed, packed)):
            for chunk in chunks:
                sink.write(chunk)

    def begin(self) -> None:
        """A piece begins here."""
        self._plain.begin()
        self._packed.begin()

    def end(self) -> tuple[Piece, Piece]:
        """The piece ends here: plain, packed."""
        return self._plain.end(), self._packed.end()

    def close(self) -> tuple[Whole, Whole]:
        """Both end here: plain, packed."""
        return self._plain.close(), self._packed.close()
