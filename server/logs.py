"""What is written down about requests: an access log without anybody's query, and a log of slow queries.

How a server uses it, once a worker and then for each request:

    logs = Logs(settings.log)
    logs.access(request, answer, Facts(seconds=0.012, version="3cab…", cache="miss", rows=7, outcome="whole"))
    logs.slow(request, query, facts)     # writes nothing unless the query was slow

Each line is one JSON object and one write to a file opened for appending, so that lines of several workers
stay whole. A file that was moved or removed is opened anew within a second, and one that is truncated is
written to from its start: `logrotate` needs no signal, with `create` and with `copytruncate`. A line that
cannot be written (the disk is full) is counted as lost and stops nobody.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.forwarding import truncated
from server.messages import HttpAnswer, HttpRequest, Spooled
from server.setting import SettingsError
from server.setting_sections import Log
from server.settings import STDOUT

_LOOKS = 1.0  # seconds between looks at whether the file is still the one of that name
_LONGEST = 300  # characters of a path, of at most 12 bytes: the line stays whole in a pipe too (PIPE_BUF)
_MODE = 0o640  # whom a log is for: the server's user and its group

_CLIENTS: dict[str, Callable[[str], str | None]] = {
    "full": lambda client: client or None,
    "truncated": lambda client: truncated(client) or None,
    "none": lambda client: None,
}


@dataclass(frozen=True)
class Facts:
    """What only the server knows of an answer: seconds from the request to the whole answer, and where from.

    `cache` is hit, miss or nothing, `outcome` a name of `server.observation.OUTCOMES` or nothing where no
    query ran.
    """

    seconds: float
    version: str = ""
    cache: str = ""
    rows: int | None = None
    outcome: str = ""


class LineFile:
    """A file that whole lines are added to, by several processes at once."""

    def __init__(self, path: Path, lost: Callable[[], None] = lambda: None) -> None:
        """Tells `lost` of each line that was not written. Raises SettingsError for what cannot be opened."""
        self._path, self._lost = path, lost
        self._looked = time.monotonic()
        try:
            self._descriptor = self._open()
        except OSError as error:
            raise SettingsError(f"the log cannot be opened: {error.strerror}", str(path)) from None

    def write(self, line: bytes) -> None:
        """Add a line, which ends with a line feed."""
        try:
            if self._path != STDOUT and time.monotonic() - self._looked > _LOOKS:
                self._follow()
            if os.write(self._descriptor, line) != len(line):
                self._lost()
        except OSError:
            self._lost()

    def close(self) -> None:
        """Write no more."""
        if self._path != STDOUT:
            os.close(self._descriptor)

    def _open(self) -> int:
        if self._path == STDOUT:
            return 1
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)

    def _follow(self) -> None:
        """Open the file of that name anew where it is another one now."""
        self._looked = time.monotonic()
        try:
            there, ours = self._path.stat(), os.fstat(self._descriptor)
            moved = (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino)
        except FileNotFoundError:
            moved = True
        if moved:
            fresh = self._open()
            os.close(self._descriptor)
            self._descriptor = fresh


class Logs:
    """The logs that the settings ask for; those that are off cost nothing."""

    def __init__(self, settings: Log, lost: Callable[[], None] = lambda: None) -> None:
        """Raises SettingsError where a file cannot be opened."""
        self._settings = settings
        self._client = _CLIENTS[settings.client]
        self._access = LineFile(settings.access, lost) if settings.access else None
        self._slow = LineFile(settings.slow, lost) if settings.slow else None

    def access(self, request: HttpRequest, answer: HttpAnswer, facts: Facts) -> None:
        """A line on a request that was answered: never its query string, its body or a header."""
        if self._access is None:
            return
        size = answer.body.size if isinstance(answer.body, Spooled) else len(answer.body)
        told = {
            "time": _now(),
            "id": request.id,
            "client": self._client(request.client),
            "method": request.method[:16],
            "path": request.path[:_LONGEST],
            "status": answer.status,
            "bytes": size,
        }
        self._access.write(_line(told | _told(facts)))

    def slow(self, request: HttpRequest, query: str, facts: Facts) -> None:
        """A line on a query that took long, with its text up to the size of the settings."""
        if self._slow is None or facts.seconds < self._settings.slow_after:
            return
        text = query.encode("utf-8", "replace")
        shown = text[: self._settings.slow_text].decode("utf-8", "ignore")
        told = {"time": _now(), "id": request.id} | _told(facts)
        self._slow.write(_line(told | {"query": shown, "query_bytes": len(text)}))

    def close(self) -> None:
        """Write no more."""
        for log in (self._access, self._slow):
            if log:
                log.close()


def _told(facts: Facts) -> dict[str, Any]:
    return {
        "seconds": round(facts.seconds, 6),
        "version": facts.version or None,
        "cache": facts.cache or None,
        "rows": facts.rows,
        "outcome": facts.outcome or None,
    }


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _now() -> str:
    """The time by UTC, as RFC 3339 has it, in milliseconds."""
    now = time.time()
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(now))}.{int(now % 1 * 1000):03d}Z"
