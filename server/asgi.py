"""The application that workers run: SPARQL on a short way of its own, everything else by Flask.

ASGI, because a client that goes away is seen, thousands may wait for a query process without a thread each,
and a body that trickles in holds nothing up.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from kg.errors import ParleyError
from server import cross_origin, observation, problems
from server.access import Access
from server.app import create_app
from server.bodies import Bodies, Room
from server.cache import Cache
from server.engine.admission import Room as Places
from server.engine.contract import Limits
from server.engine.following import FollowingEngine
from server.entrance import Entrance, Followed, Visit
from server.exchange import Gone, Receive, Scope, Send, Stalled, Watch, body, replayed, send_answer
from server.federation.guard import Guard
from server.federation.policy import policy
from server.federation.service import Federation
from server.handed_files import Handed
from server.kept_answers import KeptAnswers
from server.messages import HttpAnswer, HttpRequest
from server.monitors import Monitors
from server.notes import note
from server.page_engine import PageEngine
from server.problems import Problem
from server.protocol import graph_store
from server.protocol.operation import READ_ONLY
from server.recent_answers import RecentAnswers
from server.recorded import Recorded
from server.served_description import Description
from server.service import SparqlService
from server.setting_sources import RUN, load
from server.settings import Settings
from server.sources import source
from server.stores import served
from server.warming import Warming

_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")
_THREADS = 64  # for pages
_TURN = 0.0005  # seconds that a thread may keep others waiting: pages and the cache's writer, the event loop
_log = logging.getLogger("parley")
Door = Callable[[HttpRequest], Awaitable[HttpAnswer | None]]


class Application:
    """One worker's application."""

    def __init__(self, settings: Settings, run: Path) -> None:
        self._settings = settings
        pool = settings.pool
        self._bodies = Bodies(settings.request.bodies)
        observation.watch("request_bytes", lambda: self._bodies.held)
        workers = settings.listen.workers
        places = Places(
            pool.places(workers), pool.client_places(workers), pool.queue, pool.client_queue, pool.wait
        )
        self._federation = Federation(policy(settings.federation), Guard())
        self._engine = FollowingEngine(source(settings, run), places, self._federation)
        self._store = served(settings.data)
        query = settings.query
        self._limits = Limits(query.timeout, query.rows, query.size, query.memory)
        self._description = Description(self._engine, self._store, settings)
        self._access = Access(None if self._store.writable else READ_ONLY, settings.update.secret)
        kept = settings.cache
        self._cache = Cache(run / "cache", kept.size, kept.entry, kept.cheap)
        self._recent = RecentAnswers(self._engine.version)
        self._answers = KeptAnswers(self._engine, self._cache, held=str(settings.data.in_memory))
        service = SparqlService(
            engine=self._engine,
            answers=self._answers,
            federation=self._federation,
            settings=settings,
            access=self._access,
            described=self._description.described,
        )
        self._entrance = Entrance(settings)
        self._monitors = Monitors(
            self._engine, self._cache, lru_cache(maxsize=4)(self._store.generation), self._store.writable
        )
        self._doors: dict[str, Door] = {
            "/sparql": service.sparql,
            graph_store.PATH: service.graphs,
            "/health": self._monitors.health,
            "/ready": self._monitors.ready,
            "/metrics": self._monitors.metrics,
        }
        self._names, self._warm = run / "names", run / "warm"
        self._pages: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            with self._bodies.of_one() as room:
                await self._exchange(scope, receive, send, room)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        loop = asyncio.get_running_loop()
        engine = PageEngine(self._store.generation, self._engine, self._answers, loop, self._limits)
        articles, writable = self._settings.data.articles, self._access.writable
        pages = create_app(engine, names=self._names, articles=articles, writable=writable)
        self._pages = WSGIMiddleware(cast(Any, pages), workers=_THREADS)
        reporting = asyncio.create_task(self._monitors.report())
        warming = Warming(pages, engine.generation, self._warm)
        if not self._store.writable:  # its versions come and go
            warming.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._monitors.stopping = True
        warming.end()
        reporting.cancel()
        self._engine.close()
        self._cache.close()
        await self._federation.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _exchange(self, scope: Scope, receive: Receive, send: Send, room: Room) -> None:
        visit = self._entrance.enter(scope)
        request = visit.request
        try:
            answer, content = self._recent.find(request), b""
            if answer is None:
                content = await self._body(request, receive, room)
                whole = replace(request, body=content) if content else request
                answer = await self._watched(whole, receive)
        except Gone:
            self._entrance.gone(visit)
            return
        except Problem as fault:
            content, answer = b"", problems.answer(fault, request.header("accept"))
        if answer is None:
            await self._page(scope, replayed(content, receive), send, visit)
            return
        answer = answer.with_headers(cross_origin.headers(request.method) + visit.headers)
        try:
            await send_answer(answer, request, send, self._settings.listen.stall)
        except Stalled:
            note(outcome="gone")
        finally:
            self._entrance.leave(visit, answer)

    async def _page(self, scope: Scope, receive: Receive, send: Send, visit: Visit) -> None:
        """What Flask answers; a file that it leaves is sent from here."""
        followed = Followed(send, visit)
        handed = Handed(followed, self._settings.listen.stall)
        try:
            recorded = Recorded(handed, visit.request)
            await self._pages({**visit.scope(scope), **handed.scope}, receive, recorded)
            if told := recorded.answer():
                self._recent.keep_document(visit.request, *told)
            await handed.finish(wanted=visit.request.method != "HEAD")
        except Stalled:
            note(outcome="gone")
        finally:
            handed.close()
            self._entrance.leave(visit, followed.answer())

    async def _body(self, request: HttpRequest, receive: Receive, room: Room) -> bytes:
        if request.method in _WITHOUT_BODY:
            return b""
        limits = self._settings.request
        most = limits.update_size if self._access.permits(request) else limits.size
        return await body(receive, request.header("content-length"), most, limits.timeout, room)

    async def _watched(self, request: HttpRequest, receive: Receive) -> HttpAnswer | None:
        """The answer, unless the client goes away first, which ends what runs for it. Raises Gone."""
        task = asyncio.current_task()
        assert task
        watch = Watch(receive, task)
        try:
            return await self._answer(request)
        except asyncio.CancelledError:
            if not watch.noticed:
                raise
            task.uncancel()
            raise Gone from None
        finally:
            watch.end()

    async def _answer(self, request: HttpRequest) -> HttpAnswer | None:
        """The answer to a request that has come whole; None where it is for a page."""
        path = graph_store.PATH if request.path.startswith(f"{graph_store.PATH}/") else request.path
        door = self._doors.get(path)
        if door is None and not request.path.startswith("//"):
            return None
        try:
            if door is None:  # Flask would take //sparql for /sparql, and show the page of that
                raise Problem(404, "There is nothing here: the address begins with two slashes.")
            answer = await door(request)
            if answer:
                self._recent.keep(request, answer)
            return answer
        except ParleyError as error:
            fault = problems.problem(error)
            note(outcome=fault.kind)
            return problems.answer(fault, request.header("accept"))
        except Problem as fault:
            return problems.answer(fault, request.header("accept"))
        except Exception:
            _log.exception("%s %s failed (%s)", request.method, request.path, request.id)
            return problems.answer(Problem(500, problems.UNEXPECTED), request.header("accept"))


def application() -> Application:
    """What a worker runs, with the settings of the environment."""
    sys.setswitchinterval(_TURN)
    run = Path(os.environ[RUN])
    observation.attach(run / observation.FILE)
    observation.happened("workers_started")
    return Application(load(), run)
