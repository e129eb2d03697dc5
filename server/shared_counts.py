"""Numbers that the processes of one server count together: a file of rows, one row for each process.

A process adds to its own row only, so that nobody waits for anybody; whoever asks adds the rows up. The row
of a process that ended is taken over by the next one, which counts on where it stopped: a sum never falls.
Whether a process lives is told by its lock on the row, which the system takes back however it ends.
"""

import mmap
import os
import tempfile
from pathlib import Path
from threading import Lock
from typing import Any, cast

from kg import locks

_ROWS = 128  # processes at a time: workers, what starts them, and those that end meanwhile
_SIZE = 8  # bytes of a number, a double


class SharedCounts:
    """`columns` numbers for each process; those from `passing` on start from 0 when another takes the row."""

    def __init__(self, columns: int, passing: int, path: Path | None = None) -> None:
        """Take a row of the file, which is made where it is missing; None: of a file of this process alone.

        Raises OSError where the file cannot be used, RuntimeError where all rows are taken.
        """
        self._columns, self._width = columns, columns + 1  # the last one says that the row was ever taken
        self._lock = Lock()
        self._file = _opened(path)
        size = _ROWS * self._width * _SIZE
        if os.fstat(self._file).st_size != size:
            os.ftruncate(self._file, size)  # only the first to come changes anything, and it adds zeros
        self._map = mmap.mmap(self._file, size)
        self._all: memoryview[float] = cast(Any, memoryview(self._map).cast("d"))
        self._row = next((row for row in range(_ROWS) if locks.take(self._file, row)), -1)
        if self._row < 0:
            raise RuntimeError(f"more than {_ROWS} processes count in one file")
        self._own = self._all[self._row * self._width : (self._row + 1) * self._width]
        for column in range(passing, columns):
            self._own[column] = 0.0
        self._own[columns] = 1.0

    def add(self, column: int, number: float = 1.0) -> None:
        """Count; safe between threads."""
        with self._lock:
            self._own[column] += number

    def observe(self, ones: tuple[int, ...], total: int, number: float) -> None:
        """Count one in each of several columns, and a number in another, as one step."""
        with self._lock:
            for column in ones:
                self._own[column] += 1.0
            self._own[total] += number

    def put(self, column: int, number: float) -> None:
        """State what a number is now."""
        self._own[column] = number

    def rows(self) -> list[list[float]]:
        """What each process counted, those that ended among them."""
        return [self._read(row) for row in range(_ROWS) if self._is_used(row)]

    def living(self) -> list[list[float]]:
        """The same of the processes that live now."""
        return [self._read(row) for row in range(_ROWS) if self._is_used(row) and self._lives(row)]

    def close(self) -> None:
        """Give the row back."""
        self._own.release()
        self._all.release()
        self._map.close()
        os.close(self._file)

    def _read(self, row: int) -> list[float]:
        start = row * self._width
        return cast(list[float], self._all[start : start + self._columns].tolist())

    def _is_used(self, row: int) -> bool:
        return self._all[row * self._width + self._columns] > 0

    def _lives(self, row: int) -> bool:
        if row == self._row or not locks.take(self._file, row):
            return True
        locks.give(self._file, row)
        return False


def _opened(path: Path | None) -> int:
    if path is None:
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
