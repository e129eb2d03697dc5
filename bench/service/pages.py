"""How long pages for people take to make and how large they are, on the shipped graph and on large ones.

    .venv/bin/python -m bench.service.pages [--quads N ...] [--samples N]

One client asks for one page after another, as somebody who reads does; `pages.toml` says which. Pages of
things are asked for once each, so that nothing is kept yet. The peer is the same server's page about a fault,
which takes what every page costs and asks the graph nothing. Writes docs/benchmarks/pages.json.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox

from bench.service import data, machine, peers, report
from kg.vocab import Base

_PAGES: Sequence[Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("pages.toml").read_text("utf-8")
)["page"]
_PLACE = re.compile(r"\{(\w+)\}")
_FAULT = "/nothing-is-here"
_KINDS = {
    "actor": ("state", "person", "organisation", "group"),
    **{kind: (kind,) for kind in ("format", "corridor", "event", "statement", "report", "process")},
}
_WORDS = ("talks", "corridor", "withdrawal", "Aliyev", "Geneva", "ceasefire", "border", "refused", "peace")
_ID = f"{Base().iri}id/"
_ACCEPT = {"Accept": "text/html", "Accept-Encoding": "identity"}
Pools = Mapping[str, Sequence[str]]


def pools(store: Path, seed: int = 1) -> Pools:
    """Keys of things by what the addresses call them, those with most links first among things by chance.

    Half of a pool are the things that most triples point at, whose pages cost most; half come by chance.
    """
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    counted = ox.Store.read_only(str(store)).query(
        f'SELECT ?x (COUNT(*) AS ?n) {{ ?s ?p ?x FILTER(STRSTARTS(STR(?x), "{_ID}")) }} GROUP BY ?x'
    )
    assert isinstance(counted, ox.QuerySolutions)
    for row in counted:
        key = str(getattr(row["x"], "value", "")).removeprefix(_ID)
        found[key.partition("/")[0]].append((-int(getattr(row["n"], "value", 0)), key))
    chance = random.Random(seed)
    return {"word": _WORDS} | {
        name: _mixed(sorted(pair for kind in kinds for pair in found[kind]), chance)
        for name, kinds in _KINDS.items()
    }


def _mixed(ranked: Sequence[tuple[int, str]], chance: random.Random) -> list[str]:
    keys = [key for _, key in ranked if key.count("/") == 1]
    others = keys[:]
    chance.shuffle(others)
    return list(dict.fromkeys(key for pair in zip(keys, others, strict=True) for key in pair))


def measure(store: Path, folder: Path, samples: int) -> dict[str, dict[str, float]]:
    """Milliseconds and bytes by name of page, for at most so many things each."""
    drawn = pools(store)
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as aside,
        peers.parley(folder, Path(aside), **peers.MEASURED) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=_ACCEPT, timeout=120) as client,
    ):
        for _ in range(20):  # until every worker has read its templates
            client.get(_FAULT)
        client.get("/search?q=first").raise_for_status()  # which waits for the index of names
        told = {"a page about a fault": _row([_asked(client, _FAULT, 404) for _ in range(samples)])}
        for page in _PAGES:
            places = _addresses(page["address"], drawn, samples + 1)
            first, *others = [_asked(client, place, 200) for place in places]
            told[page["name"]] = _row(others or [first])  # the first of a kind has its templates read
    return told


def _addresses(pattern: str, drawn: Pools, samples: int) -> Iterator[str]:
    places = _PLACE.findall(pattern)
    if not places:
        yield pattern
    for key in drawn[places[0]][:samples] if places else ():
        yield _PLACE.sub(key, pattern)


def _asked(client: httpx.Client, address: str, status: int) -> tuple[float, int]:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - begun
    if answer.status_code != status:
        raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:200]}")
    return taken * 1000, len(answer.content)


def _row(taken: Sequence[tuple[float, int]]) -> dict[str, float]:
    times, sizes = [one for one, _ in taken], [size for _, size in taken]
    return {
        "pages": len(taken),
        "median": round(statistics.median(times), 1),
        "worst": round(max(times), 1),
        "bytes": max(sizes),
    }


def main() -> None:
    """Measure and write the page."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quads", type=int, nargs="*", default=[100_000, 2_000_000])
    words.add_argument("--samples", type=int, default=30)
    given = words.parse_args()
    about, rows = machine.about(), {}
    for quads in given.quads:
        made = data.make(quads)
        rows[str(_triples(made.store))] = measure(made.store, made.data, given.samples)
    about["load_after"] = machine.about()["load"]
    held: dict[str, Any] = {"machine": about, "samples": given.samples, "rows": rows}
    report.save("pages", held)


def _triples(store: Path) -> int:
    """Of the union, which is what pages are made of."""
    return sum(
        1 for _ in ox.Store.read_only(str(store)).quads_for_pattern(None, None, None, ox.DefaultGraph())
    )


if __name__ == "__main__":
    main()
