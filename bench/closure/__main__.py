"""Engines that draw what follows, beside each other: time, memory, and whether they draw the same.

    .venv/bin/python -m bench.closure [--sizes N …] [--limit SECONDS]

Runs each engine on the shipped graph and on graphs made from a seed, one after another and each in a process
of its own, writes docs/benchmarks/closure.json and renders docs/benchmarks.md. `reasonable` is a package of
bench/service/requirements.lock.
"""

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import RDF

from bench.closure import graph
from bench.service import machine, peers, report
from bench.service.graph import shipped

_SIZES = (10_000, 100_000, 1_000_000)
_ENGINES = ("parley", "sparql", "reasonable", "owlrl", "hermit")
_MEMORY = 12 * 2**30  # bytes of a process
_PYTHON = (
    "import sys; sys.path.append(sys.argv.pop(1)); import runpy; runpy.run_module({!r}, run_name='__main__')"
)
Row = dict[str, object]


def main(sizes: list[int], limit: int, seed: int) -> None:
    """Measure and write."""
    about = machine.about()
    made = shipped()
    graphs = {"shipped": graph.shipped(made)}
    graphs |= {f"{size:,} made": graph.lines(made, size, seed) for size in sizes}
    rows = [row for name, lines in graphs.items() for row in _rows(name, lines, limit)]
    about["load_after"] = round(os.getloadavg()[0], 2)
    report.save("closure", {"machine": about, "seed": seed, "limit": limit, "rows": rows})


def _rows(name: str, lines: list[str], limit: int) -> Iterator[Row]:
    """A row for each engine, the served closure first: the others are held against it."""
    with TemporaryDirectory(prefix="parley-closure-") as folder:
        path = Path(folder) / "graph.nt"
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        ours: set[str] = set()
        for engine in _ENGINES:
            out = Path(folder) / f"{engine}.nt"
            row: Row = {"graph": name, "triples": len(lines), "engine": engine} | _run(
                engine, path, out, limit
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
    bound = (limit, limit + 10)
    try:
        done = subprocess.run(
            [*program, engine, str(path), str(out)],
            capture_output=True,
            text=True,
            timeout=limit * 6,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, bound),
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"more than {limit} s"}
    if done.returncode < 0:
        return {"failed": f"more than {limit} s"}
    if done.returncode:
        return {"failed": (done.stderr.splitlines() or ["no reason given"])[-1]}
    seconds, memory = map(float, done.stdout.split())
    return {"seconds": seconds, "memory": memory}


def _compared(ours: set[str], theirs: set[str], types_alone: bool) -> Row:
    """How many triples were drawn, and how they differ from those of the served closure."""
    if types_alone:
        ours = {line for line in ours if f"> <{RDF.type}> <" in line}
    return {"drawn": len(theirs), "missing": len(ours - theirs), "more": len(theirs - ours)}


def _packages() -> Path:
    """Where the peers' packages are, behind our own."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return peers.programs().parent / "lib" / version / "site-packages"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=_SIZES, help="asserted triples of made graphs"
    )
    parser.add_argument("--limit", type=int, default=600, help="seconds of the processor for one run")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main(**vars(_arguments()))
