"""Minutes of mixed requests, good, bad and killing, at a real server, while its data is swapped beside it.

    .venv/bin/python -m bench.service.soak [--seconds S] [--quads N] [--seed N]

Every right answer is compared with that of pyoxigraph in this process over the same version of the data. At
the end the server has to answer still, to have no more memory, open files or processes than it had when it
was warm, and to stop when it is told to, with all its processes. Exit code 1 where anything of that fails.
Writes docs/benchmarks/soak.json if it ran for five minutes or longer.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench.service import actors, data, machine, peers, report
from bench.service.watch import Watch
from kg.store import DataFolder

_FULL, _ENOUGH = 600, 300  # seconds of a run, and from which on its result is written down
_STOP = 15  # seconds for a server to end
_SWAP = 20  # seconds from one swap of the data to the next
_TOKEN = "of-the-soak"
_LIMITS = {
    "PARLEY_QUERY_TIMEOUT": "3s",
    "PARLEY_QUERY_TIMEOUT_CAP": "5s",
    "PARLEY_REQUEST_TIMEOUT": "4s",
    "PARLEY_UPDATE_TIMEOUT": "3s",
}
_WRITABLE = {"PARLEY_STORE": ":memory:", "PARLEY_UPDATE_TOKEN": _TOKEN}


def main(seconds: float, quads: int, seed: int, read_only: bool = False) -> int:
    """Run, print, judge; gives the exit code."""
    graphs = [data.make(quads, seed), data.make(quads, seed + 1)]
    about = machine.about()
    with tempfile.TemporaryDirectory(prefix="parley-soak-") as name:
        folder = Path(name)
        for place in ("built", "writable", "spool"):
            (folder / place).mkdir()
        built = DataFolder(folder / "built" / "data")
        data.publish(built, graphs[0].nquads, "soak-0")
        spool = str(folder / "spool")
        with ExitStack() as stack:

            def start(path: Path, log: Path, **more: str) -> peers.Server:
                return stack.enter_context(peers.parley(path, log, **_LIMITS, **more))

            servers = {"reads": start(built.path, folder / "built", PARLEY_SPOOL=spool)}
            if not read_only:
                servers["writes"] = start(folder / "none", folder / "writable", **_WRITABLE)
            watch = Watch({name: server.process.pid for name, server in servers.items()})
            ports = {name: server.port for name, server in servers.items()}
            soak = actors.Soak(ports, _TOKEN, built, graphs, random.Random(seed))
            asyncio.run(_run(soak, watch, seconds))
            soak.notes += [note for server in servers.values() for note in _ended(server)]
        soak.notes += [f"left in the spool: {file.name}" for file in (folder / "spool").iterdir()]
    faults = [*soak.faults, *soak.notes, *watch.faults()]
    result = {
        "seconds": seconds,
        "quads": quads,
        "machine": about,
        "requests": soak.counts(),
        "swaps": soak.swaps,
        "compared": soak.compared,
        "usage": watch.table(),
        "faults": faults[:200],
    }
    if seconds >= _ENOUGH:
        report.save("soak", result)
    print(report.written("soak", result))
    return 1 if faults else 0


async def _run(soak: "actors.Soak", watch: Watch, seconds: float) -> None:
    """All actors at once, until the time is up; then the servers have to answer, and to come to rest."""
    until = time.monotonic() + seconds
    working = [asyncio.ensure_future(one) for one in soak.all()]
    swapping = asyncio.ensure_future(soak.swap(_SWAP))
    while time.monotonic() < until:
        await asyncio.sleep(min(5, max(0.1, until - time.monotonic())))
        watch.look(tell=print)
        for task in (*working, swapping):
            if task.done():
                task.result()
    soak.stopping.set()
    await asyncio.gather(*working, swapping)
    await asyncio.sleep(6)  # longer than any query may take
    watch.look(tell=print)
    await soak.last_words()


def _ended(server: peers.Server) -> list[str]:
    """Tell a server to stop; what of it is left after a while."""
    family = {process.pid for process in machine.family(server.process.pid)}
    os.kill(server.process.pid, signal.SIGTERM)
    notes: list[str] = []
    _until(lambda: server.process.poll() is not None, _STOP)
    if server.process.poll() != 0:
        notes.append(f"the server ended with {server.process.poll()} after SIGTERM")
    _until(lambda: not family & {process.pid for process in machine.processes()}, 2)
    left = family & {process.pid for process in machine.processes()}
    return notes + [f"{len(left)} processes outlived the server" for _ in [0] if left]


def _until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=_FULL)
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read-only", action="store_true", help="without the server that takes updates")
    sys.exit(main(**vars(parser.parse_args())))
