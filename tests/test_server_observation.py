"""Tests of what is counted: over processes that live and that ended, with labels known beforehand."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain

from server import observation, problems
from server.engine.contract import Busy, DeadlinePassed, OutOfMemory
from server.metrics import Graph, metrics

_KINDS = ("share-used", "busy", "deadline-passed", "out-of-memory")
GRAPH = Graph("3cab", 49159, 1_700_000_000.0)


@pytest.fixture(autouse=True)
def counts(tmp_path: Path) -> Iterator[Path]:
    """A file that these tests count in, and afterwards one of this process alone."""
    path = tmp_path / observation.FILE
    observation.attach(path)
    yield path
    observation.attach(None)


def figures(graph: Graph | None = GRAPH) -> dict[str, float]:
    """Everything that Prometheus would read: name and labels → value."""
    return {
        sample.name
        + "".join(f" {label}={text}" for label, text in sorted(sample.labels.items())): sample.value
        for family in plain(_text(metrics(None, graph).body))
        for sample in family.samples
    }


def _text(body: Any) -> str:
    assert isinstance(body, bytes)
    return body.decode()


def _process(path: Path, code: str) -> "subprocess.Popen[str]":
    """Another process that counts in the same file, and lives until its standard input is closed."""
    attached = "import sys, pathlib; from server import observation as o; o.attach(pathlib.Path(sys.argv[1]))"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{attached}\n{code}\nprint(flush=True)\nsys.stdin.read()", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "\n"
    return process


def test_requests_and_queries() -> None:
    """Requests count by route and status, times in the buckets that hold them."""
    observation.observe_request("/sparql", 200, 0.004)
    observation.observe_request("/sparql", 200, 0.4)
    observation.observe_request("/id/state/france", 303, 0.001)
    observation.observe_query("deadline-passed", 200.0)
    found = figures()
    assert found["parley_http_requests_total route=sparql status=200"] == 2
    assert found["parley_http_requests_total route=things status=303"] == 1
    assert found["parley_http_request_seconds_bucket le=0.0025 route=sparql"] == 0
    assert found["parley_http_request_seconds_bucket le=0.005 route=sparql"] == 1
    assert found["parley_http_request_seconds_bucket le=0.5 route=sparql"] == 2
    assert found["parley_http_request_seconds_sum route=sparql"] == pytest.approx(0.404)
    assert found["parley_http_request_seconds_bucket le=0.001 route=things"] == 1
    assert found["parley_query_seconds_bucket le=120 outcome=deadline-passed"] == 0
    assert found["parley_query_seconds_count outcome=deadline-passed"] == 1


def test_no_label_comes_from_outside() -> None:
    """Whatever is asked for, there are no more series than the tables know."""
    for number in range(500):
        observation.observe_request(f"/{number}/../x", 600 + number, 0.1)
        observation.observe_query(f"outcome {number}", 0.1)
    found = figures()
    assert found["parley_http_requests_total route=other status=other"] == 500
    assert found["parley_query_seconds_count outcome=other"] == 500
    assert len(found) < 100


def test_all_processes_count_together(counts: Path) -> None:
    """One process tells the counts of all; those of one that was killed stay, its states do not."""
    other = _process(
        counts,
        "o.observe_cache('hit'); o.happened('nurseries_started')\n"
        "o.watch('queries_waiting', lambda: 5); o.refresh()",
    )
    observation.observe_cache("hit")
    observation.watch("queries_waiting", lambda: 2)
    assert figures()["parley_cache_requests_total result=hit"] == 2
    assert figures()["parley_queries_waiting"] == 7
    other.kill()
    other.wait()
    found = figures()
    assert found["parley_cache_requests_total result=hit"] == 2
    assert found["parley_nurseries_started_total"] == 1
    assert found["parley_queries_waiting"] == 2
    _end(other)


def test_a_row_is_taken_over(counts: Path) -> None:
    """However many processes come and go, the file stays as large, and no count falls."""
    size = counts.stat().st_size
    for _ in range(3):
        _end(_process(counts, "o.happened('workers_started')"))
    assert figures()["parley_workers_started_total"] == 3
    assert counts.stat().st_size == size


def _end(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    process.wait(30)
    process.stdout.close()


def test_what_every_worker_states_is_not_added_up(counts: Path) -> None:
    """The cache is one for all workers, so its size is not a sum."""
    other = _process(counts, "o.watch('cache_bytes', lambda: 1000); o.refresh()")
    observation.watch("cache_bytes", lambda: 990)
    assert figures()["parley_cache_bytes"] == 1000
    _end(other)


def test_the_graph() -> None:
    """Its version, size and the time of its building; without a graph nothing is said of one."""
    found = figures()
    assert found["parley_graph_info version=3cab"] == 1
    assert found["parley_graph_triples"] == 49159
    assert found["parley_graph_built_timestamp_seconds"] == 1_700_000_000
    assert not [name for name in figures(None) if name.startswith("parley_graph")]


def test_the_answer() -> None:
    """Never stored; OpenMetrics for whoever asks for it; every family has its meaning."""
    observation.observe_request("/", 200, 0.1)
    answer = metrics(None, GRAPH)
    headers = dict(answer.headers)
    assert (answer.status, headers["Cache-Control"]) == (200, "no-store")
    assert headers["Content-Type"].startswith("text/plain; version=")
    assert all(family.documentation.endswith(".") for family in plain(_text(answer.body)))
    accept = "application/openmetrics-text; version=1.0.0"
    asked = metrics(accept, GRAPH)
    assert dict(asked.headers)["Content-Type"].startswith("application/openmetrics-text")
    assert len(list(openmetrics(_text(asked.body)))) == len(list(plain(_text(answer.body))))


def test_outcomes_are_the_kinds_of_problems() -> None:
    """A metric, a log line and the type of a problem call one thing by one name."""
    errors = (
        Busy("full", 1, own=True),
        Busy("full", 1, own=False),
        DeadlinePassed("late"),
        OutOfMemory("big"),
    )
    for error in errors:
        observation.observe_query(problems.problem(error).kind, 1.0)
    found = figures()
    assert [found[f"parley_query_seconds_count outcome={kind}"] for kind in _KINDS] == [1] * 4
