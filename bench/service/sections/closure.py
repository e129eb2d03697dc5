"""What follows from the graph: engines beside each other."""

from collections.abc import Mapping
from typing import Any

from bench.service import tables
from bench.service.tables import Result

_TITLES = {
    "parley": "Parley",
    "sparql": "rules as SPARQL, pyoxigraph",
    "reasonable": "reasonable",
    "owlrl": "owlrl",
    "hermit": "HermiT, types alone",
}
_HEAD = ["graph", "triples", "", "s", "times Parley", "MB", "drawn", "missing", "more"]


def write(result: Result) -> str:
    """One table: processor time, memory, and what each engine drew beside the served closure."""
    rows = result["rows"]
    ours = {row["graph"]: row["seconds"] for row in rows if row["engine"] == "parley" and "seconds" in row}
    return "\n".join(
        [
            "## What follows: engines for OWL 2 RL\n",
            f"`make bench-closure`: seconds of the processor from the file to the new triples, at most "
            f"{result['limit']} s and {result['memory']} GiB{_longer(result)}; seed {result['seed']}. "
            f"{tables.machine(result)}\n",
            "Missing and more are beside what Parley serves, in our own classes and properties. HermiT is "
            "the measure of correctness; it gets what is said of individuals, and gives types here.\n",
            *tables.table(_HEAD, (_row(row, ours.get(row["graph"])) for row in rows)),
            "",
        ]
    )


def _longer(result: Result) -> str:
    """Who has more seconds than the others, and on which graph."""
    given = (f"{_TITLES[engine]}, {s} s on {graph}" for graph, engine, s in result.get("longer", ()))
    return "".join(f" ({one})" for one in given)


def _row(row: Mapping[str, Any], ours: float | None) -> list[str]:
    start = [row["graph"], f"{row['triples']:,}", _TITLES[row["engine"]]]
    if "failed" in row:
        return [*start, row["failed"], "–", "–", "–", "–", "–"]
    ratio = f"{row['seconds'] / ours:.1f}" if ours else "–"
    counts = (f"{row[name]:,}" for name in ("drawn", "missing", "more"))
    return [*start, f"{row['seconds']:.2f}", ratio, f"{row['memory']:.0f}", *counts]
