"""/sparql for programs: a whole request becomes a question to the engine, its reply an answer.

What a person sees in a browser is a page (server.sparql); None says that this is what the request is after.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from kg.errors import ParleyError
from server import observation
from server.access import Access
from server.cache.keys import digest
from server.code_version import code_version
from server.engine.changes import Change, Outcome, Update, sources
from server.engine.contract import Limits, Question, ServiceFailed
from server.engine.documents import Document
from server.engine.following import FollowingEngine
from server.federation.service import Federation
from server.forwarding import counted
from server.kept_answers import KeptAnswers
from server.messages import HttpAnswer, HttpRequest
from server.notes import note
from server.problems import Problem, is_for_a_page
from server.protocol import codings, conditions, formats, graph_store
from server.protocol.operation import Operation, not_a_query, operation, options
from server.protocol.service_description import Described, describe
from server.settings import Settings


@dataclass(frozen=True)
class SparqlService:
    """The endpoints of one worker.

    `access` says whether the store may be changed, and by whom; `described` tells what is served now.
    """

    engine: FollowingEngine
    answers: KeptAnswers
    federation: Federation
    settings: Settings
    access: Access
    described: Callable[[], Awaitable[Described]]

    async def sparql(self, request: HttpRequest) -> HttpAnswer | None:
        """The answer to a request to /sparql, None for a page. Raises Problem, ParleyError."""
        if request.method == "OPTIONS":
            return options(self.access.writable)
        try:
            asked = operation(request)
            if formats.is_for_a_page(asked, request.header("accept")):
                return None
        except Problem:
            if is_for_a_page(request.header("accept")):
                return None  # which says the same
            raise
        if asked.kind == "description":
            return await self._description(request, asked)
        if asked.kind == "update":
            return await self._update(request, asked)
        return await self._query(request, asked)

    async def graphs(self, request: HttpRequest) -> HttpAnswer:
        """The answer to a request to /graph-store or below it. Raises Problem, ParleyError."""
        if request.method == "OPTIONS":
            return graph_store.options(request, self.access.writable)
        asked = graph_store.graph_operation(request)
        if asked.kind in ("get", "head"):
            return await self._graph(request, asked)
        self._permit(request)
        if asked.idle:
            return HttpAnswer(204)
        return graph_store.written(asked, (await self._change(asked.change))[0])

    async def _query(self, request: HttpRequest, asked: Operation) -> HttpAnswer | None:
        wanted = formats.for_query(asked.form, asked.format, request.header("accept"))
        if wanted is None:
            return None
        if asked.form == "update":
            raise not_a_query(self.access.writable)
        return await self._answered(
            request,
            Question(
                text=asked.text,
                formats=wanted,
                dataset=asked.dataset,
                base=asked.base,
                limits=self._limits(asked.timeout),
                partial=asked.partial,
                coding=_coding(request),
                client=counted(request.client),
            ),
        )

    async def _answered(self, request: HttpRequest, question: Question) -> HttpAnswer:
        note(query=question.text)
        return codings.packed(await self.answers.answer(request, question), request.header("accept-encoding"))

    async def _graph(self, request: HttpRequest, asked: graph_store.GraphOperation) -> HttpAnswer:
        """The triples of a graph. Raises Problem 404 where it is not there."""
        syntax = formats.for_graph(asked.format, request.header("accept"))
        question = Question(asked.there, limits=self._limits(None), client=counted(request.client))
        there = await self.answers.ask(question)
        if there.answer.body != _YES:
            raise graph_store.missing(asked)
        formatted = replace(question.formats, graphs=syntax)
        content = replace(question, text=asked.content, formats=formatted, coding=_coding(request))
        return await self._answered(request, content)

    async def _update(self, request: HttpRequest, asked: Operation) -> HttpAnswer:
        self._permit(request)
        change = Update(asked.text, asked.dataset, asked.base)
        loads = [(source, await self._fetched(source.iri, source.silent)) for source in sources(change)]
        fetched = tuple(document for _, document in loads if document)
        _, version = await self._change(replace(change, fetched=fetched))
        return HttpAnswer(204, (("Parley-Data-Version", version),))

    async def _fetched(self, iri: str, silent: bool) -> Document | None:
        try:
            return await self.federation.fetch(iri)
        except ServiceFailed:
            if silent:
                return None
            raise

    async def _change(self, change: Change) -> tuple[Outcome, str]:
        try:
            changed = await self.engine.change(change, self.settings.update.timeout)
        except ParleyError:
            observation.observe_update("failed")
            raise
        observation.observe_update("done")
        return changed

    def _permit(self, request: HttpRequest) -> None:
        try:
            self.access.permit(request)
        except (Problem, ParleyError):
            observation.observe_update("refused")
            raise

    def _limits(self, timeout: float | None) -> Limits:
        most = self.settings.query
        seconds = min(timeout or most.timeout, most.timeout_cap)
        return Limits(seconds, most.rows, most.size, most.memory)

    async def _description(self, request: HttpRequest, asked: Operation) -> HttpAnswer | None:
        syntax = formats.for_description(asked.format, request.header("accept"))
        if syntax is None:
            return None
        now = await self.described()
        told_apart = (code_version(), now.version, request.url, syntax.name, _coding(request))
        tag = conditions.tag(digest(told_apart), weak=True)
        headers = (
            ("Content-Type", syntax.content_type),
            *conditions.headers(tag, now.version, request.method),
        )
        told = conditions.unchanged(request, tag, now.version, ran=True)
        whole = HttpAnswer(200, headers, describe(request.url, now, syntax))
        return told or codings.packed(whole, request.header("accept-encoding"))


_YES = b'{"head":{},"boolean":true}'


def _coding(request: HttpRequest) -> str:
    chosen = codings.choose(request.header("accept-encoding"))
    if chosen is None:
        raise codings.nothing_fits()
    return chosen
