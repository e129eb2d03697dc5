"""The engine for pages: they wait in threads while processes answer in the worker's event loop."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from flask import has_request_context, request

from kg.store import Generation
from server.cache import Cached
from server.engine.contract import Answer, AnyFormat, Limits, Question
from server.engine.following import FollowingEngine
from server.forwarding import counted
from server.kept_answers import KeptAnswers
from server.messages import Spooled


class PageEngine:
    """Asks for the pages of one worker; `loop` is where the worker's own engine lives."""

    def __init__(
        self,
        generation: Callable[[str], Generation],
        following: FollowingEngine,
        answers: KeptAnswers,
        loop: asyncio.AbstractEventLoop,
        limits: Limits,
    ) -> None:
        self._following, self._answers, self._loop, self._limits = following, answers, loop, limits
        self._described = lru_cache(maxsize=4)(generation)

    def generation(self) -> Generation:
        """The generation that is served now. Raises NothingBuilt."""
        return self._described(self._following.version())

    def ask(self, question: Question) -> Answer:
        """Run a query. Raises what the processes raise, NothingBuilt."""
        asked = replace(question, limits=self._limits, client=question.client or _client())
        coming = asyncio.run_coroutine_threadsafe(self._answers.ask(asked), self._loop)
        found = coming.result().answer
        return Answer(whole(found.body), _format(asked, found), found.version, found.rows, found.cut)


def _format(asked: Question, found: Cached) -> AnyFormat:
    formats = asked.formats
    return formats.results if found.content_type == formats.results.content_type else formats.graphs


def _client() -> str:
    return counted(request.remote_addr or "") if has_request_context() else ""


def whole(body: bytes | Spooled) -> bytes:
    """The body of a reply as bytes; its file is closed."""
    if isinstance(body, bytes):
        return body
    with os.fdopen(body.descriptor, "rb") as file:
        file.seek(0)
        return file.read()
