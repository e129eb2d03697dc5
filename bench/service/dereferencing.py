"""Documents about things, from Parley and from an Oxigraph server over the same quads, asked once and again.

    .venv/bin/python -m bench.service.dereferencing [--quads N] [--seconds S]

Parley answers /data/<kind>/<slug>.ttl; Oxigraph's server is asked to DESCRIBE, which gives the triples that
begin at a thing, and for the same triples as Parley's by the same query. Writes
docs/benchmarks/dereferencing.json.
"""

import argparse
import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote, quote_plus

import pyoxigraph as ox

from bench.service import data, load, machine, peers, report
from bench.service.load import Figures
from kg.vocab import Base
from server import lookups
from server.entities import description_places

_CLIENTS = 8
_OFTEN = 50  # things that are asked for again and again
_ID = f"{Base().iri}id/"
_TURTLE = "text/turtle"


def things(made: data.Made, seed: int = 1) -> list[str]:
    """The keys of all things of a graph that something is said of, in an order of chance."""
    store = ox.Store.read_only(str(made.store))
    found = store.query(f'SELECT DISTINCT ?x {{ ?x a ?c FILTER(STRSTARTS(STR(?x), "{_ID}")) }}')
    assert isinstance(found, ox.QuerySolutions)
    keys = sorted(str(getattr(row["x"], "value", "")).removeprefix(_ID) for row in found)
    random.Random(seed).shuffle(keys)
    return [key for key in keys if key.count("/") == 1]


def _documents(keys: Iterable[str]) -> list[str]:
    return [f"/data/{quote(key)}.ttl" for key in keys]


def _described(keys: Iterable[str]) -> list[str]:
    return [f"query={quote(f'DESCRIBE <{_ID}{key}>', safe='')}" for key in keys]


def _same(keys: Iterable[str]) -> list[str]:
    texts = (lookups.text("describe", Base(), this=_ID + key, **description_places(1)) for key in keys)
    return [f"query={quote_plus(_short(text))}" for text in texts]


def _short(text: str) -> str:
    """The same query in fewer letters: an Oxigraph server reads no longer address than 8 KiB."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    body = " ".join(" ".join(line for line in lines if not line.startswith("PREFIX")).split())
    used = (line for line in lines if line.startswith("PREFIX") and line.split()[1] in body)
    return " ".join((*used, body))


def measure(made: data.Made, seconds: float) -> dict[str, dict[str, object]]:
    """Right answers a second and more, by who was asked what: once for each thing, and again for a few."""
    keys = things(made)
    found: dict[str, dict[str, object]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as folder,
        peers.parley(made.data, Path(folder), **peers.MEASURED) as server,
    ):
        url = f"http://127.0.0.1:{server.port}"
        found |= _both("Parley, the document", url, _documents(keys), seconds)
    with peers.running("oxigraph-disk", made) as peer:
        found |= _both("Oxigraph, the same triples", peer.url, _same(keys), seconds)
        found |= _both("Oxigraph, DESCRIBE", peer.url, _described(keys), seconds)
    return found


def _both(name: str, url: str, lines: Sequence[str], seconds: float) -> dict[str, dict[str, object]]:
    often, once = lines[:_OFTEN], lines[_OFTEN:]
    cold = load.addresses(url, _TURTLE, once, _CLIENTS, seconds)
    if cold.requests > 2 * len(once):
        raise RuntimeError(f"{cold.requests} answers of {len(once)} things: ask for a larger graph")
    load.addresses(url, _TURTLE, often, _CLIENTS, 2)  # until they are kept, where answers are
    return {name: {"once": _row(cold), "again": _row(load.addresses(url, _TURTLE, often, _CLIENTS, seconds))}}


def _row(found: Figures) -> dict[str, object]:
    if found.refused or found.broken:
        raise RuntimeError(f"{found.refused} refused, {found.broken} broken")
    return {
        "rate": round(found.rate, 1),
        "median": found.median,
        "p95": found.p95,
        "bytes": round(found.bytes / max(1, found.requests)),
    }


def main() -> None:
    """Measure and write the page."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quads", type=int, default=500_000)
    words.add_argument("--seconds", type=float, default=5)
    given = words.parse_args()
    if problem := load.missing():
        raise SystemExit(problem)
    about, made = machine.about(), data.make(given.quads)
    rows = measure(made, given.seconds)
    about["load_after"] = machine.about()["load"]
    held = {
        "machine": about,
        "quads": given.quads,
        "seconds": given.seconds,
        "clients": _CLIENTS,
        "rows": rows,
    }
    report.save("dereferencing", held)


if __name__ == "__main__":
    main()
