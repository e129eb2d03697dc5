"""One run for all who want the same at the same time: whoever comes while it runs waits for its end.

The run belongs to nobody. Who gives up leaves the others where they are, and the last one to go ends it.
"""

from asyncio import Task, create_task, shield
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


@dataclass
class _Flight(Generic[Result]):
    """One run, how many wait for it, and whether its result is gone."""

    task: Task[Result]
    aboard: int = 0
    over: bool = False


class SingleFlight(Generic[Result]):
    """Runs by what they are for, in one asyncio loop.

    Everybody gets `own(result)`, such as a descriptor of their own, and `end(result)` comes after the last.
    An error of the `personal` kinds concerns only who started the run, such as a share that is used up: the
    others then start one of their own.
    """

    def __init__(
        self,
        own: Callable[[Result], Result] = lambda result: result,
        end: Callable[[Result], None] = lambda result: None,
        personal: tuple[type[Exception], ...] = (),
    ) -> None:
        self._own, self._end, self._personal = own, end, personal
        self._flights: dict[Hashable, _Flight[Result]] = {}

    async def run(self, what: Hashable, start: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """The result of the run for this, which is started where there is none. Raises what it raises."""
        while flight := self._flights.get(what):
            try:
                return await self._board(what, flight)
            except self._personal:
                self._forget(what, flight)
        flight = self._flights[what] = _Flight(create_task(start()))
        flight.task.add_done_callback(lambda _: self._landed(what, flight))
        return await self._board(what, flight)

    def __len__(self) -> int:
        """How many runs others may join now."""
        return len(self._flights)

    async def _board(self, what: Hashable, flight: _Flight[Result]) -> Result:
        flight.aboard += 1
        try:
            return self._own(await shield(flight.task))
        finally:
            flight.aboard -= 1
            self._left(what, flight)

    def _left(self, what: Hashable, flight: _Flight[Result]) -> None:
        if flight.aboard:
            return
        if flight.task.done():
            self._landed(what, flight)
        else:
            self._forget(what, flight)
            flight.task.cancel()

    def _landed(self, what: Hashable, flight: _Flight[Result]) -> None:
        """Nobody can join any more; the result goes when nobody waits for it."""
        self._forget(what, flight)
        if flight.aboard or flight.over:
            return
        flight.over = True
        if not flight.task.cancelled() and flight.task.exception() is None:
            self._end(flight.task.result())

    def _forget(self, what: Hashable, flight: _Flight[Result]) -> None:
        if self._flights.get(what) is flight:
            del self._flights[what]
