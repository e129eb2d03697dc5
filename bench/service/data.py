"""A generated graph on disk, made once for each size and seed and kept in the cache folder."""

import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store

from bench.service import graph
from kg.errors import StoreError
from kg.store import LAYOUT, DataFolder

_VERSION = "2"  # of what `graph` makes from one seed


@dataclass(frozen=True)
class Made:
    """A folder that `make` filled."""

    folder: Path

    @property
    def nquads(self) -> Path:
        return self.folder / "graph.nq"

    @property
    def data(self) -> Path:
        """The data folder for `parley serve --data`."""
        return self.folder / "data"

    @property
    def store(self) -> Path:
        return self.data / "current" / "store"

    @cached_property
    def pools(self) -> dict[str, list[str]]:
        """Names that queries ask for, by kind, as N-Quads writes them; days bare."""
        found: dict[str, list[str]] = json.loads((self.folder / "pools.json").read_text("utf-8"))
        return found


def cache() -> Path:
    """Where graphs and the peers' programs and stores are kept between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "parley-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make(quads: int, seed: int = 1) -> Made:
    """The graph of this size and seed; made if it is not there yet (half a minute for a million)."""
    folder = cache() / f"graph-{_VERSION}-{quads}-{seed}"
    if not folder.exists():
        unfinished = folder.with_name(f".{folder.name}-{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        graph.write(unfinished, quads, seed)
        load(unfinished)
        unfinished.rename(folder)
    made = Made(folder)
    if not _usable(made):
        shutil.rmtree(made.data)
        load(folder)
    return made


def _usable(made: Made) -> bool:
    """Whether this version of Parley can read what was made before."""
    try:
        return bool(DataFolder(made.data).current().manifest["layout"] == LAYOUT)
    except StoreError:
        return False


def load(folder: Path) -> None:
    """Write the folder's graph.nq as the current generation of its data folder."""
    publish(DataFolder(folder / "data"), folder / "graph.nq", "generated")


def publish(data: DataFolder, nquads: Path, version: str) -> None:
    """Make a file of N-Quads, union and all, the current generation of a data folder, as a build does."""
    with data.lock(), data.staging() as staged:
        store = Store(str(staged / "store"))
        store.bulk_load(path=nquads, format=RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        graphs = Counter(quad.graph_name for quad in store)
        named = {name.value: count for name, count in graphs.items() if not isinstance(name, DefaultGraph)}
        del store
        about = {"base": graph.BASE, "triples": sum(named.values()), "graphs": named, "built_from": []}
        (staged / "manifest.json").write_text(json.dumps({"layout": LAYOUT} | about), "utf-8")
        data.publish(staged, version)
        data.switch(version)
