"""The engine for pages: they wait in threads while processes answer in the worker's event loop."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from flask import has_request_context, request

from kg.store import Generation
from server.engine.contract import Answer, Limits, Question
from server.engine.following import FollowingEngine
from server.forwarding import counted
from server.messages import Spooled


class PageEngine:
    """Asks for the pages of one worker; `loop` is where the worker's own engine lives."""

    def __init__(
        self,
        generation: Callable[[str], Generation],
        following: FollowingEngine,
        loop: asyncio.AbstractEventLoop,
        limits: Limits,
    ) -> None:
        self._following, self._loop, self._limits = following, loop, limits
        self._described = lru_cache(maxsize=4)(generation)

    def generation(self) -> Generation:
        """The generation that is served now. Raises NothingBuilt."""
        return self._described(self._following.version())

    def ask(self, question: Question) -> Answer:
        """Run a query. Raises what the processes raise, NothingBuilt."""
        asked = replace(question, limits=self._limits, client=question.client or _client())
        coming = asyncio.run_coroutine_threadsafe(self._following.ask(asked), self._loop)
        reply, version = coming.result()
        return Answer(whole(reply.body), reply.format, version, reply.rows, reply.cut)


def _client() -> str:
    return counted(request.remote_addr or "") if has_request_context() else ""


def whole(body: bytes | Spooled) -> bytes:
    """The body of a reply as bytes; its file is closed."""
    if isinstance(body, bytes):
        return body
    with os.fdopen(body.descriptor, "rb") as file:
        file.seek(0)
        return file.read()
