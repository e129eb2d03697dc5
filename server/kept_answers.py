"""Queries answered from what is kept, and by the engine where nothing is; what it answers is kept.

What a client has already it is told so, before anything runs; what many ask at a time runs once. An answer is
filed under the version of the data that gave it, whichever was served when the question came.
"""

import os
from dataclasses import dataclass
from typing import Protocol

from server.cache import Cache, Cached, key
from server.engine.contract import AnyFormat, Busy, Question
from server.messages import Headers, HttpAnswer, HttpRequest, Spooled
from server.notes import note
from server.observation import observe_cache
from server.protocol import conditions
from server.protocol.codings import IDENTITY
from server.single_flight import SingleFlight

_Ran = tuple[Cached, bytes]  # an answer that a query gave, and its key
_LONGEST = 2**16  # characters of a query whose answer may be kept: others come once, and take long to look at


class Reply(Protocol):
    """An answer as the engine gives it; whoever takes it closes its file."""

    @property
    def body(self) -> bytes | Spooled: ...
    @property
    def format(self) -> AnyFormat: ...
    @property
    def rows(self) -> int | None: ...
    @property
    def cut(self) -> str | None: ...
    @property
    def coding(self) -> str: ...
    @property
    def cost(self) -> float: ...


class Asked(Protocol):
    """The engine of a worker."""

    def version(self) -> str:
        """What is served now. Raises EngineLost."""

    async def ask(self, question: Question) -> tuple[Reply, str]:
        """The answer, and the version that gave it. Raises the errors of the contract."""


@dataclass(frozen=True)
class Given:
    """An answer with its tag, None where it holds for no other moment.

    `source` is hit or miss, or unfit for what is never kept.
    """

    answer: Cached
    tag: str | None
    source: str


class KeptAnswers:
    """The engine of one worker with a memory; `held` as in `server.cache.key`."""

    def __init__(self, engine: Asked, cache: Cache, held: str = "") -> None:
        self._engine, self._cache, self._held = engine, cache, held
        self._flights = SingleFlight[_Ran](
            lambda ran: (ran[0].with_own_file(), ran[1]), lambda ran: _close(ran[0]), personal=(Busy,)
        )

    async def answer(self, request: HttpRequest, question: Question) -> HttpAnswer:
        """The answer to a request that asks this, or 304. Raises the errors of the contract."""
        told = self._known(request, question)
        if told:
            return told
        given = await self.ask(question)
        found = given.answer
        note(outcome="cut" if found.cut else "whole", rows=found.rows, version=found.version)
        told = conditions.unchanged(request, given.tag, found.version, ran=True)
        if told:
            _close(found)
            return told
        return HttpAnswer(200, _headers(request, given), found.body)

    async def ask(self, question: Question) -> Given:
        """The answer; a file of its body is the caller's. Raises the errors of the contract."""
        if not _fit(question):
            _looked("unfit")
            return Given(_cached(*await self._engine.ask(question)), None, "unfit")
        version = self._engine.version()
        this = key(version, question, self._held)
        found = self._cache.get(this)
        if found is not None:
            _looked("hit")
            return Given(found, conditions.tag_of_query(this, question.text), "hit")
        _looked("miss")
        ran, given = await self._flights.run(
            (this, question.limits.seconds), lambda: self._run_and_keep(question, version, this)
        )
        return Given(ran, conditions.tag_of_query(given, question.text), "miss")

    def _known(self, request: HttpRequest, question: Question) -> HttpAnswer | None:
        """304 where the client has the answer over what is served now."""
        if request.header("if-none-match") is None or not _fit(question):
            return None
        version = self._engine.version()
        tag = conditions.tag_of_query(key(version, question, self._held), question.text)
        told = conditions.unchanged(request, tag, version)
        if told:
            _looked("hit")
            note(version=version, outcome="unchanged")
        return told

    async def _run_and_keep(self, question: Question, version: str, this: bytes) -> _Ran:
        """`this` is the key over the version that was served when the question came."""
        reply, now = await self._engine.ask(question)
        ran = _cached(reply, now)
        given = this if now == version else key(now, question, self._held)
        self._cache.put(given, ran, reply.cost)
        return ran, given


def _fit(question: Question) -> bool:
    return len(question.text) <= _LONGEST and conditions.repeats(question.text)


def _cached(reply: Reply, version: str) -> Cached:
    kind = reply.format.content_type
    return Cached(kind, reply.coding, version, reply.body, reply.rows, reply.cut)


def _looked(source: str) -> None:
    observe_cache(source)
    note(cache=source if source != "unfit" else "")


def _close(answer: Cached) -> None:
    if isinstance(answer.body, Spooled):
        os.close(answer.body.descriptor)


def _headers(request: HttpRequest, given: Given) -> Headers:
    found = given.answer
    coding = (("Content-Encoding", found.coding),) if found.coding != IDENTITY else ()
    cut = (("Parley-Cut", found.cut),) if found.cut else ()
    return (
        ("Content-Type", found.content_type),
        *conditions.headers(given.tag, found.version, request.method),
        ("Parley-Cache", given.source),
        *coding,
        *cut,
    )
