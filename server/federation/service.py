"""What the server calls: queries with their SERVICE resolved, documents that an update loads."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from server.engine.contract import Busy, DeadlinePassed, Question, ServiceFailed, ServiceRefused
from server.engine.documents import GRAPH_FORMATS, Document
from server.engine.foreign import Told
from server.federation.answers import ACCEPT, MEDIA_TYPES, solutions
from server.federation.calls import refuse
from server.federation.guard import Guard, Request
from server.federation.plan import Errand, NotListed, errands, nothing, rewritten
from server.federation.policy import Policy
from server.observation import observe_call
from server.query_text import read

Result = TypeVar("Result")
_DOCUMENTS = Request(
    accept=", ".join(row.media_type for row in GRAPH_FORMATS),
    accepts=frozenset(row.media_type for row in GRAPH_FORMATS),
)
LONGEST = 32_768  # characters of a query with calls: to find them takes time of a process that many share
_RETRY = 2  # seconds
_YOURSELF = "Ask the other endpoint yourself, or run this part there"


class Federation:
    """Calls other servers for the queries and updates of one process, on one event loop."""

    def __init__(self, policy: Policy, guard: Guard) -> None:
        self._policy, self._guard = policy, guard
        self._waiting: Counter[str] = Counter()

    async def resolve(self, question: Question) -> Question:
        """The question without SERVICE: what the endpoints answered stands in its text and tables.

        The time that this takes counts against the question's. A call that may fail in silence gives one
        solution that binds nothing where it does; one that is not allowed never does so. A text longer than
        LONGEST stays as it is; whoever evaluates it refuses its calls, and `reason` says why.
        Raises ServiceRefused, ServiceFailed, DeadlinePassed, Busy, TooNested, QuerySyntaxError, QueryError.
        """
        if not self._policy.allow:
            return question  # the query process refuses every call, and has more time to look for one
        if len(question.text) > LONGEST or "service" not in question.text.lower():
            return question
        told = await asyncio.to_thread(read, question.text)
        if told.service_at is None:
            return question
        if told.form == "update":
            observe_call("not-plain", 0)
            refuse(question.text, told.service_at, "SERVICE works in queries, not in updates", _YOURSELF)
        limits, clock = question.limits, asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(limits.seconds):
                with self._place(question.client), _refusals():
                    plan = await asyncio.to_thread(errands, question, self._policy)
                    answers = await _together([self._told(errand) for errand in plan])
        except TimeoutError:
            raise DeadlinePassed(
                f"the query was ended after {limits.seconds:g} s, while other endpoints were to answer",
                mend="Ask for less in SERVICE, or with a longer timeout",
            ) from None
        text, tables = rewritten(question.text, list(zip(plan, answers, strict=True)))
        left = replace(limits, seconds=max(limits.seconds - (clock() - started), 0.001))
        return replace(question, text=text, tables=tables, limits=left)

    def reason(self, question: Question, refused: ServiceRefused) -> ServiceRefused:
        """What to tell of a query whose calls nobody resolved: its length, where that was why."""
        if not self._policy.allow or len(question.text) <= LONGEST:
            return refused
        observe_call("not-plain", 0)
        what = f"a query with SERVICE has at most {LONGEST:,} characters, and this one {len(question.text):,}"
        return ServiceRefused(what, refused.line, refused.column, "Ask for less in one query")

    async def fetch(self, iri: str) -> Document | None:
        """The document that a LOAD names; None where its IRI is not on the list. Raises ServiceFailed."""
        allowed = self._policy.allowed(iri)
        if allowed is None:
            observe_call("not-listed", 0)
            return None
        with _counted():
            reply = await self._guard.send(allowed, _DOCUMENTS, self._policy.seconds, self._policy.size)
        return Document(reply.media_type, reply.body, iri)

    async def close(self) -> None:
        """Close all connections."""
        await self._guard.close()

    @contextmanager
    def _place(self, client: str) -> Iterator[None]:
        """Room for one more query of this client. Raises Busy."""
        if self._waiting[client] >= self._policy.queries:
            what = f"{self._policy.queries} of your queries wait for other endpoints already"
            raise Busy(what, _RETRY, own=True)
        self._waiting[client] += 1
        try:
            yield
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]

    async def _told(self, errand: Errand) -> Told:
        try:
            return await self._asked(errand)
        except ServiceFailed:
            if errand.call.silent:
                return nothing(errand)
            raise

    async def _asked(self, errand: Errand) -> Told:
        form = urlencode({"query": errand.query}).encode()
        request = Request(ACCEPT, MEDIA_TYPES, form)
        policy, to = self._policy, errand.endpoint
        with _counted():
            reply = await self._guard.send(to, request, policy.seconds, policy.size)
            rows = policy.rows
            told = await asyncio.to_thread(solutions, reply.body, reply.media_type, errand.variables, rows)
            if isinstance(told, str):
                raise ServiceFailed(told, f"<{to.iri}>")
        return told


@contextmanager
def _counted() -> Iterator[None]:
    """Count the call in this block, and the time that it takes."""
    clock = asyncio.get_running_loop().time
    began, outcome = clock(), "given-up"  # by a client that leaves, a deadline, or another call that failed
    try:
        yield
        outcome = "answered"
    except ServiceFailed as failed:
        outcome = failed.kind
        raise
    finally:
        observe_call(outcome, clock() - began)


@contextmanager
def _refusals() -> Iterator[None]:
    """Count what is refused in this block before anybody is called."""
    try:
        yield
    except ServiceRefused as refused:
        observe_call("not-listed" if isinstance(refused, NotListed) else "not-plain", 0)
        raise


async def _together(coroutines: Sequence[Coroutine[Any, Any, Result]]) -> list[Result]:
    """All results; the first failure ends the rest."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(coroutine) for coroutine in coroutines]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]
