"""The map that answers lie in: a file of LMDB, and which answers leave it when it is full.

LMDB keeps it whole whoever dies amid a write: its lock is handed on, and what was not committed was never
there. Nothing is synced to the disk, since a server that starts begins anew.

Room is made by second chance: the oldest answer goes, unless it was asked for since it came; then it is put
behind the newest, once. Answers of another version than the one that comes get no such chance. So those of
data that are no longer served go first: whatever came after a swap is younger.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lmdb

from server.cache.allotted import allotted

_FILLED = 0.75  # of the map, by answers: the rest is for pages that are written anew, and for gaps
_LARGEST = 0.125  # of the map, for one answer, so that one cannot push out all others
_READERS = 1024  # reads at one time: workers times threads
_CHANCES = 256  # answers that one write may put behind the newest, which bounds its time
_THINNED = (0.75, 0.5, 0.0)  # of the pages: what is left after each try to make room for a value
_CHECKED = 256  # writes between two looks for readers that died
_MARKS = 2**16  # bytes, one for each value of a key's first two: whether such an answer was asked for
TAG = 8  # bytes of an entry in the order that stand for a version; the rest is the key
_TICK = b"tick"


class Room:
    """Values by key in one file of at most `size` bytes; any number of processes and threads may use it."""

    def __init__(self, folder: Path, size: int, evicted: Callable[[], None]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._map = lmdb.open(
            str(folder),
            map_size=size,
            max_dbs=3,
            max_readers=_READERS,
            sync=False,
            metasync=False,
            readahead=False,
        )
        self._answers = self._map.open_db(b"answers")
        self._order = self._map.open_db(b"order")
        self._ticks = self._map.open_db(b"ticks")
        self._marks = allotted(folder / "marks", _MARKS)
        self._page: int = self._map.stat()["psize"]
        self._most = int(size * _FILLED) // self._page
        self.largest = int(size * _LARGEST)
        self._evicted = evicted
        self._written = 0
        self._map.reader_check()

    def read(self, key: bytes, made: Callable[[memoryview], Any]) -> Any:
        """What is made of a value while it cannot move, or None. Raises lmdb.Error."""
        with self._map.begin(db=self._answers, buffers=True) as reading:
            value = reading.get(key)
            if value is None:
                return None
            self._marks[_mark(key)] = 1
            return made(value)

    def write(self, key: bytes, tag: bytes, value: bytes) -> bool:
        """Keep a value under a tag of its version; False for one that is there. None should pass `largest`.

        Raises lmdb.Error: MapFullError where there is no room, for as long as a reader holds what has left.
        """
        self._written += 1
        if self._written % _CHECKED == 0:
            self._map.reader_check()
        for left in _THINNED:
            try:
                return self._store(key, tag, value)
            except lmdb.MapFullError:
                if self._map.reader_check() == 0 and self._pinned():
                    raise
                self._thin(tag, left)  # gaps: no run of pages is as long as the value
        return self._store(key, tag, value)

    def usage(self) -> tuple[int, int]:
        """How many values there are, and the bytes of their pages."""
        with self._map.begin() as reading:
            return reading.stat(self._answers)["entries"], self._pages(reading) * self._page

    def close(self) -> None:
        """Let go of the file; no read or write may run."""
        self._map.close()
        self._marks.close()

    def _store(self, key: bytes, tag: bytes, value: bytes) -> bool:
        with self._map.begin(write=True) as writing:
            if not writing.put(key, value, overwrite=False, db=self._answers):
                return False
            self._append(writing, tag + key)
            self._shrink(writing, tag, self._most)
            return True

    def _shrink(self, writing: lmdb.Transaction, tag: bytes, most: int) -> None:
        """Take out the oldest until `most` pages are left."""
        chances = _CHANCES
        with writing.cursor(self._order) as oldest:
            while self._pages(writing) > most and oldest.first():
                entry = bytes(oldest.value())
                key, mark = entry[TAG:], _mark(entry[TAG:])
                oldest.delete()
                if chances and entry[:TAG] == tag and self._marks[mark]:
                    chances, self._marks[mark] = chances - 1, 0
                    self._append(writing, entry)
                else:
                    writing.delete(key, db=self._answers)
                    self._evicted()

    def _append(self, writing: lmdb.Transaction, entry: bytes) -> None:
        with writing.cursor(self._order) as newest:
            last = int.from_bytes(newest.key(), "big") if newest.last() else 0
        writing.put((last + 1).to_bytes(8, "big"), entry, db=self._order, append=True)

    def _pinned(self) -> bool:
        """Whether somebody reads in a state of the map so old that pages which were left since are kept."""
        newest = self._map.info()["last_txnid"]
        readers = [line.split() for line in self._map.readers().splitlines()]
        reading = [int(reader[2]) for reader in readers[1:] if reader[2].isdigit()]
        return min(reading, default=newest) < newest - 1

    def _thin(self, tag: bytes, left: float) -> None:
        with self._map.begin(write=True) as writing:
            self._shrink(writing, tag, int(self._pages(writing) * left))
        with self._map.begin(write=True) as writing:  # pages are taken again in the second commit after
            writing.put(_TICK, os.urandom(8), db=self._ticks)

    def _pages(self, reading: lmdb.Transaction) -> int:
        stats = (reading.stat(self._answers), reading.stat(self._order))
        return sum(s["branch_pages"] + s["leaf_pages"] + s["overflow_pages"] for s in stats)


def _mark(key: bytes) -> int:
    return key[0] << 8 | key[1]
