"""What a nursery holds: a built graph, or a writable store in memory or in a folder."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import DataFolder, Generation
from kg.vocab import PREFIXES
from kg.writable import WritableFolder
from server.engine.changes import Change, Outcome, apply, carry_out

MEMORY = ":memory:"


@dataclass(frozen=True)
class Spec:
    """What a nursery is to hold, and where its files go.

    `store` is a folder with a writable store, or ":memory:"; None: `data` is one with a built graph.
    `in_memory` is the largest store that is held in memory, in bytes on disk; `memory` is what one query may
    take above that, in bytes; `kept` generations of a writable folder stay.
    """

    run: str
    spool: str
    data: str
    store: str | None
    in_memory: int
    memory: int
    kept: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def spec(text: str) -> Spec:
    """The specification that `to_json` wrote."""
    return Spec(**json.loads(text))


class Held(Protocol):
    """One version of a graph, or one after another."""

    version: str
    prefixes: Mapping[str, str]

    def open(self) -> ox.Store:
        """The store for one query process, called in it; raises StoreError."""

    def attempt(self, change: Change) -> tuple[Outcome, str]:
        """What comes of a change, and the version after it; called in a process of its own, which may end.

        Raises what `changes.apply` raises, StoreError.
        """

    def accept(self, change: Change, version: str) -> None:
        """Make a change that succeeded there what is held here."""


def prefixes(generation: Generation) -> Mapping[str, str]:
    """What names are written with in graphs of a built graph."""
    return PREFIXES | {"graph": f"{generation.base.iri}graph/"}


class BuiltGraph:
    """A generation of a built graph, which never changes."""

    def __init__(self, generation: Generation, in_memory: int) -> None:
        self.version = generation.version
        self.prefixes = prefixes(generation)
        self._generation = generation
        self._store = _loaded(generation) if generation.size <= in_memory else None

    def open(self) -> ox.Store:
        return self._store or self._generation.open()

    def attempt(self, change: Change) -> tuple[Outcome, str]:
        raise StoreError("this graph changes by building only", mend="Run: parley build")

    def accept(self, change: Change, version: str) -> None:
        raise StoreError("this graph changes by building only", mend="Run: parley build")


class MemoryStore:
    """A writable store that lives as long as the nursery. A change is tried in a forked copy first."""

    prefixes: Mapping[str, str] = PREFIXES

    def __init__(self) -> None:
        self._store = ox.Store()
        self._run, self._number = secrets.token_hex(4), 0  # so that no version comes twice
        self.version = self._named()

    def open(self) -> ox.Store:
        return self._store

    def attempt(self, change: Change) -> tuple[Outcome, str]:
        outcome = apply(self._store, change)
        self._number += 1
        return outcome, self._named()

    def accept(self, change: Change, version: str) -> None:
        """Apply it again: whether a change succeeds depends on the store and the change alone."""
        apply(self._store, change)
        self._number += 1
        self.version = version

    def _named(self) -> str:
        return f"{self._number}-{self._run}"


class FolderStore:
    """A writable store in a folder, which query processes open on disk."""

    prefixes: Mapping[str, str] = PREFIXES

    def __init__(self, folder: WritableFolder) -> None:
        self._folder = folder
        self._hold = ExitStack()  # keeps the files of the version that is served
        self.version = self._held()

    def open(self) -> ox.Store:
        return self._folder.generation(self.version).open()

    def attempt(self, change: Change) -> tuple[Outcome, str]:
        made, outcome = carry_out(self._folder, change)
        return outcome, made.version

    def accept(self, change: Change, version: str) -> None:
        before, self._hold = self._hold, ExitStack()
        self.version = self._held()
        before.close()

    def _held(self) -> str:
        return self._hold.enter_context(self._folder.held()).version


@contextmanager
def held(spec: Spec) -> Iterator[Held]:
    """What the specification names, as it is now. Raises StoreError."""
    if spec.store == MEMORY:
        yield MemoryStore()
    elif spec.store is not None:
        folder = WritableFolder(Path(spec.store), spec.kept)
        folder.start()
        yield FolderStore(folder)
    else:
        with DataFolder(Path(spec.data)).held() as generation:
            yield BuiltGraph(generation, spec.in_memory)


def _loaded(generation: Generation) -> ox.Store:
    """The same quads in memory: forked processes share it, and it answers two to three times as fast."""
    loaded = ox.Store()
    loaded.bulk_extend(generation.open())  # a file of them would get other blank nodes, in another order
    return loaded
