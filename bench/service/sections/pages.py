"""Pages for people: how long each takes to make and how large it is, by the size of the graph."""

from bench.service import tables
from bench.service.tables import Result

_GOALS = ((50, "the shipped graph"), (300, "a million triples"))  # milliseconds; issue of the pages
_SMALL = 200_000  # triples
_LARGEST = 100_000  # bytes of HTML


def write(result: Result) -> str:
    """One table for each size, with the page about a fault as the measure of what any page costs."""
    parts = [_part(int(size), rows) for size, rows in result["rows"].items()]
    about = (
        "`python -m bench.service.pages`: one client, one page after another, "
        f"up to {result['samples']} things each, each for the first time; half are those that most points at."
        " Where a kind has several, one more comes before them and is not counted: it has the templates read."
    )
    return "\n".join(["## Pages for people\n", f"{about} {tables.machine(result)}\n", *parts])


def _part(size: int, rows: Result) -> str:
    goal, what = _GOALS[size > _SMALL]
    fault = next(iter(rows.values()))["median"]
    lines = [
        [
            name,
            f"{held['pages']:.0f}",
            f"{held['median']:.1f}",
            f"{held['worst']:.1f}",
            f"{held['median'] / fault:.1f}",
            f"{held['bytes'] / 1000:.0f}",
            tables.met(held["median"] <= goal and held["bytes"] <= _LARGEST),
        ]
        for name, held in rows.items()
    ]
    head = ["page", "asked", "median ms", "worst ms", "÷ fault", "largest kB", f"{goal} ms and 100 kB"]
    return "\n".join([f"### {size:,} triples: {what}\n", *tables.table(head, lines), ""])
