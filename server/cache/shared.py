"""The cache as a worker sees it: it finds answers at once, stores them behind its back, and counts both."""

import logging
import math
from dataclasses import dataclass
from pathlib import Path

import lmdb

from server.cache.answers import Cached, packed, unpacked
from server.cache.doorkeeper import Doorkeeper
from server.cache.keys import digest
from server.cache.room import TAG, Room
from server.cache.writer import Writer

SMALLEST = 2**20  # bytes; of less, the pages of the map itself would take most
_WAITING = 0.125  # of the size: what may wait in memory to be stored

_log = logging.getLogger(__name__)


@dataclass
class Counts:
    """What one worker's cache has done since it was opened.

    `skipped` are answers too large, or too many at a time, to be stored; `failed` are faults of the map.
    """

    hits: int = 0
    misses: int = 0
    stored: int = 0
    evicted: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Usage:
    """What lies in the map now, whoever put it there: answers, and bytes of their pages."""

    answers: int
    size: int


class Cache:
    """Answers by key, for all workers that open the same folder.

    `size` in bytes, 0 to keep nothing; no body of more than `entry` bytes, or an eighth of the size, is kept.
    An answer that took less than `cheap` seconds is kept when it is put for the second time. The files in the
    folder never take more than `size`, and 3 MiB for who reads what and what came before. Open it in the
    process that uses it, after any fork, and once there; then any thread may use it. It holds no promise:
    what was put may be gone at once. Raises ValueError for a size under `SMALLEST`. A folder that cannot be
    used is logged, and nothing is kept.
    """

    def __init__(self, folder: Path, size: int, entry: int | None = None, cheap: float = 0.0) -> None:
        if size and size < SMALLEST:
            raise ValueError(f"a cache of {size} bytes is too small: {SMALLEST} or more, or 0 for none")
        self.counts = Counts()
        self._cheap = cheap
        self._doorkeeper: Doorkeeper | None = None
        self._room = self._opened(folder, size) if size else None
        largest = self._room.largest if self._room else 0
        self._largest = largest if entry is None else min(entry, largest)
        self._writer = Writer(self._store, most=int(size * _WAITING))

    def get(self, key: bytes) -> Cached | None:
        """The answer of this key; takes microseconds, and a copy of its body."""
        if self._room is None:
            return None
        found: Cached | None = None
        try:
            found = self._room.read(key, unpacked)
        except lmdb.Error as error:
            self._fault("read", error)
        if found is None:
            self.counts.misses += 1
        else:
            self.counts.hits += 1
        return found

    def put(self, key: bytes, cached: Cached, cost: float = math.inf) -> None:
        """Keep a whole answer that took so many seconds, if it is worth it; returns at once, never raises.

        A file of its body stays the caller's.
        """
        if self._room is None or not (cost >= self._cheap or self._came_before(key)):
            return
        if cached.size > self._largest or not self._writer.offer(key, cached):
            self.counts.skipped += 1

    def usage(self) -> Usage:
        """How full the map is."""
        try:
            return Usage(*self._room.usage()) if self._room else Usage(0, 0)
        except lmdb.Error as error:
            self._fault("read", error)
            return Usage(0, 0)

    def settle(self) -> None:
        """Wait until everything that was put is stored or given up."""
        self._writer.settle()

    def close(self) -> None:
        """Store what waits, and let go of the folder. Nothing is found or kept afterwards."""
        ended = self._writer.close()
        room, self._room = self._room, None
        if room and ended:
            room.close()
        if self._doorkeeper:
            self._doorkeeper.close()
            self._doorkeeper = None

    def _opened(self, folder: Path, size: int) -> Room | None:
        try:
            room = Room(folder, size, self._count_evicted)
            self._doorkeeper = Doorkeeper(folder / "seen")
            return room
        except (lmdb.Error, OSError) as error:
            _log.warning("no cache: %s cannot be used: %s", folder, error)
            return None

    def _came_before(self, key: bytes) -> bool:
        return self._doorkeeper is not None and self._doorkeeper.knows(key)

    def _store(self, key: bytes, cached: Cached) -> None:
        if self._room is None:
            return
        tag = digest((cached.version,), TAG)
        try:
            if self._room.write(key, tag, packed(cached.in_memory())):
                self.counts.stored += 1
        except lmdb.MapFullError:
            self.counts.skipped += 1
        except (lmdb.Error, OSError) as error:
            self._fault("write", error)

    def _fault(self, what: str, error: Exception) -> None:
        if not self.counts.failed:  # the first tells why; the count tells how often
            _log.warning("a %s of the cache failed: %s", what, error)
        self.counts.failed += 1

    def _count_evicted(self) -> None:
        self.counts.evicted += 1
