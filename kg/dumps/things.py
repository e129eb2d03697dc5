"""The list of what has a page, by kind and slug, so that a sitemap need not ask the graph for all of it."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg import runs
from kg.dumps import THINGS
from kg.dumps.extracts import rows
from kg.dumps.listing import File, on_disk
from kg.vocab import Base


def write(folder: Path, store: Store, base: Base) -> Iterator[File]:
    """Write a line for each thing, such as `state/france`, sorted."""
    start = str(base.id(""))
    every = (row["thing"] for row in rows(store, "things", base))
    ours = (one.value for one in every if isinstance(one, NamedNode) and one.value.startswith(start))
    found = (iri.removeprefix(start) for iri in ours)
    runs.write(runs.in_order(([one] for one in found if one.count("/") == 1), folder), folder / THINGS)
    yield on_disk(folder / THINGS, "What has a page, by kind and slug", "text/plain; charset=utf-8")
