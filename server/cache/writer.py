"""A thread that stores answers one after another, so that no request waits for the map's one writer."""

import logging
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Condition, Thread

from server.cache.answers import Cached

_Job = tuple[bytes, Cached]
_GRACE = 2.0  # seconds to store what waits when all ends
_OVERHEAD = 1024  # bytes that an answer takes beside its body while it waits

_log = logging.getLogger(__name__)


class Writer:
    """Takes answers at once while fewer than `most` bytes wait, and hands them to `store` in a thread."""

    def __init__(self, store: Callable[[bytes, Cached], None], most: int) -> None:
        self._store, self._most = store, most
        self._waiting = 0
        self._changed = Condition()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._closed = False

    def offer(self, key: bytes, cached: Cached) -> bool:
        """Take an answer; False where too much waits already, or no file can be opened any more."""
        size = cached.size + _OVERHEAD
        with self._changed, suppress(OSError):
            if self._closed or (self._waiting and self._waiting + size > self._most):
                return False
            self._jobs.put((key, cached.with_own_file()))
            self._waiting += size
            self._start()
            return True
        return False

    def settle(self) -> None:
        """Wait until nothing waits."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting)

    def close(self) -> bool:
        """Take no more, and let the thread store what waits; False where it has not ended when time is up."""
        with self._changed:
            self._closed = True
            self._jobs.put(None)
        if self._thread is None:
            return True
        self._thread.join(_GRACE)
        return not self._thread.is_alive()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="cache", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while job := self._jobs.get():
            key, cached = job
            size = cached.size + _OVERHEAD
            try:
                self._store(key, cached)
            except Exception:
                _log.exception("an answer could not be stored")
            finally:
                with self._changed:
                    self._waiting -= size
                    self._changed.notify_all()
