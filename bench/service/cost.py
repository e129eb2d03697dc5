"""What one small request costs Parley: microseconds of a core in each kind of its processes.

    .venv/bin/python -m bench.service.cost [--quads N] [--seconds N]

Told by /proc, so that it says something on a machine that others use too, where rates say little.
"""

import argparse
from dataclasses import dataclass

from bench.service import data, load, machine, peers, shapes
from bench.service.peers import Peer

_SHAPES = ("point", "hops")
_DRAWN, _REPEATED = 400, 10  # texts of a shape that are never asked again, and that always are
_CLIENTS = 8
_WARM = 2  # times that each answer is asked for before it is kept


@dataclass(frozen=True)
class Busy:
    """Seconds of a core that processes have taken so far."""

    workers: float
    readers: float


def busy(server: Peer) -> Busy:
    """What the workers and the query processes of a server have taken."""
    found = machine.family(server.process.pid)
    readers = machine.readers(found)
    holders = {reader.parent for reader in readers}
    workers = [one for one in found if one.parent == server.process.pid and one.pid not in holders]
    return Busy(sum(one.busy for one in workers), sum(one.busy for one in readers))


def main(quads: int, seconds: float) -> None:
    """Measure and print."""
    made = data.make(quads)
    print(f"µs of a core for each request, {_CLIENTS} clients, {quads:,} quads")
    with peers.running("parley", made) as server:
        for shape in (shape for shape in shapes.load() if shape.name in _SHAPES):
            for cold in (True, False):
                asked = load.Load.drawn(shape, made.pools, _DRAWN if cold else _REPEATED, 1, cold)
                for text in asked.texts * (0 if cold else _WARM):
                    peers.ask(server.url, text, asked.accept)
                before = busy(server)
                figures = load.run(server.url, asked, _CLIENTS, seconds)
                after = busy(server)
                each = 1e6 / figures.requests
                print(
                    f"{shape.title:6} {'cold' if cold else 'kept'}: "
                    f"worker {(after.workers - before.workers) * each:4.0f}, "
                    f"query process {(after.readers - before.readers) * each:4.0f}, "
                    f"wrk {figures.cost * 1e6:3.0f}; {figures.rate:,.0f} a second",
                    flush=True,
                )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    return parser.parse_args()


if __name__ == "__main__":
    if fault := load.missing():
        raise SystemExit(fault)
    main(**vars(_arguments()))
