"""The twelve queries beside other servers: latency, throughput, goals."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from bench.service import peers, shapes, tables
from bench.service.tables import Result

_REFERENCE = "oxigraph-disk"
_TITLES = {name: kind.title for name, kind in peers.KINDS.items()} | {
    "parley": "Parley, cold",
    "parley-cached": "Parley, from cache",
    "in-process": "pyoxigraph in process",
}
_GOALS = {  # throughput at 8 clients as a ratio to the reference, cold and from cache
    "point": (0.5, 1.0),
    "hops": (1.0, 10.0),
} | dict.fromkeys(("aggregate", "ordered", "optional", "construct", "rows"), (2.0, 10.0))
_OVER = 0.010  # seconds in process, from which the goal for latency counts
_NEAR = 1.2  # times as long as in process


def write(result: Result) -> str:
    """Three tables: latency, throughput, goals."""
    taken = _medians(result)
    engines = [name for name in _TITLES if any(name == engine for engine, _, _ in taken)]
    names = {shape.name: shape.title for shape in shapes.load()}
    lines = [
        "## Twelve queries beside other servers\n",
        f"`make bench-service`: {result['quads']:,} quads (seed {result['seed']}), {result['rounds']} rounds "
        f"of {result['seconds']:g} s each, medians. {tables.machine(result)} "
        f"Parley with {' '.join(f'{key}={value}' for key, value in peers.MEASURED.items())}.",
        *(f"{_TITLES[name]} is missing: {why}" for name, why in result["absent"].items()),
        "\n### Latency of one client, ms: median (95th)\n",
        *tables.table(
            ["", *(_TITLES[name] for name in engines)],
            (
                [title, *(_latency(taken.get((engine, shape, 1))) for engine in engines)]
                for shape, title in names.items()
            ),
        ),
    ]
    served = [name for name in engines if name != "in-process"]
    for clients in (8, 64):
        lines += [
            f"\n### Throughput of {clients} clients, requests a second (times {_TITLES[_REFERENCE]})\n",
            *tables.table(
                ["", *(_TITLES[name] for name in served)],
                (
                    [title, *(_rate(taken, engine, shape, clients) for engine in served)]
                    for shape, title in names.items()
                ),
            ),
        ]
    lines += [
        "\n### Goals\n",
        *tables.table(["", "goal", "8 clients", "64 clients", ""], _goals(taken, names)),
    ]
    lines += [*_cost(result), *_wrong(result, names)]
    return "\n".join(lines) + "\n"


def _cost(result: Result) -> list[str]:
    """What the client takes of the two cores."""
    found = [
        one["figures"]["cost"] for one in result["slices"] if one["shape"] == "point" and one["clients"] == 64
    ]
    spent = f"{median(found) * 1e6:.0f} µs" if found else "an unknown part"
    return [f"\nwrk, the client, takes {spent} of a core for each point lookup of 64 clients."]


def _medians(result: Result) -> dict[tuple[str, str, int], dict[str, float]]:
    """By engine, shape and clients: the medians of the rounds."""
    rounds: defaultdict[tuple[str, str, int], list[Mapping[str, float]]] = defaultdict(list)
    for one in result["slices"]:
        rounds[one["engine"], one["shape"], one["clients"]].append(one["figures"])
    return {key: _median(figures) for key, figures in rounds.items()}


def _median(figures: Sequence[Mapping[str, float]]) -> dict[str, float]:
    rates = [(one["requests"] - one["refused"]) / one["seconds"] for one in figures]
    refused = sum(one["refused"] + one["broken"] for one in figures)
    return {
        "rate": median(rates),
        "median": median(one["median"] for one in figures),
        "p95": median(one["p95"] for one in figures),
        "refused": refused,
    }


def _latency(figures: Mapping[str, float] | None) -> str:
    if figures is None:
        return "–"
    return f"{figures['median'] * 1000:.3g} ({figures['p95'] * 1000:.3g})"


def _rate(taken: Mapping[Any, Mapping[str, float]], engine: str, shape: str, clients: int) -> str:
    figures = taken.get((engine, shape, clients))
    if figures is None:
        return "–"
    ratio = _ratio(taken, engine, shape, clients)
    refused = f", {figures['refused']:.0f} refused" if figures["refused"] else ""
    return f"{figures['rate']:,.5g}" + (f" ({ratio:.2f}{refused})" if ratio is not None else refused)


def _ratio(taken: Mapping[Any, Mapping[str, float]], engine: str, shape: str, clients: int) -> float | None:
    own, other = taken.get((engine, shape, clients)), taken.get((_REFERENCE, shape, clients))
    return own["rate"] / other["rate"] if own and other and other["rate"] else None


def _goals(taken: Mapping[Any, Mapping[str, float]], names: Mapping[str, str]) -> Iterator[list[str]]:
    for shape, (cold, cached) in _GOALS.items():
        for engine, goal in (("parley", cold), ("parley-cached", cached)):
            ratios = [_ratio(taken, engine, shape, clients) for clients in (8, 64)]
            shown = ["–" if ratio is None else f"{ratio:.2f}" for ratio in ratios]
            met = all(ratio is not None and ratio >= goal for ratio in ratios)
            yield [
                f"{names[shape]}, {_TITLES[engine].partition(', ')[2]}",
                f"≥ {goal}",
                *shown,
                tables.met(met),
            ]
    for shape, title in names.items():
        here, ours = taken.get(("in-process", shape, 1)), taken.get(("parley", shape, 1))
        if here and ours and here["median"] > _OVER:
            ratio = ours["median"] / here["median"]
            yield [
                f"{title}, latency beside in process",
                f"≤ {_NEAR}",
                f"{ratio:.2f} (1 client)",
                "",
                tables.met(ratio <= _NEAR),
            ]


def _wrong(result: Result, names: Mapping[str, str]) -> list[str]:
    if not result["wrong"]:
        return ["\nAll engines gave the same answers to all queries before they were timed."]
    rows = ([_TITLES[one["engine"]], names[one["shape"]], one["fault"]] for one in result["wrong"])
    return ["\n### Not timed, since the answer was not right\n", *tables.table(["", "", "fault"], rows)]
