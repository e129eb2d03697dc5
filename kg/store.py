"""The data folder: the texts that the graph is read from, and the generations that were built of them.

sources/                      the texts that the graph is read from
cache/                        one graph a source, by what it depends on
generations/, current, lock   as in kg.kept_generations: store/, dumps/, texts.sqlite, manifest.json
"""

from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from kg import dumps
from kg.errors import NothingBuilt, StoreError
from kg.generation import Generation
from kg.generations import Generations
from kg.kept_generations import KEPT, STATED
from kg.vocab import Base

LAYOUT = 3  # of a generation's files; 3 has a manifest of its own for the dumps. Raise it with them,
# but not for a file that pages can do without, as texts.sqlite is, which came later.

__all__ = ["KEPT", "LAYOUT", "DataFolder", "Generation"]


class DataFolder(Generations):
    """A folder that Parley keeps texts and graphs in; made when something is first built in it."""

    layout: ClassVar[int] = LAYOUT
    mend: ClassVar[str] = "Run: parley build"
    stated: ClassVar[frozenset[str]] = STATED | {"built_from"}
    busy: ClassVar[str] = "building"

    def __init__(self, path: Path, kept: int = KEPT) -> None:
        super().__init__(path, kept)
        self.sources = path / "sources"
        self.cache = path / "cache"

    def base(self) -> Base | None:
        """What the current generation was built with, damaged or not; else what the newest other one was."""
        if not self._current.is_symlink():
            return None
        for folder in (self._current.resolve(), *reversed(self._folders())):
            with suppress(StoreError):
                return Base(self._manifest(folder)["base"])
            if stated := dumps.base(folder / "dumps"):
                return Base(stated)
        return None

    def _parts(self) -> tuple[Path, ...]:
        return (self.sources, self.cache, *super()._parts())

    def _nothing(self) -> NothingBuilt:
        return NothingBuilt("no graph has been built", str(self.path), self.mend)

    def _unusable(self, error: OSError) -> StoreError:
        what = f"cannot be used as a data folder ({error.strerror})"
        return StoreError(what, str(self.path), "Name another with --data")
