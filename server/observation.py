"""What the processes of a server count, by plain functions that cost a microsecond or two.

    attach(run / observation.FILE)                     # once in each process, before it counts
    observe_request("/sparql", 200, 0.012)             # path, status, seconds
    observe_query("whole", 0.011)                      # a name of OUTCOMES, seconds
    happened("query_processes_started")                # a name of EVENTS
    watch("queries_waiting", lambda: queue.length)     # a name of STATES, asked at `refresh()`

A worker calls `refresh()` every second or so: /metrics is answered by one worker, and shows what the others
wrote last. Labels have few values, all of them known beforehand; what comes from outside never becomes one.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from server.problems import KINDS
from server.shared_counts import SharedCounts

FILE = "counts"  # in the folder of a server that runs

# How a query ends: well, or for one of the kinds of problems.
OUTCOMES = ("whole", "cut", "unchanged", "gone", *KINDS, "other")
ROUTES = {
    "": "start",
    "sparql": "sparql",
    "graph-store": "graph-store",
    "id": "things",
    "page": "things",
    "data": "things",
    "graph": "graphs",
    "ns": "vocabulary",
    "queries": "queries",
    "examples": "queries",
    "completion": "vocabulary",
    "fragments": "fragments",
    "openapi": "openapi",
    **dict.fromkeys(
        ("actors", "formats", "mediators", "corridors", "events", "statements", "reports"), "lists"
    ),
    "dumps": "dumps",
    "quality": "quality",
    "search": "search",
    "suggest": "search",
    "reconcile": "reconciliation",
    "static": "static",
    "assets": "static",
    "health": "health",
    "ready": "ready",
    "metrics": "metrics",
}
_STATUSES = (
    *(
        200,
        201,
        202,
        204,
        206,
        301,
        302,
        303,
        304,
        307,
        308,
        400,
        401,
        403,
        404,
        405,
        406,
        408,
        409,
        411,
        412,
    ),
    *(413, 414, 415, 416, 417, 422, 426, 429, 431, 499, 500, 501, 502, 503, 504, 507),
)
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)  # seconds
# How a call of another endpoint, by SERVICE or LOAD, ends; the last two are made to nobody.
CALLS = ("answered", "no-answer", "unreachable", "late", "too-large", "given-up", "not-listed", "not-plain")
_UPDATES = ("done", "failed", "refused")
_LOOKUPS = ("hit", "miss", "unfit")

EVENTS = {
    "query_processes_started": "Query processes that were started.",
    "query_processes_killed": "Query processes that were ended: at a deadline, or since the client had gone.",
    "nurseries_started": "Processes that hold the graph, started: one a version, and more where they ended.",
    "workers_started": "Processes that speak HTTP, started.",
    "log_lines_lost": "Lines of logs that could not be written.",
}
STATES = {
    "queries_waiting": "Queries that wait for a process.",
    "query_processes_busy": "Query processes that answer.",
    "query_processes_idle": "Query processes that wait for a query.",
    "request_bytes": "Bytes of the bodies of requests that are not answered yet.",
    "cache_bytes": "Bytes of the answers that are kept.",
    "cache_entries": "Answers that are kept.",
}
_SHARED = {"cache_bytes", "cache_entries"}  # every worker states the same number


@dataclass(frozen=True)
class Counter:
    """A number for each combination of label values; `place` is the column of the first."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    place: int

    @property
    def width(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class Histogram:
    """For each value of a label: how many took up to each bound, how many took longer, and the sum."""

    name: str
    meaning: str
    label: str
    values: tuple[str, ...]
    place: int

    @property
    def width(self) -> int:
        return len(self.values) * _EACH

    def buckets(self, row: Sequence[float], at: int) -> tuple[list[tuple[str, float]], float]:
        """Counts up to each bound, and the sum of seconds, for one value of the label."""
        start = self.place + at * _EACH
        counts = accumulate(row[start : start + _EACH - 1])
        return list(zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True)), row[start + _EACH - 1]


_EACH = len(_BOUNDS) + 2  # columns of one value of a histogram: its counts, those above all bounds, the sum
_PATHS = tuple(dict.fromkeys((*ROUTES.values(), "other")))
_PAIRS = tuple((route, str(status)) for route in _PATHS for status in (*_STATUSES, "other"))

