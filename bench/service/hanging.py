"""Queries that never end, one after another, while ten other clients ask small ones: is everybody answered?

    .venv/bin/python -m bench.service.hanging [--quads N] [--deadline S] [--at-once N]

Each hanging query has to end by the deadline and half a second, with a status that says why; the 99th
percentile of the small queries has to stay within three times of what it was before; and the processes that
worked on the hanging ones have to be at rest afterwards. Writes docs/benchmarks/hanging.json.
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.service import clients, data, endless, machine, peers, report
from bench.service.clients import Client, Reply
from bench.service.endless import HONEST, Endless

SLACK = 0.5  # seconds after the deadline
_OTHERS = 10
_EVERY = 0.1  # seconds from one small query of a client to its next
_BEFORE = 10  # seconds of the measurement without hanging queries
_SMALL = ("point", "hops")


@dataclass(frozen=True)
class Ended:
    """How a hanging query ended."""

    name: str
    status: int
    seconds: float
    said: str

    def good(self, deadline: float) -> bool:
        return self.status in HONEST and self.seconds <= deadline + SLACK


async def attack(port: int, queries: Sequence[Endless], addresses: Sequence[str]) -> list[Ended]:
    """Ask all of them, one at a time from each of these addresses."""
    waiting = list(queries)
    ended: list[Ended] = []

    async def ask(address: str) -> None:
        while waiting:
            one = waiting.pop(0)
            client = Client(port, address)
            reply = await client.send(clients.post(one.text.encode()))
            client.close()
            ended.append(Ended(one.name, reply.status, round(reply.seconds, 3), said(reply)))

    await asyncio.gather(*map(ask, addresses))
    return ended


def said(reply: Reply) -> str:
    """The beginning of a body, for people."""
    return " ".join(reply.body[:300].decode("utf-8", "replace").split())


class Bystanders:
    """Ten clients with small queries, none of which is in a cache."""

    def __init__(self, port: int, made: data.Made) -> None:
        self._port = port
        self._small = clients.small(made, *_SMALL)

    async def during(self, seconds: float = 0, work: "asyncio.Future[object] | None" = None) -> list[Reply]:
        """Ask for so long, or until the work is done."""
        stop = asyncio.Event()
        taken: list[Reply] = []
        asking = [asyncio.ensure_future(self._ask(number, stop, taken)) for number in range(_OTHERS)]
        await (work if work is not None else asyncio.sleep(seconds))
        stop.set()
        await asyncio.gather(*asking)
        return taken

    async def _ask(self, number: int, stop: asyncio.Event, taken: list[Reply]) -> None:
        client = Client(self._port, f"127.0.0.{2 + number}")
        await asyncio.sleep(_EVERY * number / _OTHERS)
        await clients.steady(client, self._small, _EVERY, stop, taken)


async def measure(port: int, made: data.Made, at_once: Sequence[int]) -> list[dict[str, object]]:
    """Before, then with so many hanging queries at a time."""
    others = Bystanders(port, made)
    await others.during(seconds=3)  # warm
    before = await others.during(seconds=_BEFORE)
    found = [_row("before", before, [])]
    for number in at_once:
        work = asyncio.ensure_future(attack(port, endless.load(), ["127.0.0.1"] * number))
        taken = await others.during(work=work)
        found.append(_row(f"{number} at a time", taken, work.result()))
    return found


def _row(name: str, taken: list[Reply], ended: list[Ended]) -> dict[str, object]:
    small = {
        "statuses": dict(Counter(str(reply.status) for reply in taken)),
        "median": clients.quantile(taken, 0.5),
        "p99": clients.quantile(taken, 0.99),
        "longest": clients.quantile(taken, 1),
    }
    return {"when": name, "small": small, "ended": [vars(one) for one in ended]}


def main(quads: int, deadline: float, at_once: Sequence[int]) -> None:
    """Start a server, measure, print, write."""
    made = data.make(quads)
    about = machine.about()
    with (
        tempfile.TemporaryDirectory() as folder,
        peers.parley(
            made.data,
            Path(folder),
            PARLEY_QUERY_TIMEOUT=f"{deadline}s",
            PARLEY_QUERY_TIMEOUT_CAP=f"{deadline}s",
        ) as server,
    ):
        rows = asyncio.run(measure(server.port, made, at_once))
        machine.settle(server.process.pid, 10)
        family = machine.family(server.process.pid)
        busy = [process.pid for process in family if process.state == "R"]
    result = {"quads": quads, "deadline": deadline, "machine": about, "rows": rows, "still_busy": len(busy)}
    report.save("hanging", result)
    print(report.section("hanging"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--deadline", type=float, default=2.0)
    parser.add_argument("--at-once", type=int, nargs="*", default=[1, 4])
    main(**vars(parser.parse_args()))
