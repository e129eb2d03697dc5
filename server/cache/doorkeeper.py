"""Which answers are worth storing: what cost much at once, what cost little when it comes a second time.

To store an answer takes longer than to find a cheap one again, and of the many questions that are asked once
none would ever be given from the cache. TinyLFU (arXiv:1512.00727) calls this a doorkeeper.
Here it is a table that all workers share, in which each key takes the place of the one that was there before:
so what came once is forgotten in time, and nobody has to clear it.
"""

from pathlib import Path

from server.cache.allotted import allotted

_PLACES = 2**16  # one for each value of a key's first two bytes
_SIZE = 8  # bytes of a key that a place holds


class Doorkeeper:
    """Knows the keys that came last; a key is evenly spread bytes, `_SIZE` and two of them at least."""

    def __init__(self, path: Path) -> None:
        """Raises OSError where the file cannot be used."""
        self._map = allotted(path, _PLACES * _SIZE)
        self._seen = memoryview(self._map).cast("Q")

    def knows(self, key: bytes) -> bool:
        """Whether this key came before; from now on it did."""
        place, seen = int.from_bytes(key[:2], "big"), int.from_bytes(key[2 : 2 + _SIZE], "big")
        known = self._seen[place] == seen
        self._seen[place] = seen
        return known

    def close(self) -> None:
        """Let go of the file."""
        self._seen.release()
        self._map.close()
