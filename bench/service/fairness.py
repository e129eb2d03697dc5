"""One client with fifty slow queries at a time, and another with small ones: does the other notice?

    .venv/bin/python -m bench.service.fairness [--quads N] [--slow N]

The small queries have to be answered within twice the time that they take on an idle server. Writes
docs/benchmarks/fairness.json.
"""

import argparse
import asyncio
import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.service import clients, data, endless, machine, peers, report
from bench.service.clients import Client, Reply

_SECONDS = 10.0  # of each measurement
_EVERY = 0.02  # seconds from one small query to the next
_ALONE, _GREEDY = "127.0.0.2", "127.0.0.1"


async def measure(port: int, made: data.Made, slow: int, seconds: float = _SECONDS) -> dict[str, object]:
    """Seconds of small queries on an idle server, and beside the slow ones; the statuses of these."""
    small = clients.small(made, "point")
    await _asked(port, small, 2)  # warm
    idle = await _asked(port, small, seconds)
    statuses: Counter[str] = Counter()
    greedy = [asyncio.ensure_future(_greed(port, number, statuses)) for number in range(slow)]
    await asyncio.sleep(0.5)  # until all of them wait
    beside = await _asked(port, small, seconds)
    for task in greedy:
        task.cancel()
    await asyncio.gather(*greedy, return_exceptions=True)
    return {"slow": slow, "idle": _row(idle), "beside": _row(beside), "statuses_of_slow": dict(statuses)}


async def _asked(port: int, small: Iterator[bytes], seconds: float) -> list[Reply]:
    taken: list[Reply] = []
    stop = asyncio.Event()
    asking = asyncio.ensure_future(clients.steady(Client(port, _ALONE), small, _EVERY, stop, taken))
    await asyncio.sleep(seconds)
    stop.set()
    await asking
    return taken


async def _greed(port: int, number: int, statuses: Counter[str]) -> None:
    """One of the slow queries after the other, each a text of its own."""
    slow = next(one.text for one in endless.load() if one.name == "cross-product")
    client = Client(port, _GREEDY)
    with contextlib.closing(client):
        while True:
            number += 1000
            reply = await client.send(clients.get(f"{slow} LIMIT {number}"))
            statuses[str(reply.status)] += 1
            await asyncio.sleep(float(reply.headers.get("retry-after", 0)) or 0.01)


def _row(taken: list[Reply]) -> dict[str, object]:
    return {
        "statuses": dict(Counter(str(reply.status) for reply in taken)),
        "median": clients.quantile(taken, 0.5),
        "p95": clients.quantile(taken, 0.95),
        "p99": clients.quantile(taken, 0.99),
    }


def main(quads: int, slow: int) -> None:
    """Start a server, measure, print, write."""
    made = data.make(quads)
    about = machine.about()
    with (
        tempfile.TemporaryDirectory() as folder,
        peers.parley(made.data, Path(folder), PARLEY_QUERY_TIMEOUT="5s") as server,
    ):
        found = asyncio.run(measure(server.port, made, slow))
    report.save("fairness", {"quads": quads, "machine": about, **found})
    print(report.section("fairness"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--slow", type=int, default=50)
    main(**vars(parser.parse_args()))
