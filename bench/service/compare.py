"""The twelve queries on Parley and its peers, in one run, round about: latency, throughput, and their ratios.

    .venv/bin/python -m bench.service.compare [--quads N] [--rounds N] [--seconds N] [--engines NAME …]

Before anything is timed each engine answers each query, and an answer that is not that of pyoxigraph in this
process is reported and not timed. Writes docs/benchmarks/shapes.json and renders docs/benchmarks.md.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from statistics import median

import pyoxigraph as ox

from bench.service import answers, data, load, machine, peers, report, shapes
from bench.service.expected import serialized
from bench.service.peers import Peer
from bench.service.shapes import Shape

CLIENTS = (1, 8, 64)
_DRAWN = 400  # texts of a shape that no cache answers, and
_REPEATED = 10  # those that are asked again and again
_CHECKED = 3  # of each shape, before it is timed
_PATIENCE = 20  # seconds for one answer of these; an engine that has it passed twice is asked no more
_LONGEST = 15  # seconds of a slice, for slow answers; what would take longer is not measured
_ROUNDS = ("oxigraph-disk", "oxigraph-memory", "parley")  # the others are asked in the first round only
HERE, CACHED = "in-process", "parley-cached"


@dataclass(frozen=True)
class Slice:
    """One measurement: an engine, a shape, so many clients."""

    engine: str
    shape: str
    clients: int
    figures: load.Figures


class Comparison:
    """Engines that run, over one graph."""

    def __init__(
        self, made: data.Made, engines: dict[str, Peer], seconds: float, again: Callable[[str], Peer]
    ) -> None:
        self._made = made
        self._engines = engines
        self._seconds = seconds
        self._again = again  # starts an engine anew that ended
        self._store = ox.Store()
        self._store.bulk_load(path=made.nquads, format=ox.RdfFormat.N_QUADS)
        self.once: dict[tuple[str, str], float] = {}  # seconds of a first right answer
        self.wrong: list[dict[str, str]] = []
        self._late: Counter[str] = Counter()

    def check(self, shape: Shape) -> None:
        """Ask every engine for the same; those that answer rightly are timed later."""
        draw = random.Random(shape.name)
        texts = [shape.text(self._made.pools, draw) for _ in range(_CHECKED)]
        wanted = [answers.rows(shape, serialized(self._store, text)) for text in texts]
        print(f"{shape.title}: {', '.join(str(rows.total()) for rows in wanted)} rows", flush=True)
        for name in list(self._engines):
            fault, taken = None, []
            for text, rows in zip(texts, wanted, strict=True):
                start = time.perf_counter()
                fault = fault or self._fault(name, shape, text, rows)
                taken.append(time.perf_counter() - start)
            if fault is None:
                self.once[name, shape.name] = median(taken)
            else:
                print(f"  {name}: {fault[:300]}", flush=True)
                self._tell_wrong(name, shape, fault[:300])

    def _tell_wrong(self, engine: str, shape: Shape, fault: str) -> None:
        self.wrong.append({"engine": engine, "shape": shape.name, "fault": fault})

    def _fault(self, name: str, shape: Shape, text: str, wanted: answers.Counter[answers.Row]) -> str | None:
        try:
            if self._late[name] >= 2:
                return f"not asked, since other answers took over {_PATIENCE} s"
            status, body = peers.ask(self._alive(name).url, text, answers.accept(shape), _PATIENCE)
        except TimeoutError:
            self._late[name] += 1
            peers.stop(self._engines[name].process)
            return f"no answer within {_PATIENCE} s"
        except OSError as error:
            time.sleep(0.5)  # for a process that dies to be dead
            ended = self._engines[name].process.poll() is not None
            return "the server ended while it answered" if ended else f"no answer: {error}"
        return (
            answers.differs(shape, answers.rows(shape, body), wanted) if status == 200 else f"status {status}"
        )

    def _alive(self, name: str) -> Peer:
        """The engine, started anew where it has ended."""
        if self._engines[name].process.poll() is not None:
            self._engines[name] = self._again(name)
        return self._engines[name]

    def round(self, number: int, timed: Sequence[Shape]) -> Iterator[Slice]:
        """Each shape on each engine; which engine comes first changes from round to round."""
        for shape in timed:
            names = [name for name in self._engines if (name, shape.name) in self.once]
            if number:
                names = [name for name in names if name in _ROUNDS]
            if "parley" in names:
                names += [CACHED, HERE]
            turn = number % max(1, len(names))
            for clients in CLIENTS:
                for name in names[turn:] + names[:turn]:
                    yield from self._slice(name, shape, clients)

    def _slice(self, name: str, shape: Shape, clients: int) -> Iterator[Slice]:
        if name == HERE:
            if clients == 1:
                yield Slice(name, shape.name, clients, self._timed_here(shape))
            return
        engine = self._alive("parley" if name == CACHED else name)
        once = self.once[engine.name, shape.name]
        if once * clients > 2 * _LONGEST:
            return
        asked = self._load(shape, cold=name != CACHED)
        if name == CACHED:
            for text in asked.texts:
                peers.ask(engine.url, text, asked.accept)
        seconds = min(_LONGEST, max(self._seconds, 3 * once, once * clients))
        try:
            figures = load.run(engine.url, asked, clients, seconds)
            if figures.rate:
                yield Slice(name, shape.name, clients, figures)
            else:
                self._tell_wrong(engine.name, shape, f"{clients} clients: no right answer in {seconds:.0f} s")
        except RuntimeError as error:
            self._tell_wrong(engine.name, shape, f"{clients} clients: {error}")
        machine.settle(engine.process.pid)

    def _load(self, shape: Shape, cold: bool) -> load.Load:
        return load.Load.drawn(shape, self._made.pools, _DRAWN if cold else _REPEATED, 1, cold)

    def _timed_here(self, shape: Shape) -> load.Figures:
        """The same queries in this process, without any server."""
        taken: list[float] = []
        size = 0
        until = time.perf_counter() + self._seconds
        for text in self._load(shape, cold=True).texts * 100:
            start = time.perf_counter()
            size += len(serialized(self._store, text))
            taken.append(time.perf_counter() - start)
            if time.perf_counter() > until and len(taken) >= 3:
                break
        taken.sort()
        p95 = taken[int(0.95 * (len(taken) - 1))]
        return load.Figures(len(taken), sum(taken), 0, 0, size, median(taken), p95, 0)


def main(
    quads: int, seed: int, rounds: int, seconds: float, engines: Sequence[str], named: Sequence[str]
) -> None:
    """Measure, write, render."""
    made = data.make(quads, seed)
    chosen = [shape for shape in shapes.load() if shape.name in named]
    held = machine.about()
    found: list[Slice] = []
    with ExitStack() as stack:
        absent = {name: why for name in engines if (why := peers.missing(name))}

        def start(name: str) -> Peer:
            begun = time.monotonic()
            engine = stack.enter_context(peers.running(name, made))
            print(f"{name} is ready after {time.monotonic() - begun:.0f} s", flush=True)
            return engine

        started = {name: start(name) for name in engines if name not in absent}
        comparison = Comparison(made, started, seconds, start)
        for shape in chosen:
            comparison.check(shape)
        for number in range(rounds):
            for one in comparison.round(number, chosen):
                found.append(one)
                _tell(number, one)
    result = {
        "quads": quads,
        "seed": seed,
        "rounds": rounds,
        "seconds": seconds,
        "machine": held | {"load_after": machine.about()["load"]},
        "absent": absent,
        "wrong": comparison.wrong,
        "once": [
            {"engine": engine, "shape": shape, "seconds": taken}
            for (engine, shape), taken in comparison.once.items()
        ],
        "slices": [asdict(one) for one in found],
    }
    report.save("shapes", result)


def _tell(number: int, one: Slice) -> None:
    figures = one.figures
    print(
        f"{number} {one.shape:24} {one.clients:3} {one.engine:16} {figures.rate:10.1f}/s "
        f"median {figures.median * 1000:9.2f} ms, p95 {figures.p95 * 1000:9.2f} ms"
        + (
            f", {figures.refused} refused, {figures.broken} broken"
            if figures.refused + figures.broken
            else ""
        ),
        flush=True,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement")
    parser.add_argument(
        "--engines", nargs="*", default=[*peers.KINDS], choices=[*peers.KINDS], metavar="NAME"
    )
    names = [shape.name for shape in shapes.load()]
    parser.add_argument("--shapes", dest="named", nargs="*", default=names, choices=names, metavar="NAME")
    return parser.parse_args()


if __name__ == "__main__":
    if fault := load.missing():
        raise SystemExit(fault)
    main(**vars(_arguments()))
