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


class RecentAnswers:
    """Those of one worker; `version` says what is served now, or raises EngineLost."""

    def __init__(self, version: Callable[[], str]) -> None:
        self._version = version
        self._told: OrderedDict[Hashable, tuple[HttpAnswer, Notes]] = OrderedDict()

    def find(self, request: HttpRequest) -> HttpAnswer | None:
        """The answer to the same request over the same data, if known; it counts as a hit of the cache."""
        try:
            this = _key(request, self._version())
        except EngineLost:
            return None
        found = self._told.get(this)
        if found is None:
            return None
        self._told.move_to_end(this)
        answer, notes = found
        again(notes)
        observation.observe_cache(notes.cache)
        return answer

    def keep(self, request: HttpRequest, answer: HttpAnswer) -> None:
        """Remember an answer, if it is small and came from the cache: such a one is asked for often."""
        notes = noted()
        if answer.status != 200 or notes is None or notes.cache != "hit":
            return
        this = _key(request, notes.version)  # and not over what is served by now
        if this and isinstance(answer.body, bytes) and len(answer.body) <= _LARGEST:
            self._told[this] = answer, notes
            if len(self._told) > _MOST:
                self._told.popitem(last=False)


def _key(request: HttpRequest, version: str) -> Hashable:
    """All that decides the answer to a request that has no body; None where others decide too."""
    header = request.header
    if request.method not in ("GET", "HEAD") or header("if-none-match") is not None:
        return None
    told = (request.method, request.url, request.query, header("accept"), header("accept-encoding"))
    return (version, *told) if sum(len(text or "") for text in told) <= _LONGEST else None
