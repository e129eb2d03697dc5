"""What a server can serve: a built graph, or a writable store in a folder or in memory."""

from pathlib import Path
from typing import Protocol

from kg.store import DataFolder, Generation
from kg.vocab import DEFAULT_BASE
from kg.writable import WritableFolder
from server.setting_sections import Data
from server.settings import MEMORY


class Served(Protocol):
    """One of them; `writable` where updates may change it, `union` where the default graph holds all."""

    writable: bool
    union: bool

    def wanted(self) -> str | None:
        """The version that is to be served; None where only the process that holds it can tell."""

    def generation(self, version: str) -> Generation:
        """What is known of a version. Raises StoreError."""


class Built:
    """The graph of a data folder."""

    writable, union = False, True

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def wanted(self) -> str | None:
        return self._folder.current_version()

    def generation(self, version: str) -> Generation:
        return self._folder.generation(version)


class InFolder:
    """A store that changes, and the generations that it went through."""

    writable, union = True, False

    def __init__(self, folder: WritableFolder) -> None:
        self._folder = folder

    def wanted(self) -> str | None:
        return self._folder.current_version()

    def generation(self, version: str) -> Generation:
        return self._folder.generation(version)


class InMemory:
    """A store that ends with the server, and that nothing is known of but what it answers."""

    writable, union = True, False

    def wanted(self) -> str | None:
        return None

    def generation(self, version: str) -> Generation:
        return Generation(version, Path(), {"base": DEFAULT_BASE, "triples": 0, "graphs": {}})


def served(data: Data) -> Served:
    """What the settings say. Raises NothingBuilt, StoreError."""
    if data.store is None:
        folder = DataFolder(data.folder)
        folder.current()
        return Built(folder)
    if data.store == MEMORY:
        return InMemory()
    store = WritableFolder(data.store, data.kept)
    store.start()
    return InFolder(store)
