"""Tests of who may run a query now."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.engine.admission import Admission, Room
from server.engine.contract import Busy

ROOM = Room(places=2, share=1, queue=6, queue_share=4, patience=5.0)


class _Queries:
    """Queries that run until they are told to end, in the order in which they came to run."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.ran: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}

    def start(self, name: str) -> "asyncio.Task[None]":
        self.ends[name] = asyncio.Event()
        return asyncio.create_task(self._run(name))

    async def _run(self, name: str) -> None:
        async with self.admission.place(name[0]):
            self.ran.append(name)
            await self.ends[name].wait()

    async def end(self, *names: str) -> None:
        for name in names:
            self.ends[name].set()
            await _settle()


async def _settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def _run(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)


def test_a_client_has_its_share_and_no_more() -> None:
    """One client's second query waits, though a place is free; another client's first one runs."""

    async def scenario() -> None:
        queries = _Queries(Admission(ROOM))
        tasks = [queries.start(name) for name in ("a1", "a2", "b1")]
        await _settle()
        assert queries.ran == ["a1", "b1"]
        await queries.end("a1", "a2", "b1")
        assert queries.ran == ["a1", "b1", "a2"]
        await asyncio.gather(*tasks)
        assert (queries.admission.running, queries.admission.waiting) == (0, 0)

    _run(scenario())


def test_clients_take_turns() -> None:
    """A client that came last with one query is served before the many of one that came first."""

    async def scenario() -> None:
        queries = _Queries(Admission(Room(1, 1, 10, 10, 5.0)))
        tasks = [queries.start(name) for name in ("a1", "a2", "a3", "b1")]
        await _settle()
        await queries.end("a1", "a2", "b1", "a3")
        assert queries.ran == ["a1", "a2", "b1", "a3"]
        await asyncio.gather(*tasks)

    _run(scenario())


def test_too_many_are_turned_away() -> None:
    """Past its own part of the queue a client is told so, and past the whole queue anybody."""

    async def scenario() -> None:
        queries = _Queries(Admission(ROOM))
        tasks = [queries.start(f"a{number}") for number in range(5)]
        await _settle()
        with pytest.raises(Busy) as own:
            await queries.start("a5")
        assert own.value.own
        tasks += [queries.start(name) for name in ("b1", "c1", "d1")]
        await _settle()
        with pytest.raises(Busy) as full:
            await queries.start("e1")
        assert not full.value.own
        assert full.value.retry_after > 0
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (queries.admission.running, queries.admission.waiting) == (0, 0)

    _run(scenario())


def test_patience_ends() -> None:
    """Who waited as long as one may is told to come again, and leaves no place taken."""

    async def scenario() -> None:
        queries = _Queries(Admission(Room(1, 1, 10, 10, 0.01)))
        first = queries.start("a1")
        await _settle()
        with pytest.raises(Busy, match="no place came free"):
            await queries.start("b1")
        await queries.end("a1")
        await first
        assert (queries.admission.running, queries.admission.waiting) == (0, 0)

    _run(scenario())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["start", "end", "leave"])), max_size=30))
def test_places_are_never_lost(steps: list[tuple[str, str]]) -> None:
    """Whatever comes and goes, never more run than there are places, and all are free at the end."""

    async def scenario() -> None:
        queries, tasks = _Queries(Admission(ROOM)), dict[str, asyncio.Task[None]]()
        for number, (client, step) in enumerate(steps):
            mine = [name for name in tasks if name[0] == client and not tasks[name].done()]
            if step == "start":
                tasks[f"{client}{number}"] = queries.start(f"{client}{number}")
            elif mine and step == "end":
                queries.ends[mine[0]].set()
            elif mine:
                tasks[mine[-1]].cancel()
            await _settle()
            assert queries.admission.running <= ROOM.places
            assert queries.admission.waiting <= ROOM.queue
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        assert (queries.admission.running, queries.admission.waiting) == (0, 0)

    _run(scenario())
