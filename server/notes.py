"""What becomes known of a request while it is answered, for its log lines, figures and problem report.

    notes = begin("7f3a")                            # once, where the request comes in
    note(query="ASK {}", outcome="whole", rows=1)    # wherever it becomes known
    request_id()                                     # "7f3a"

One request is one task, and its threads have a copy of that task's context: nothing has to be handed on.
"""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from server.logs import Facts


@dataclass
class Notes:
    """Filled in as the request goes on, so not frozen; `query` stays None where none was asked."""

    id: str
    began: float = field(default_factory=time.monotonic)
    query: str | None = None
    version: str = ""
    cache: str = ""
    rows: int | None = None
    outcome: str = ""

    def facts(self) -> Facts:
        """All of it, at the end of the request."""
        seconds = time.monotonic() - self.began
        return Facts(seconds, self.version, self.cache, self.rows, self.outcome)


_NOTES: ContextVar[Notes | None] = ContextVar("notes", default=None)


def begin(id: str) -> Notes:
    """Notes of a new request, which those that are made in this context go into."""
    notes = Notes(id)
    _NOTES.set(notes)
    return notes


def note(
    *,
    query: str | None = None,
    version: str | None = None,
    cache: str | None = None,
    rows: int | None = None,
    outcome: str | None = None,
) -> None:
    """Write down what is known by now; `cache` and `outcome` are those of `server.logs.Facts`."""
    notes = _NOTES.get()
    if notes is None:
        return
    notes.query = notes.query if query is None else query
    notes.version = notes.version if version is None else version
    notes.cache = notes.cache if cache is None else cache
    notes.rows = notes.rows if rows is None else rows
    notes.outcome = notes.outcome if outcome is None else outcome


def noted() -> Notes | None:
    """What is known by now; None outside of a request."""
    return _NOTES.get()


def again(before: Notes) -> None:
    """Write down what was known of a request that had the same answer."""
    note(
        query=before.query,
        version=before.version,
        cache=before.cache,
        rows=before.rows,
        outcome=before.outcome,
    )


def request_id() -> str:
    """The name of the request that is answered now; empty outside of one."""
    notes = _NOTES.get()
    return notes.id if notes else ""
