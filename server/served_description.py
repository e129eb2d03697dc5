"""What the service description says of the data: their graphs are counted once for each version."""

import pyoxigraph as ox

from server.engine.contract import Answer, Limits, Question, Row, Term, rows
from server.engine.following import FollowingEngine
from server.page_engine import whole
from server.protocol.service_description import Described
from server.settings import Settings
from server.stores import Served

_BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_OF_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


class Description:
    """That of one worker."""

    def __init__(self, engine: FollowingEngine, store: Served, settings: Settings) -> None:
        self._engine, self._store, self._settings = engine, store, settings
        self._known: Described | None = None

    async def described(self) -> Described:
        """The description of what is served now. Raises what the engine raises."""
        if self._known is None or self._known.version != self._engine.version():
            self._known = await self._counted()
        return self._known

    async def _counted(self) -> Described:
        query = self._settings.query
        limits = Limits(query.timeout, query.rows, query.size, query.memory)
        by_graph, version = await self._rows(Question(_BY_GRAPH, limits=limits))
        of_default, _ = await self._rows(Question(_OF_DEFAULT, limits=limits))
        base = self._store.generation(version).base
        return Described(
            writable=self._store.writable and self._settings.update.secret() is not None,
            union_default=self._store.union,
            graphs={name.value: _number(row["n"]) for row in by_graph if (name := _named(row))},
            default_triples=_number(of_default[0]["n"]),
            federation=bool(self._settings.federation.allow),
            version=version,
            limits=limits,
            uri_space=f"{base.iri}id/" if self._store.union else "",
        )

    async def _rows(self, question: Question) -> tuple[list[Row], str]:
        reply, version = await self._engine.ask(question)
        return list(rows(Answer(whole(reply.body), reply.format, version))), version


def _named(row: Row) -> ox.NamedNode | None:
    """The graph of a row: none in the row that a count of nothing gives, or where a blank node names it."""
    name = row.get("g")
    return name if isinstance(name, ox.NamedNode) else None


def _number(term: Term) -> int:
    return int(term.value) if isinstance(term, ox.Literal) else 0
