"""Tests of single flight: many who ask the same cost one run, and nobody depends on another."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from server.single_flight import SingleFlight


class Runs:
    """Counts runs; each waits for the gate, then gives its number, or raises."""

    def __init__(self, *errors: Exception) -> None:
        self.started = self.cancelled = 0
        self.gate = asyncio.Event()
        self._errors = list(errors)

    async def __call__(self) -> int:
        self.started += 1
        number, error = self.started, self._errors.pop(0) if self._errors else None
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if error:
            raise error
        return number


def _in_loop(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scenario(), 10))


async def _asking(flights: SingleFlight[int], runs: Runs, number: int) -> list[asyncio.Task[int]]:
    """Tasks that all ask for the same, and have come so far as to wait."""
    tasks = [asyncio.create_task(flights.run("it", runs)) for _ in range(number)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


def test_many_who_ask_the_same_cost_one_run() -> None:
    """A thousand who ask at a time get the one result; who comes later starts anew, and so does another."""

    async def scenario() -> None:
        flights, runs = SingleFlight[int](), Runs()
        asking = await _asking(flights, runs, 1000)
        other = asyncio.create_task(flights.run("other", runs))
        await asyncio.sleep(0)
        assert len(flights) == 2
        runs.gate.set()
        assert set(await asyncio.gather(*asking)) == {1}
        assert await other == 2
        assert await flights.run("it", runs) == 3
        assert len(flights) == 0

    _in_loop(scenario)


def test_who_gives_up_leaves_the_others() -> None:
    """The first to ask may go, and the rest get the result of the run that it started."""

    async def scenario() -> None:
        flights, runs = SingleFlight[int](), Runs()
        first, *others = await _asking(flights, runs, 5)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        runs.gate.set()
        assert await asyncio.gather(*others) == [1] * 4
        assert (runs.started, runs.cancelled) == (1, 0)

    _in_loop(scenario)


def test_the_last_who_gives_up_ends_the_run() -> None:
    """When nobody waits any more the run is cancelled, and who comes then starts another."""

    async def scenario() -> None:
        flights, runs = SingleFlight[int](), Runs()
        asking = await _asking(flights, runs, 3)
        for task in asking:
            task.cancel()
        await asyncio.wait(asking)
        (late,) = await _asking(flights, runs, 1)
        runs.gate.set()
        assert await late == 2
        assert (runs.started, runs.cancelled) == (2, 1)

    _in_loop(scenario)


def test_errors_are_shared() -> None:
    """What a run raises all who wait get, and the next who asks starts anew."""

    async def scenario() -> None:
        flights, runs = SingleFlight[int](), Runs(ValueError("no"))
        asking = await _asking(flights, runs, 3)
        runs.gate.set()
        raised = await asyncio.gather(*asking, return_exceptions=True)
        assert [str(error) for error in raised] == ["no"] * 3
        assert await flights.run("it", runs) == 2

    _in_loop(scenario)


def test_personal_errors_concern_the_first_only() -> None:
    """Where the first may not, the others try by themselves, once for all of them."""

    async def scenario() -> None:
        flights = SingleFlight[int](personal=(PermissionError,))
        runs = Runs(PermissionError("your share is used up"))
        first, *others = await _asking(flights, runs, 4)
        runs.gate.set()
        with pytest.raises(PermissionError):
            await first
        assert await asyncio.gather(*others) == [2] * 3
        assert runs.started == 2

    _in_loop(scenario)


def test_all_try_where_none_may() -> None:
    """An error that is personal to everybody reaches everybody."""

    async def scenario() -> None:
        flights = SingleFlight[int](personal=(PermissionError,))
        runs = Runs(*(PermissionError(str(number)) for number in range(4)))
        asking = await _asking(flights, runs, 4)
        runs.gate.set()
        raised = await asyncio.gather(*asking, return_exceptions=True)
        assert sorted(str(error) for error in raised) == ["0", "1", "2", "3"]

    _in_loop(scenario)


def test_everybody_owns_what_they_get() -> None:
    """Each gets a copy, the original is ended once, after the last of them, whoever gave up meanwhile."""

    async def scenario() -> None:
        copies: list[int] = []
        ended: list[int] = []

        def own(result: int) -> int:
            assert not ended
            copies.append(result)
            return result

        flights, runs = SingleFlight[int](own, ended.append), Runs()
        first, second, third = await _asking(flights, runs, 3)
        second.cancel()
        runs.gate.set()
        assert await asyncio.gather(first, third) == [1, 1]
        assert (copies, ended) == ([1, 1], [1])

    _in_loop(scenario)


def test_a_result_that_nobody_waits_for_is_ended() -> None:
    """All give up in the moment in which the run ends: its result is ended, once."""

    async def scenario() -> None:
        ended: list[int] = []
        flights = SingleFlight[int](end=ended.append)
        loop, result = asyncio.get_running_loop(), asyncio.Event()

        async def stubborn() -> int:
            try:
                await result.wait()
            except asyncio.CancelledError:
                loop.call_soon(done.set)
            return 7

        done = asyncio.Event()
        asking = asyncio.create_task(flights.run("it", stubborn))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        asking.cancel()
        await done.wait()
        await asyncio.sleep(0)
        assert ended == [7]

    _in_loop(scenario)
