"""Time and memory of Parley and of the Oxigraph server on disk as the graph grows.

    .venv/bin/python -m bench.service.growth [--sizes N …]

For each size: seconds until the first answer, memory of all processes, memory that each further query process
has to itself after it has answered all shapes of queries, and the latency of each shape at one client, no
answer from a cache. Writes docs/benchmarks/growth.json and docs/benchmarks/growth.svg.
"""

import argparse
import time
from collections.abc import Sequence
from statistics import median

from bench.service import data, load, machine, peers, plot, report, shapes
from bench.service.peers import Peer

_SIZES = (150_000, 500_000, 1_000_000, 2_000_000)
_ENGINES = ("oxigraph-disk", "parley")
_SECONDS = 3
_LONGEST = 30  # where no answer came in that
_SHAPES = ("point", "hops", "aggregate", "ordered", "rows")
_PRIVATE = ("Private_Clean", "Private_Dirty")


def main(sizes: Sequence[int]) -> None:
    """Measure, write, draw."""
    about = machine.about()
    rows = [_measure(name, size) for size in sizes for name in _ENGINES]
    report.save("growth", {"machine": about, "rows": rows})
    (report.RESULTS / "growth.svg").write_text(plot.svg(_panels(rows)), "utf-8")
    print(report.section("growth"))


def _measure(name: str, size: int) -> dict[str, object]:
    made = data.make(size)
    start = time.perf_counter()
    with peers.running(name, made) as engine:
        ready = time.perf_counter() - start
        taken = {}
        for shape in shapes.load():
            if shape.name in _SHAPES:
                asked = load.Load.drawn(shape, made.pools, 400, 1, cold=True)
                load.run(engine.url, asked, 2, 1)  # warm, and every query process has had some
                found = load.run(engine.url, asked, 1, _SECONDS)
                if not found.rate:
                    found = load.run(engine.url, asked, 1, _LONGEST)
                taken[shape.name] = found.median if found.rate else None
        machine.settle(engine.process.pid)
        told = {"engine": name, "quads": size, "ready": ready, "latency": taken, **_memory(engine)}
    print(told, flush=True)
    return told


def _memory(engine: Peer) -> dict[str, float]:
    """MB of all processes; of the one that holds the store; and of a query process to itself."""
    family = machine.family(engine.process.pid)
    found = {"memory": sum(machine.memory(process.pid, "Pss") for process in family)}
    readers = machine.readers(family)
    if readers:
        found["reader"] = median(machine.memory(one.pid, *_PRIVATE) for one in readers)
        found["store"] = machine.memory(readers[0].parent, "Rss")
        found["readers"] = len(readers)
    return found


def _panels(rows: Sequence[dict[str, object]]) -> list[plot.Panel]:
    times: dict[str, list[tuple[float, float]]] = {}
    memory: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        mark = "" if row["engine"] == "parley" else "~"
        for shape, seconds in row["latency"].items():
            if seconds is not None:
                times.setdefault(mark + shape, []).append((row["quads"], seconds * 1000))
        memory.setdefault(f"{mark}all processes", []).append((row["quads"], row["memory"]))
        if "reader" in row:
            memory.setdefault("a query process", []).append((row["quads"], row["reader"]))
    return [
        plot.Panel("Latency of one client, no cache", "quads", "ms", times),
        plot.Panel("Memory", "quads", "MB", memory),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    main(**vars(parser.parse_args()))
