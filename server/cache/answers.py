"""A whole answer as the cache keeps it, and its bytes there."""

import os
import struct
from dataclasses import dataclass, replace

from server.messages import Spooled

_HEAD = struct.Struct("<Hq")  # length of the texts, then rows, or what stands for rows that nobody counted
_UNCOUNTED = -1
_BETWEEN = "\x1f"  # in none of the texts


@dataclass(frozen=True)
class Cached:
    """A whole answer over one version of the data; `rows` and `cut` as in `server.engine.contract.Answer`.

    What comes out of the cache has its body as bytes. What goes in may have it in a file.
    """

    content_type: str
    coding: str
    version: str
    body: bytes | Spooled
    rows: int | None = None
    cut: str | None = None

    @property
    def size(self) -> int:
        """Of the body, in bytes."""
        return self.body.size if isinstance(self.body, Spooled) else len(self.body)

    def with_own_file(self) -> "Cached":
        """The same answer with a descriptor that is closed apart from the first one."""
        if not isinstance(self.body, Spooled):
            return self
        return replace(self, body=Spooled(os.dup(self.body.descriptor), self.body.size))

    def in_memory(self) -> "Cached":
        """The same answer with its body as bytes; closes its file. Raises OSError where that is too short."""
        if not isinstance(self.body, Spooled):
            return self
        try:
            return replace(self, body=_read(self.body))
        finally:
            os.close(self.body.descriptor)


def _read(spooled: Spooled) -> bytes:
    """The whole file, whatever place in it others have come to."""
    parts: list[bytes] = []
    at = 0
    while at < spooled.size:
        part = spooled.piece(at, spooled.size - at)
        if not part:
            raise OSError(f"a spooled answer ends at byte {at} of {spooled.size}")
        parts.append(part)
        at += len(part)
    return b"".join(parts)


def packed(cached: Cached) -> bytes:
    """An answer in memory as bytes. Raises ValueError for one in a file."""
    if isinstance(cached.body, Spooled):
        raise ValueError("only an answer in memory can be packed")
    texts = _BETWEEN.join((cached.content_type, cached.coding, cached.version, cached.cut or "")).encode()
    return _HEAD.pack(len(texts), _UNCOUNTED if cached.rows is None else cached.rows) + texts + cached.body


def unpacked(stored: memoryview) -> Cached:
    """What was packed; the only copy that is made of the body."""
    length, rows = _HEAD.unpack_from(stored)
    start = _HEAD.size + length
    content_type, coding, version, cut = str(stored[_HEAD.size : start], "utf-8").split(_BETWEEN)
    counted = None if rows == _UNCOUNTED else rows
    return Cached(content_type, coding, version, bytes(stored[start:]), counted, cut or None)
