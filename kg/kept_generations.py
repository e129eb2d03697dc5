"""A folder of generations as readers see it: immutable stores, and the one that is current.

generations/<version>/        store/, manifest.json and what else belongs to it; written once, never changed
current -> generations/<version>
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

from kg import locks
from kg.errors import NothingBuilt, StoreError
from kg.generation import Generation, damaged

KEPT = 3  # generations: the current one, and two that a slow reader may still hold open
STATED = frozenset({"base", "triples", "graphs"})  # what every manifest holds, of any layout


class KeptGenerations:
    """A folder that generations are kept in, for those who read them."""

    layout: ClassVar[int]  # of a generation's files; raise it with them
    mend: ClassVar[str]  # what to do where one has another layout, or damaged files
    stated: ClassVar[frozenset[str]] = STATED  # what every manifest holds, of any layout

    def __init__(self, path: Path, kept: int = KEPT) -> None:
        self.path, self.kept = path, kept
        self._generations = path / "generations"
        self._current = path / "current"

    def current(self) -> Generation:
        """The generation to serve; raises NothingBuilt for none, StoreError for one that is unusable."""
        if not self.has_current():
            raise self._nothing()
        folder = self._current.resolve()
        try:
            return self._generation(folder)
        except StoreError:
            if self._current.resolve() == folder:
                raise
            return self.current()  # it was replaced and removed between the two

    @contextmanager
    def held(self) -> Iterator[Generation]:
        """The generation to serve, which stays on the disk until the end of the block.

        Processes that are forked within hold it too, until they end. Raises as `current` does.
        """
        with ExitStack() as hold:
            yield self._hold(hold)

    def generations(self) -> tuple[Generation, ...]:
        """All that are kept and usable, the one that became current last at the end."""
        return tuple(filter(None, map(self._usable, self._folders())))

    def generation(self, version: str) -> Generation:
        """The generation of this version; raises StoreError where it is gone or unusable."""
        return self._generation(self._generations / version)

    def find(self, version: str) -> Generation | None:
        """The generation of this version, if it is kept and can be read."""
        found = self._usable(self._generations / version)
        return found if found and found.readable else None

    def holds(self, version: str) -> bool:
        """Whether there is a generation of this version, usable or not."""
        return (self._generations / version).exists()

    def has_current(self) -> bool:
        return self._current.exists()

    def is_current(self, version: str) -> bool:
        return self.current_version() == version

    def current_version(self) -> str | None:
        """The version of the generation to serve, usable or not; None for none."""
        return self._current.resolve().name if self.has_current() else None

    def _hold(self, hold: ExitStack) -> Generation:
        """The current generation, held; another one if it just went."""
        while True:
            generation = self.current()
            with suppress(FileNotFoundError):
                if hold.enter_context(locks.held(generation.folder)):
                    return generation

    def _folders(self) -> list[Path]:
        """The generations' folders, oldest first."""
        folders = (path for path in self._generations.glob("*") if not path.name.startswith("."))
        return sorted(folders, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))

    def _generation(self, folder: Path) -> Generation:
        manifest = self._manifest(folder)
        if manifest.get("layout") != self.layout:
            what = "was built by another version of Parley, and cannot be used by this one"
            raise StoreError(what, str(folder), self.mend)
        return Generation(folder.name, folder, manifest, self.mend)

    def _usable(self, folder: Path) -> Generation | None:
        try:
            return self._generation(folder)
        except StoreError:
            return None

    def _manifest(self, folder: Path) -> dict[str, Any]:
        """What a generation says of itself; raises StoreError where the file is damaged."""
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise damaged(folder, self.mend) from error
        if not isinstance(manifest, dict) or not manifest.keys() >= self.stated:
            raise damaged(folder, self.mend)
        return manifest

    def _nothing(self) -> NothingBuilt:
        return NothingBuilt("there is no store", str(self.path))
