"""Engines that draw what follows, beside each other: time, memory, and whether they draw the same.

    .venv/bin/python -m bench.closure [--sizes N …] [--limit SECONDS]

Runs each engine on the shipped graph and on graphs made from a seed, one after another and each in a process
of its own, writes docs/benchmarks/closure.json and renders docs/benchmarks.md. `reasonable` comes from a
lockfile of its own.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import RDF

from bench.closure import graph
from bench.service import machine, peers, report
from bench.service.graph import shipped

_LOCK = Path(__file__).with_name("requirements.lock")
_SIZES = (10_000, 100_000, 1_000_000)
_ENGINES = ("parley", "sparql", "reasonable", "owlrl", "hermit")
_LONGER = {("shipped", "hermit"): 120}  # seconds: the graph that is served is compared whole
_MEMORY = 8  # GiB of addresses that a process may have
_PYTHON = (
    "import sys; sys.path.append(sys.argv.pop(1)); import runpy; runpy.run_module({!r}, run_name='__main__')"
)
Row = dict[str, object]


def main(sizes: list[int], limit: int, seed: int) -> None:
    """Measure and write after each graph; an engine that failed on one is spared the larger ones."""
    about = machine.about()
    made = shipped()
    graphs = {f"{size:,} made": graph.lines(made, size, seed) for size in sizes}
    graphs["shipped"] = graph.shipped(made)
    rows: list[Row] = []
    for name, lines in sorted(graphs.items(), key=lambda one: len(one[1])):
        failed = {row["engine"] for row in rows if "failed" in row}
        rows += _rows(name, lines, limit, [one for one in _ENGINES if one not in failed])
        about["load_after"] = round(os.getloadavg()[0], 2)
        longer = [[*which, seconds] for which, seconds in _LONGER.items()]
        bounds = {"seed": seed, "limit": limit, "longer": longer, "memory": _MEMORY}
        report.save("closure", {"machine": about, **bounds, "rows": rows})


def _rows(name: str, lines: list[str], limit: int, engines: list[str]) -> Iterator[Row]:
    """A row for each engine, the served closure first: the others are held against it."""
    with TemporaryDirectory(prefix="parley-closure-") as folder:
        path = Path(folder) / "graph.nt"
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        ours: set[str] = set()
        for engine in engines:
            out = Path(folder) / f"{engine}.nt"
            bound = _LONGER.get((name, engine), limit)
            row: Row = {"graph": name, "triples": len(lines), "engine": engine} | _run(
                engine, path, out, bound
            )
            if out.exists():
                theirs = set(filter(None, out.read_text("utf-8").split("\n")))
                ours = ours or theirs
                row |= _compared(ours, theirs, types_alone=engine == "hermit")
            print(row, flush=True)
            yield row


def _run(engine: str, path: Path, out: Path, limit: int) -> Row:
    """Seconds of the processor and MB; or why there are none."""
    program = [sys.executable, "-c", _PYTHON.format("bench.closure.engines"), str(_packages())]
    done = subprocess.run(
        [*program, engine, str(path), str(out)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: _bound(limit),
    )
    ended_java = f"status -{int(signal.SIGXCPU)}" in done.stderr
    if ended_java or done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return {"failed": f"more than {limit} s"}
    if done.returncode < 0 or "MemoryError" in done.stderr:
        return {"failed": f"more than {_MEMORY} GiB"}
    if done.returncode:
        return {"failed": (done.stderr.splitlines() or ["no reason given"])[-1][-120:]}
    seconds, memory = map(float, done.stdout.split())
    return {"seconds": seconds, "memory": memory}


def _bound(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY * 2**30, _MEMORY * 2**30))


def _compared(ours: set[str], theirs: set[str], types_alone: bool) -> Row:
    """How many triples were drawn, and how they differ from those of the served closure."""
    if types_alone:
        ours = {line for line in ours if f"> <{RDF.type}> <" in line}
    return {"drawn": len(theirs), "missing": len(ours - theirs), "more": len(theirs - ours)}


def _packages() -> Path:
    """Where the peers' packages are, behind our own."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return peers.programs(_LOCK, "engines").parent / "lib" / version / "site-packages"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=_SIZES, help="asserted triples of made graphs"
    )
    parser.add_argument("--limit", type=int, default=240, help="seconds of the processor for one run")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main(**vars(_arguments()))
