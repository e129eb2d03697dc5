"""An engine in this process, for commands and tests: no limit holds, since nothing could stop a query."""

import threading
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store import DataFolder, Generation
from kg.vocab import PREFIXES
from server.engine.contract import Answer, Question
from server.engine.evaluate import evaluate, serialized


@dataclass(frozen=True)
class _Opened:
    generation: Generation
    store: ox.Store


class StoreEngine:
    """Follows the data folder; a query that runs keeps its generation."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def generation(self) -> Generation:
        """The generation that is served now. Raises NothingBuilt."""
        return self._current().generation

    def ask(self, question: Question) -> Answer:
        """Run a query. Raises QuerySyntaxError, ServiceRefused, QueryError, NothingBuilt."""
        opened = self._current()
        formats, base = question.formats, opened.generation.base
        found = evaluate(opened.store, question.text, question.dataset, question.base, question.tables)
        prefixes = PREFIXES | {"graph": f"{base.iri}graph/"}
        body = serialized(found, formats.results.writer, formats.graphs.writer, prefixes)
        is_graph = isinstance(found, ox.QueryTriples)
        return Answer(body, formats.graphs if is_graph else formats.results, opened.generation.version)

    def _current(self) -> _Opened:
        """The open store of the current generation; reopened where the pointer has moved."""
        opened = self._opened
        if opened and self._folder.is_current(opened.generation.version):
            return opened
        with self._lock:
            present = self._folder.current()
            if self._opened is None or self._opened.generation.version != present.version:
                self._opened = _Opened(present, present.open())
            return self._opened
