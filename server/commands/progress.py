"""How far long work is: one line on a terminal, renewed in place, and nothing anywhere else."""

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
_PAUSE = 0.1  # seconds between two renewals
_CLEAR = "\r\x1b[K"


class Progress(Generic[T]):
    """The items one by one, and beside them `Reading: 1,203 of 4,000 (31 a second)`."""

    def __init__(self, items: Iterable[T], label: str) -> None:
        self._items, self._label = items, label
        self._of = f" of {len(items):,}" if isinstance(items, Sized) else ""
        self._shown = sys.stderr.isatty()
        self._began = self._renewed = time.monotonic()

    def __enter__(self) -> Iterable[T]:
        return self

    def __iter__(self) -> Iterator[T]:
        for number, item in enumerate(self._items):
            self._renew(number)
            yield item

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(_CLEAR)

    def _renew(self, done: int) -> None:
        now = time.monotonic()
        if now - self._renewed < _PAUSE:
            return
        self._renewed = now
        rate = done / (now - self._began)
        self._write(
            f"{_CLEAR}{self._label}: {done:,}{self._of} ({rate:,.{0 if rate >= 10 else 1}f} a second)"
        )

    def _write(self, words: str) -> None:
        if self._shown:
            sys.stderr.write(words)
            sys.stderr.flush()
