"""/metrics: everything that the processes of this server counted, as Prometheus reads it."""

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from kg import __version__
from server import observation
from server.messages import HttpAnswer


@dataclass(frozen=True)
class Graph:
    """The graph that is served: its version, its triples, and when it was built, in seconds since 1970."""

    version: str
    triples: int
    built: float


def metrics(accept: str | None, graph: Graph | None) -> HttpAnswer:
    """All figures, in the text format or as OpenMetrics; `graph` is None while none is served."""
    observation.refresh()
    registry = CollectorRegistry()
    registry.register(_Figures(graph))
    encode, content_type = choose_encoder(accept or "")
    headers = (("Content-Type", content_type), ("Cache-Control", "no-store"), ("Vary", "Accept"))
    return HttpAnswer(200, headers, encode(registry))


class _Figures(Collector):
    def __init__(self, graph: Graph | None) -> None:
        self._graph = graph

    def collect(self) -> Iterator[Metric]:
        row = observation.totals()
        for counter in (observation.REQUESTS, observation.LOOKUPS, observation.UPDATES):
            yield _counter(counter, row)
        for histogram in (observation.REQUEST_SECONDS, observation.QUERY_SECONDS, observation.CALL_SECONDS):
            yield _histogram(histogram, row)
        for name, meaning, value in observation.events(row):
            yield CounterMetricFamily(f"parley_{name}", meaning, value)
        for name, meaning, value in observation.states():
            yield GaugeMetricFamily(f"parley_{name}", meaning, value)
        yield _info("parley_build_info", "The version of Parley.", __version__)
        if self._graph:
            yield from _graph(self._graph)


def _counter(counter: observation.Counter, row: list[float]) -> Metric:
    """The counts; of two labels most combinations never come up, and are left out until they do."""
    family = CounterMetricFamily(counter.name, counter.meaning, labels=counter.labels)
    for at, values in enumerate(counter.values):
        count = row[counter.place + at]
        if count or len(counter.labels) == 1:
            family.add_metric(values, count)
    return family


def _histogram(histogram: observation.Histogram, row: list[float]) -> Metric:
    family = HistogramMetricFamily(histogram.name, histogram.meaning, labels=[histogram.label])
    for at, value in enumerate(histogram.values):
        buckets, total = histogram.buckets(row, at)
        if buckets[-1][1]:
            family.add_metric([value], buckets, total)
    return family


def _info(name: str, meaning: str, version: str) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=["version"])
    family.add_metric([version], 1)
    return family


def _graph(graph: Graph) -> Iterator[Metric]:
    yield _info("parley_graph_info", "The version of the graph that is served.", graph.version)
    yield GaugeMetricFamily("parley_graph_triples", "Triples of that graph.", graph.triples)
    yield GaugeMetricFamily("parley_graph_built_timestamp_seconds", "When it was built.", graph.built)
