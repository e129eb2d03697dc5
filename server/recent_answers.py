"""Small answers that were kept and given lately, found by the request itself, before anybody reads it.

They stand in one worker's memory, in front of the cache that all share: a request that comes again and again
is neither parsed nor judged again, and its answer not put together again.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from server import observation
from server.engine.contract import EngineLost
from server.messages import HttpAnswer, HttpRequest
from server.notes import Notes, again, noted

_MOST = 512  # answers
_LARGEST = 2**14  # bytes of the body of one
_LONGEST = 2**12  # characters of the address of one
_CONDITIONS = ("if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "range")


class RecentAnswers:
    """Those of one worker; `version` says what is served now, or raises EngineLost."""

    def __init__(self, version: Callable[[], str]) -> None:
        self._version = version
        self._told: OrderedDict[Hashable, tuple[HttpAnswer, Notes]] = OrderedDict()
        self._documents: OrderedDict[Hashable, tuple[HttpAnswer, Notes]] = OrderedDict()

    def find(self, request: HttpRequest) -> HttpAnswer | None:
        """The answer to the same request over the same data, if known; it counts as a hit of the cache."""
        try:
            this = _key(request, self._version())
        except EngineLost:
            return None
        told = self._told if this in self._told else self._documents
        found = told.get(this)
        if found is None:
            return None
        told.move_to_end(this)
        answer, notes = found
        again(notes)
        observation.observe_cache(notes.cache)
        return answer

    def keep(self, request: HttpRequest, answer: HttpAnswer) -> None:
        """Remember an answer, if it is small and came from the cache: such a one is asked for often."""
        notes = noted()
        if answer.status != 200 or notes is None or notes.cache != "hit":
            return
        _put(self._told, _key(request, notes.version), answer, notes)  # and not over what is served by now

    def keep_document(self, request: HttpRequest, answer: HttpAnswer, version: str) -> None:
        """Remember a document about a thing, apart from answers to queries, which it is not to drive out."""
        _put(self._documents, _key(request, version), answer, Notes("", version=version, cache="hit"))


def _put(
    told: OrderedDict[Hashable, tuple[HttpAnswer, Notes]], this: Hashable, answer: HttpAnswer, notes: Notes
) -> None:
    if this and isinstance(answer.body, bytes) and len(answer.body) <= _LARGEST:
        told[this] = answer, notes
        if len(told) > _MOST:
            told.popitem(last=False)


def _key(request: HttpRequest, version: str) -> Hashable:
    """All that decides the answer to a request that has no body; None where others decide too."""
    header = request.header
    if request.method not in ("GET", "HEAD") or any(header(name) is not None for name in _CONDITIONS):
        return None
    told = (request.method, request.url, request.query, header("accept"), header("accept-encoding"))
    return (version, *told) if sum(len(text or "") for text in told) <= _LONGEST else None
