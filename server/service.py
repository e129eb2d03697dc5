"""/sparql for programs: a whole request becomes a question to the engine, its reply an answer.

What a person sees in a browser is a page (server.sparql); None says that this is what the request is after.
"""

from collections.abc import Callable
from dataclasses import dataclass

from server.engine.contract import Limits, Question
from server.engine.following import FollowingEngine
from server.engine.query_process import Reply
from server.forwarding import counted
from server.messages import Headers, HttpAnswer, HttpRequest
from server.notes import note
from server.problems import Problem
from server.protocol import codings, formats
from server.protocol.operation import Operation, operation, options, refuse_update
from server.protocol.query_form import query_form
from server.protocol.service_description import Described, describe
from server.settings import Query


@dataclass(frozen=True)
class SparqlService:
    """The endpoint of one worker; `described` says what is served at the moment."""

    engine: FollowingEngine
    limits: Query
    described: Callable[[], Described]

    async def answer(self, request: HttpRequest) -> HttpAnswer | None:
        """The answer, or None for a page. Raises Problem and what the engine raises."""
        if request.method == "OPTIONS":
            return options(writable=False)
        asked = operation(request)
        if asked.kind == "description":
            return self._description(request, asked)
        form = query_form(asked.text)
        if asked.kind == "update" or form == "update":
            raise refuse_update()
        return await self._query(request, asked, form)

    async def _query(self, request: HttpRequest, asked: Operation, form: str) -> HttpAnswer | None:
        wanted = formats.for_query(form, asked.format, request.header("accept"))
        if wanted is None:
            return None
        question = Question(
            text=asked.text,
            formats=wanted,
            dataset=asked.dataset,
            base=asked.base,
            limits=self._limits(asked),
            partial=asked.partial,
            coding=_coding(request),
            client=counted(request.client),
        )
        note(query=asked.text)
        reply, version = await self.engine.ask(question)
        note(outcome="cut" if reply.cut else "whole", rows=reply.rows, version=version)
        return HttpAnswer(200, _headers(reply, version), reply.body)

    def _limits(self, asked: Operation) -> Limits:
        most = self.limits
        seconds = min(asked.timeout or most.timeout, most.timeout_cap)
        return Limits(seconds, most.rows, most.size, most.memory)

    def _description(self, request: HttpRequest, asked: Operation) -> HttpAnswer | None:
        syntax = formats.for_description(asked.format, request.header("accept"))
        if syntax is None:
            return None
        now = self.described()
        headers = (
            ("Content-Type", syntax.content_type),
            ("Vary", "Accept"),
            ("Parley-Data-Version", now.version),
        )
        return HttpAnswer(200, headers, describe(request.url, now, syntax))


def _coding(request: HttpRequest) -> str:
    chosen = codings.choose(request.header("accept-encoding"))
    if chosen is None:
        raise Problem(406, "Nothing here fits the Accept-Encoding header, which refuses identity too.")
    return chosen


def _headers(reply: Reply, version: str) -> Headers:
    cut = (("Parley-Cut", reply.cut),) if reply.cut else ()
    coding = (("Content-Encoding", reply.coding),) if reply.coding != codings.IDENTITY else ()
    return (
        ("Content-Type", reply.format.content_type),
        ("Vary", "Accept, Accept-Encoding"),
        ("Parley-Data-Version", version),
        *coding,
        *cut,
    )
