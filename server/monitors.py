"""/health, /ready and /metrics: what those who watch over a server ask one of its workers."""

import asyncio
from collections.abc import Callable

from kg.errors import ParleyError
from kg.store import Generation
from server import observation
from server.cache import Cache
from server.condition import Condition, health, ready
from server.engine.following import FollowingEngine
from server.messages import HttpAnswer, HttpRequest
from server.metrics import Graph, metrics
from server.problems import Problem

_EVERY = 1.0  # seconds between two times that a worker writes down how it is, for the others


class Monitors:
    """Those of one worker; `described` gives the generation of a version.

    Nothing is told of the size of a writable store, and no metric has its version as a label: an update
    changes both.
    """

    def __init__(
        self,
        engine: FollowingEngine,
        cache: Cache,
        described: Callable[[str], Generation],
        writable: bool = False,
    ) -> None:
        self._engine, self._described, self._writable = engine, described, writable
        self.stopping = False  # set when the worker takes no more requests
        observation.watch("queries_waiting", lambda: engine.admission.waiting)
        observation.watch("query_processes_busy", lambda: engine.busy)
        observation.watch("query_processes_idle", lambda: engine.idle)
        observation.watch("cache_bytes", lambda: cache.usage().size)
        observation.watch("cache_entries", lambda: cache.usage().answers)

    async def health(self, request: HttpRequest) -> HttpAnswer:
        """Whether a graph is served."""
        _read_only(request)
        return health(self._condition())

    async def ready(self, request: HttpRequest) -> HttpAnswer:
        """Whether a request would be answered now."""
        _read_only(request)
        return ready(self._condition())

    async def metrics(self, request: HttpRequest) -> HttpAnswer:
        """The figures of all workers."""
        _read_only(request)
        return metrics(request.header("accept"), self._graph())

    async def report(self) -> None:
        """Write down how this worker is, for as long as it lives, and follow what is served."""
        while True:
            self._engine.follow()
            observation.refresh()
            await asyncio.sleep(_EVERY)

    def _condition(self) -> Condition:
        try:
            served = self._described(self._engine.version())
        except ParleyError as error:
            return Condition(missing=str(error))
        triples = None if self._writable else served.manifest["triples"]
        return Condition(served.version, triples, unready=self._unready())

    def _unready(self) -> str:
        if self.stopping:
            return "the server is stopping"
        try:
            self._engine.pool()
        except (ParleyError, OSError):
            return "the process that holds the graph ended, and is started anew"
        return ""

    def _graph(self) -> Graph | None:
        if self._writable:
            return None
        try:
            served = self._described(self._engine.version())
            return Graph(served.version, served.manifest["triples"], served.folder.stat().st_mtime)
        except (ParleyError, OSError):
            return None


def _read_only(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        raise Problem(405, "This can be read only.", {"Allow": "GET, HEAD, OPTIONS"})
