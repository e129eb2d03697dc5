"""Load on a server for some seconds, by wrk: C, and so cheaper a client than any of the servers."""

import random
import re
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.service.answers import accept
from bench.service.shapes import Shape

SCRIPT = Path(__file__).with_suffix(".lua")
_TIMEOUT = 120  # seconds that a client waits for one answer
_FIGURES = re.compile(r"^FIGURES (\d+) ([\d.]+) (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Load:
    """What to ask: texts as query strings, and the number in them that each request counts up, if any."""

    accept: str
    texts: tuple[str, ...]
    marker: str = ""

    @classmethod
    def drawn(cls, shape: Shape, pools: Mapping[str, list[str]], count: int, seed: int, cold: bool) -> "Load":
        """So many queries of one shape; `cold`: no two requests are the same."""
        draw = random.Random(seed)
        queries = [shape.text(pools, draw) for _ in range(count)]
        return cls(accept(shape), tuple(dict.fromkeys(queries)), shape.number if cold else "")


@dataclass(frozen=True)
class Figures:
    """What came of a run: seconds, bytes; `cost` are seconds of a core that wrk took for each request."""

    requests: int
    seconds: float
    refused: int
    broken: int
    bytes: int
    median: float
    p95: float
    cost: float

    @property
    def rate(self) -> float:
        """Right answers a second."""
        return (self.requests - self.refused) / self.seconds


_sent = 0  # requests of all runs: each of a cold load has a number that no other had


def run(url: str, load: Load, clients: int, seconds: float) -> Figures:
    """Ask from so many connections at once, each of which waits for its answer before it asks again."""
    lines = [f"query={quote(text, safe='')}" for text in load.texts]
    return _run(url, load.accept, lines, load.marker, clients, seconds)


def addresses(url: str, accept: str, lines: Sequence[str], clients: int, seconds: float) -> Figures:
    """The same for addresses in their order: paths, which begin with a slash, or what follows the `?`."""
    return _run(url, accept, lines, "", clients, seconds)


def _run(url: str, accept: str, lines: Sequence[str], marker: str, clients: int, seconds: float) -> Figures:
    global _sent
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        wrk = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:.0f}s", f"--timeout={_TIMEOUT}s", "-s", str(SCRIPT)]
        command = [*wrk, "-H", f"Accept: {accept}", url, "--", file.name, marker, str(_sent)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = _FIGURES.search(done.stdout)
    if found is None:
        raise RuntimeError(f"wrk failed: {done.stdout} {done.stderr}")
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    requests, taken, refused, broken, size, median, p95 = map(float, found.groups())
    _sent += int(requests) + clients + 1
    return Figures(
        int(requests), taken, int(refused), int(broken), int(size), median, p95, busy / max(1, requests)
    )


def missing() -> str | None:
    """How to get wrk where it is not there."""
    if shutil.which("wrk"):
        return None
    return "wrk is not installed: apt-get install wrk"
