"""Tests of queries answered from what is kept: what runs, what is filed where, and who closes files."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.formats import RESULT_FORMATS
from server.cache import Cache
from server.engine.contract import Busy, Question
from server.engine.query_process import Reply
from server.kept_answers import KeptAnswers
from server.messages import HttpAnswer, HttpRequest, Spooled

ASKED = Question("SELECT * { ?s ?p ?o }")
NOW = Question("SELECT (NOW() AS ?t) {}")


class Engine:
    """Answers with the version and the number of the run; `swap` is the version that comes while it runs."""

    def __init__(self, folder: Path) -> None:
        self.served, self.runs, self.swap = "one", 0, ""
        self.gate = asyncio.Event()
        self.gate.set()
        self.spool: Path | None = None
        self.busy = False
        self._folder = folder

    def version(self) -> str:
        return self.served

    async def ask(self, question: Question) -> tuple[Reply, str]:
        self.runs += 1
        run = self.runs
        await self.gate.wait()
        if self.busy and run == 1:
            raise Busy("your own queries fill your share", 1, own=True)
        self.served = self.swap or self.served
        body: bytes | Spooled = f"{self.served} {run}".encode()
        if self.spool:
            self.spool.unlink(missing_ok=True)
            self.spool.write_bytes(body)
            body = Spooled(os.open(self.spool, os.O_RDONLY), len(body))
        return Reply(body, RESULT_FORMATS[0], 1, None, "identity", self.served), self.served


def _request(method: str = "GET", **headers: str) -> HttpRequest:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return HttpRequest(method, "/sparql", headers=named)


def _header(answer: HttpAnswer, name: str) -> str | None:
    return dict(answer.headers).get(name)


def _files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


Scenario = Callable[[Engine, KeptAnswers, Cache], Coroutine[Any, Any, None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Scenario], None]:
    """Runs a scenario with an engine, what keeps its answers, and the cache."""

    def running(scenario: Scenario) -> None:
        async def within() -> None:
            with closing(Cache(tmp_path / "cache", 4 * 2**20)) as cache:
                engine = Engine(tmp_path)
                await asyncio.wait_for(scenario(engine, KeptAnswers(engine, cache), cache), 10)

        asyncio.run(within())

    return running


def test_the_second_time_nothing_runs(run: Any) -> None:
    """What was answered once is answered from the cache, with the same body, tag and headers."""

    async def scenario(engine: Engine, kept: KeptAnswers, cache: Cache) -> None:
        first = await kept.answer(_request(), ASKED)
        cache.settle()
        second = await kept.answer(_request("POST"), ASKED)
        third = await kept.answer(_request("HEAD"), replace(ASKED, client="somebody else"))
        assert first.body == second.body == third.body == b"one 1"
        assert _header(first, "Parley-Cache") == "miss"
        assert _header(second, "Parley-Cache") == _header(third, "Parley-Cache") == "hit"
        assert _header(first, "ETag") == _header(third, "ETag") is not None
        assert _header(second, "ETag") is None
        assert engine.runs == 1

    run(scenario)


def test_a_client_that_has_it_runs_nothing(run: Any) -> None:
    """A tag brings 304 though nothing is kept any more, as long as the data is the same."""

    async def scenario(engine: Engine, kept: KeptAnswers, cache: Cache) -> None:
        tag = _header(await kept.answer(_request(), ASKED), "ETag")
        forgetful = KeptAnswers(engine, Cache(Path(), 0))
        told = await forgetful.answer(_request(if_none_match=f'"x", {tag}'), ASKED)
        assert (told.status, told.body, engine.runs) == (304, b"", 1)
        other = await forgetful.answer(_request(if_none_match=tag), replace(ASKED, coding="gzip"))
        assert other.status == 200
        engine.served = "two"
        changed = await forgetful.answer(_request(if_none_match=tag), ASKED)
        assert (changed.status, changed.body) == (200, b"two 3")
        assert _header(changed, "ETag") != tag

    run(scenario)


def test_an_answer_is_filed_under_what_gave_it(run: Any) -> None:
    """Where the data is swapped between question and answer, the answer has the tag of the new data."""

    async def scenario(engine: Engine, kept: KeptAnswers, cache: Cache) -> None:
        engine.swap = "two"
        first = await kept.answer(_request(), ASKED)
        cache.settle()
        assert (first.body, _header(first, "Parley-Data-Version")) == (b"two 1", "two")
        again = await kept.answer(_request(), ASKED)
        assert (again.body, _header(again, "ETag")) == (b"two 1", _header(first, "ETag"))
        engine.served, engine.swap = "one", ""
        back = await kept.answer(_request(), ASKED)
        assert (back.body, _header(back, "Parley-Data-Version")) == (b"one 2", "one")
        assert _header(back, "ETag") != _header(first, "ETag")

    run(scenario)


def test_what_differs_each_time_runs_each_time(run: Any) -> None:
    """NOW and its like are never kept, never tagged and never shared; nor are very long texts."""

    async def scenario(engine: Engine, kept: KeptAnswers, cache: Cache) -> None:
        long = replace(ASKED, text=ASKED.text + " " * 2**16)
        for runs, question in enumerate((NOW, NOW, long, long), 1):
            answer = await kept.answer(_request(if_none_match="*"), question)
            assert (answer.status, _header(answer, "Cache-Control")) == (200, "no-store")
            assert (_header(answer, "ETag"), _header(answer, "Parley-Cache")) == (None, "unfit")
            assert engine.runs == runs
        cache.settle()
        assert cache.usage().answers == 0

    run(scenario)


def test_many_at_a_time_run_once(run: Any) -> None:
    """A hundred who ask at one time cost one run; one whose share is used up does not stop the others."""

    async def scenario(engine: Engine, kept: KeptAnswers, cache: Cache) -> None:
        engine.gate.clear()
        engine.busy = True
        asking = [asyncio.create_task(kept.answer(_request(), ASKED)) for _ in range(100)]
        while not engine.runs:
            await asyncio.sleep(0)
        engine.gate.set()
        given = await asyncio.gather(*asking, return_exceptions=True)
        assert [type(answer) for answer in given] == [Busy, *[HttpAnswer] * 99]
        assert engine.runs == 2

    run(scenario)


def test_every_file_is_closed_once(run: Any, tmp_path: Path) -> None:
    """Bodies in files: each who asks has one to close, the cache has read its own, and none is left."""

    async def scenario(engine: Engine, kept: KeptAnswers, cache: Cache) -> None:
        await kept.answer(_request(), NOW)
        engine.spool = tmp_path / "spooled"
        cache.put(b"k" * 18, (await kept.ask(replace(ASKED, text="ASK {}"))).answer)  # opens what stays open
        cache.settle()
        before = _files()
        given = await asyncio.gather(*(kept.answer(_request(), ASKED) for _ in range(5)))
        told = await kept.answer(_request(if_none_match="*"), replace(ASKED, coding="br"))
        assert told.status == 304
        bodies = [answer.body for answer in given if isinstance(answer.body, Spooled)]
        assert len({body.descriptor for body in bodies}) == 5
        assert {os.pread(body.descriptor, 99, 0)[:4] for body in bodies} == {b"one "}
        for body in bodies:
            os.close(body.descriptor)
        cache.settle()
        assert _files() == before
        hit = await kept.answer(_request(), ASKED)
        assert hit.body == b"one 3"

    run(scenario)
