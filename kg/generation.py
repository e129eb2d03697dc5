"""One state of a graph on disk, which never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Error as Damage
from typing import Any

from pyoxigraph import Store

from kg import texts
from kg.errors import StoreError
from kg.vocab import Base


@dataclass(frozen=True)
class Generation:
    """One complete, immutable state of the graph."""

    version: str
    folder: Path
    manifest: Mapping[str, Any]
    mend: str = ""  # what to do where its files are damaged

    @property
    def base(self) -> Base:
        return Base(self.manifest["base"])

    @property
    def dumps(self) -> Path:
        return self.folder / "dumps"

    @property
    def since(self) -> float:
        """When it last became current, in seconds since 1970."""
        return self.folder.stat().st_mtime

    @property
    def size(self) -> int:
        """Bytes that the quads take on disk."""
        return sum(file.stat().st_size for file in (self.folder / "store").iterdir())

    def open(self) -> Store:
        """The quads, read-only; raises StoreError for damaged files."""
        try:
            return Store.read_only(str(self.folder / "store"))
        except (OSError, RuntimeError) as error:  # the engine raises either, by what it stumbles on
            raise damaged(self.folder, self.mend) from error

    def text(self, key: str) -> str | None:
        """The text of a source, such as `report/…`; None where this generation keeps none of it.

        Raises StoreError for a damaged file.
        """
        try:
            return texts.read(self.folder, key)
        except Damage as error:
            raise damaged(self.folder, self.mend) from error

    @property
    def readable(self) -> bool:
        """Whether all quads and texts can be read; takes as long as that."""
        try:
            return texts.intact(self.folder) and (len(self.open()) > 0 or self.manifest["triples"] == 0)
        except (StoreError, OSError, RuntimeError):
            return False


def damaged(folder: Path, mend: str) -> StoreError:
    """What is raised where its files cannot be read."""
    return StoreError("the files of this build are damaged", str(folder), mend or None)