REQUESTS = Counter("parley_http_requests", "Requests that were answered.", ("route", "status"), _PAIRS, 0)
REQUEST_SECONDS = Histogram(
    "parley_http_request_seconds", "Time to the whole answer.", "route", _PATHS, REQUESTS.width
)
QUERY_SECONDS = Histogram(
    "parley_query_seconds",
    "Time that queries took, by how they ended.",
    "outcome",
    OUTCOMES,
    REQUEST_SECONDS.place + REQUEST_SECONDS.width,
)
LOOKUPS = Counter(
    "parley_cache_requests",
    "Queries by whether their answer was kept; unfit: it never is.",
    ("result",),
    tuple((value,) for value in _LOOKUPS),
    QUERY_SECONDS.place + QUERY_SECONDS.width,
)
UPDATES = Counter(
    "parley_updates",
    "Updates of a writable store, by how they ended.",
    ("outcome",),
    tuple((value,) for value in _UPDATES),
    LOOKUPS.place + LOOKUPS.width,
)
CALL_SECONDS = Histogram(
    "parley_call_seconds",
    "Time that calls of other endpoints took, by how they ended.",
    "outcome",
    CALLS,
    UPDATES.place + UPDATES.width,
)
_FIRST_EVENT = CALL_SECONDS.place + CALL_SECONDS.width
_FIRST_STATE = _FIRST_EVENT + len(EVENTS)
_COLUMNS = _FIRST_STATE + len(STATES)

_REQUEST_AT = {route: at * (len(_STATUSES) + 1) for at, route in enumerate(_PATHS)}
_STATUS_AT = {status: at for at, status in enumerate(_STATUSES)}
_ROUTE_AT = {route: REQUEST_SECONDS.place + at * _EACH for at, route in enumerate(_PATHS)}
_OUTCOME_AT = {outcome: QUERY_SECONDS.place + at * _EACH for at, outcome in enumerate(OUTCOMES)}
_LOOKUP_AT = {value: LOOKUPS.place + at for at, value in enumerate(_LOOKUPS)}
_UPDATE_AT = {value: UPDATES.place + at for at, value in enumerate(_UPDATES)}
_CALL_AT = {value: CALL_SECONDS.place + at * _EACH for at, value in enumerate(CALLS)}
_EVENT_AT = {name: _FIRST_EVENT + at for at, name in enumerate(EVENTS)}
_STATE_AT = {name: _FIRST_STATE + at for at, name in enumerate(STATES)}

_counts = SharedCounts(_COLUMNS, _FIRST_STATE)
_watched: dict[str, Callable[[], float]] = {}


def attach(path: Path | None) -> None:
    """Count together with all processes that attach to this file; None: alone. What was counted is left."""
    global _counts
    fresh = SharedCounts(_COLUMNS, _FIRST_STATE, path)
    _counts.close()
    _counts = fresh
    _watched.clear()


def route(path: str) -> str:
    """What a path counts as, by its first part."""
    first = path[1:].partition("/")[0]
    return ROUTES.get(first) or ROUTES.get(first.partition(".")[0], "other")


def observe_request(path: str, status: int, seconds: float) -> None:
    """Count an answered request; the path has no prefix of a proxy."""
    counted = route(path)
    place = _ROUTE_AT[counted]
    asked = _REQUEST_AT[counted] + _STATUS_AT.get(status, len(_STATUSES))
    _counts.observe((asked, place + bisect_left(_BOUNDS, seconds)), place + _EACH - 1, seconds)


def observe_query(outcome: str, seconds: float) -> None:
    """Count a query by how it ended, whether it ran, was refused or its answer was kept."""
    place = _OUTCOME_AT.get(outcome, _OUTCOME_AT["other"])
    _counts.observe((place + bisect_left(_BOUNDS, seconds),), place + _EACH - 1, seconds)


def observe_cache(result: str) -> None:
    """Count a look for a kept answer: hit, miss or unfit (an answer that is never kept)."""
    _counts.add(_LOOKUP_AT[result])


def observe_update(outcome: str) -> None:
    """Count an update: done, failed or refused."""
    _counts.add(_UPDATE_AT[outcome])


def observe_call(outcome: str, seconds: float) -> None:
    """Count a call of another endpoint by how it ended, a name of CALLS."""
    place = _CALL_AT[outcome]
    _counts.observe((place + bisect_left(_BOUNDS, seconds),), place + _EACH - 1, seconds)


def happened(event: str, times: int = 1) -> None:
    """Count one of EVENTS."""
    _counts.add(_EVENT_AT[event], times)


def watch(state: str, ask: Callable[[], float]) -> None:
    """Have one of STATES asked at each `refresh`."""
    if state not in STATES:
        raise KeyError(state)
    _watched[state] = ask


def refresh() -> None:
    """Write down what is watched, for all workers to see."""
    for state, ask in _watched.items():
        _counts.put(_STATE_AT[state], ask())


def totals() -> list[float]:
    """The columns of counters and histograms, over all processes there were."""
    return [sum(column) for column in zip(*_counts.rows(), strict=True)]


def events(row: Sequence[float]) -> Iterator[tuple[str, str, float]]:
    """Each event with its meaning and its count in a row of totals."""
    return ((name, meaning, row[_EVENT_AT[name]]) for name, meaning in EVENTS.items())


def states() -> Iterator[tuple[str, str, float]]:
    """Each state with its meaning and its value over the processes that live."""
    rows = _counts.living()
    for name, meaning in STATES.items():
        stated = [row[_STATE_AT[name]] for row in rows]
        yield name, meaning, max(stated) if name in _SHARED else sum(stated)
