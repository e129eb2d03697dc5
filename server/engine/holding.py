"""What a nursery holds for its query processes: a graph in memory, or a folder that each of them opens."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.store import DataFolder, Generation
from kg.vocab import PREFIXES


@dataclass(frozen=True)
class Spec:
    """What a nursery is to hold, and where its files go.

    `data` is a data folder with a built graph, of which `version` is served. `in_memory` is the largest
    store that is held in memory, in bytes on disk; `memory` is what one query may take above that, in bytes.
    """

    run: str
    spool: str
    data: str
    version: str
    in_memory: int
    memory: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def spec(text: str) -> Spec:
    """The specification that `to_json` wrote."""
    return Spec(**json.loads(text))


class BuiltGraph:
    """A generation of a built graph, which never changes."""

    def __init__(self, generation: Generation, in_memory: int) -> None:
        self.version = generation.version
        self.prefixes: Mapping[str, str] = PREFIXES | {"graph": f"{generation.base.iri}graph/"}
        self._generation = generation
        self._store = _loaded(generation) if generation.size <= in_memory else None

    def open(self) -> ox.Store:
        """The store for one query process, called in it; raises StoreError."""
        return self._store or self._generation.open()


def built(spec: Spec) -> BuiltGraph:
    """The generation that the specification names. Raises StoreError."""
    return BuiltGraph(DataFolder(Path(spec.data)).generation(spec.version), spec.in_memory)


def _loaded(generation: Generation) -> ox.Store:
    """The same quads in memory: forked processes share it, and it answers two to three times as fast."""
    held = ox.Store()
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        generation.open().dump(file.name, format=ox.RdfFormat.N_QUADS)
        held.bulk_load(path=file.name, format=ox.RdfFormat.N_QUADS)
    return held
