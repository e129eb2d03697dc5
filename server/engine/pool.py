"""The query processes that one worker has of one version: given out, ended at the deadline, and made anew."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

from kg.errors import QueryError
from server import observation
from server.engine import endings, wire
from server.engine.births import Begun, Joined, Told
from server.engine.changes import Change, Outcome
from server.engine.contract import Busy, Question
from server.engine.frames import Head
from server.engine.query_process import Ended, QueryProcess, Reply

_SPARE = 1  # processes beyond those that may run, so that one that was killed is not missed
_LATE = 0.05  # seconds after its deadline at which a process that its own alarm did not end is killed
_LONG = 0.5  # seconds after which a query gives way to shorter ones
_WAY = 5  # how much nicer it is from then on: a third of the processor time that others get
_FATE = 1.0  # seconds to wait for the nursery's word on how a process ended
_CHANGES = 64  # that may wait
_BIRTH = 10.0  # seconds to wait for a new process


class Pool:
    """Processes over one version of the graph; `close` lets those that still answer come to their end."""

    def __init__(self, begun: Begun, places: int) -> None:
        self.broken = False  # no process will come any more
        self._target = places + _SPARE
        self._idle: deque[QueryProcess] = deque()
        self._waiting: deque[asyncio.Future[QueryProcess]] = deque()
        self._busy: set[QueryProcess] = set()
        self._coming = 0
        self._alive: dict[int, QueryProcess] = {}
        self._changes: dict[int, asyncio.Future[tuple[Outcome, str]]] = {}
        self._numbered = 0
        self._closing = False
        self._births = begun(Told(self._come, self._said, self._changed, self._lost))
        self._fill()

    @property
    def busy(self) -> int:
        return len(self._busy)

    @property
    def idle(self) -> int:
        return len(self._idle)

    async def ask(self, question: Question) -> Reply:
        """Run the query in a process. Raises what it failed for; a caller that is cancelled ends it."""
        loop = asyncio.get_running_loop()
        async with self._process() as process:
            deadline = loop.call_later(question.limits.seconds + _LATE, self._kill, process)
            long = loop.call_later(_LONG, process.slow_down, _WAY)
            began = loop.time()
            try:
                return await process.ask(question)
            except asyncio.CancelledError:
                self._kill(process)
                raise
            except Ended:
                raise await self._why(process, question, loop.time() - began) from None
            finally:
                deadline.cancel()
                long.cancel()
                if process.worn or (process.slowed and not process.speed_up()):
                    process.close()

    async def change(self, change: Change, seconds: float) -> tuple[Outcome, str]:
        """Have the nursery make a change; gives the version after it. Raises what it failed for, Busy."""
        if len(self._changes) >= _CHANGES:
            raise Busy(f"{_CHANGES} changes wait already", 1, own=False)
        if self.broken:
            raise endings.no_process()
        self._numbered += 1
        number = self._numbered
        made: asyncio.Future[tuple[Outcome, str]] = asyncio.get_running_loop().create_future()
        self._changes[number] = made
        head = {"number": number, "seconds": seconds} | dict(wire.change_head(change))
        try:
            self._births.change(head, wire.change_body(change))
            return await made
        finally:
            del self._changes[number]
            self._end_if_done()

    def close(self) -> None:
        """Take no more questions; those that were taken are answered, then all processes are let go."""
        self._closing = True
        while self._idle:
            self._idle.popleft().close()
        self._end_if_done()

    @asynccontextmanager
    async def _process(self) -> AsyncIterator[QueryProcess]:
        process = self._idle.pop() if self._idle else await self._next()  # the one that ran last: it is warm
        self._busy.add(process)
        try:
            yield process
        finally:
            self._busy.discard(process)
            self._back(process)

    async def _next(self) -> QueryProcess:
        if self.broken:
            raise endings.no_process()
        coming: asyncio.Future[QueryProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(coming)
        self._fill()
        try:
            async with asyncio.timeout(_BIRTH):
                return await coming
        except TimeoutError:
            self._give_back(coming)
            raise endings.no_process() from None
        except asyncio.CancelledError:
            self._give_back(coming)
            raise

    def _give_back(self, coming: "asyncio.Future[QueryProcess]") -> None:
        """Take back a process that came when nobody waited for it any more."""
        if coming.done() and not coming.cancelled() and not coming.exception():
            self._busy.discard(coming.result())
            self._back(coming.result())

    def _back(self, process: QueryProcess) -> None:
        """A process that is free: to whoever waits for one, or among the idle."""
        if process.killed or process.gone:
            self._fill()
        else:
            self._hand_out(process)
        self._end_if_done()

    def _hand_out(self, process: QueryProcess) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                self._busy.add(process)  # now, since whoever waits runs later, and all may end before
                waiting.set_result(process)
                return
        if self._closing:
            process.close()
        else:
            self._idle.append(process)

    def _kill(self, process: QueryProcess) -> None:
        if not (process.killed or process.gone):
            observation.happened("query_processes_killed")
            process.kill()

    def _fill(self) -> None:
        """Order as many processes as are missing."""
        alive = len(self._idle) + sum(not p.killed for p in self._busy) + self._coming
        missing = len(self._waiting) - self._coming if self._closing else self._target - alive
        for _ in range(0 if self.broken else missing):
            self._coming += 1
            self._births.order()

    def _come(self, number: int, version: str, joined: Joined) -> None:
        self._coming -= 1
        observation.happened("query_processes_started")
        process = QueryProcess(number, version, joined, self._ended)
        self._alive[number] = process
        self._back(process)

    def _said(self, number: int, words: str) -> None:
        self._alive.pop(number).fate.set_result(words)

    def _changed(self, head: Head) -> None:
        if head["changed"] in self._changes:
            self._made(self._changes[head["changed"]], head)

    def _made(self, change: "asyncio.Future[tuple[Outcome, str]]", head: Head) -> None:
        if change.done():
            return  # nobody waits for it any more; it is made all the same
        if "error" in head:
            change.set_exception(wire.error(head))
        else:
            change.set_result((Outcome(head["created"], head["found"]), head["version"]))

    def _ended(self, process: QueryProcess) -> None:
        """A process is gone; if it was answering, whoever asked finds out by itself."""
        with suppress(ValueError):
            self._idle.remove(process)
        self._fill()

    def _lost(self) -> None:
        self.broken = True
        _fail(self._waiting, endings.no_process())
        _fail(self._changes.values(), endings.no_process())

    async def _why(self, process: QueryProcess, question: Question, took: float) -> QueryError:
        """What the end of a process means for the query that it ran."""
        seconds = question.limits.seconds
        if process.killed or took >= seconds:
            return endings.too_late(seconds)
        try:
            async with asyncio.timeout(_FATE):
                said = await process.fate
        except TimeoutError:
            said = ""
        return endings.told_by(said)

    def _end_if_done(self) -> None:
        if self._closing and not (self._busy or self._waiting or self._changes):
            self._births.close()


def _fail(waiting: "Iterable[asyncio.Future[Any]]", error: QueryError) -> None:
    for future in waiting:
        if not future.done():
            future.set_exception(error)
