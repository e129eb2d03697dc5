"""The data folder: immutable generations of the graph, the one that is current, and the builders' lock.

sources/                      the texts that the graph is read from
cache/                        one graph a source, by what it depends on
generations/<version>/        store/, dumps/, manifest.json; written once, never changed
current -> generations/<version>
generations/.damaged-<version>  the last one that could not be read and was built anew, to look into
lock                          held by the one process that builds
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Store

from kg import dumps, durable
from kg.errors import NothingBuilt, StoreError, StoreLocked
from kg.vocab import Base

LAYOUT = 2  # of a generation's files; 2 stores the union of the graphs as default graph. Raise it with them
KEPT = 3  # generations: the current one, and two that a slow reader may still hold open
_ASIDE = ".damaged-"  # what the folder of a generation that was built anew is called at its start
_STATED = {"base", "triples", "graphs", "built_from"}  # what every manifest holds, of any layout


@dataclass(frozen=True)
class Generation:
    """One complete, immutable build of the graph."""

    version: str
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def base(self) -> Base:
        return Base(self.manifest["base"])

    @property
    def dumps(self) -> Path:
        return self.folder / "dumps"

    @property
    def size(self) -> int:
        """Bytes that the quads take on disk."""
        return sum(file.stat().st_size for file in (self.folder / "store").iterdir())

    def open(self) -> Store:
        """The quads, read-only, their union as default graph; raises StoreError for damaged files."""
        try:
            return Store.read_only(str(self.folder / "store"))
        except (OSError, RuntimeError) as error:  # the engine raises either, by what it stumbles on
            raise _damaged(self.folder) from error

    @property
    def readable(self) -> bool:
        """Whether all quads can be read; takes as long as that."""
        try:
            return len(self.open()) > 0
        except (StoreError, OSError, RuntimeError):
            return False


class DataFolder:
    """A folder that Parley keeps texts and graphs in; made when something is first built in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sources = path / "sources"
        self.cache = path / "cache"
        self._generations = path / "generations"
        self._current = path / "current"

    def current(self) -> Generation:
        """The generation to serve; raises NothingBuilt for none, StoreError for one that is unusable."""
        if not self.has_current():
            raise NothingBuilt("no graph has been built", str(self.path), "Run: parley build")
        return _generation(self._current.resolve())

    def generations(self) -> tuple[Generation, ...]:
        """All that are kept and usable, oldest first."""
        return tuple(filter(None, map(_usable, self._folders())))

    def base(self) -> Base | None:
        """What the current generation was built with, damaged or not; else what the newest other one was."""
        if not self._current.is_symlink():
            return None
        for folder in (self._current.resolve(), *reversed(self._folders())):
            with suppress(StoreError):
                return Base(_manifest(folder)["base"])
            if stated := dumps.base(folder / "dumps"):
                return Base(stated)
        return None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one who builds, and clear what killed ones left; raises StoreLocked while another builds."""
        with self._lock_file() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                raise StoreLocked(
                    f"process {file.read().strip()} is building", str(self.path), "Try again when it is done"
                ) from error
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            self._clear_leftovers()
            yield

    def generation(self, version: str) -> Generation:
        """The generation of this version; raises StoreError where it is gone or unusable."""
        return _generation(self._generations / version)

    def find(self, version: str) -> Generation | None:
        """The generation of this version, if it is kept and can be read."""
        found = _usable(self._generations / version)
        return found if found and found.readable else None

    def holds(self, version: str) -> bool:
        """Whether there is a generation of this version, usable or not."""
        return (self._generations / version).exists()

    def has_current(self) -> bool:
        return self._current.exists()

    def is_current(self, version: str) -> bool:
        return self.has_current() and self._current.resolve().name == version

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder to write a generation in, gone afterwards unless it was published."""
        folder = self._generations / f"{durable.PARTIAL}{os.getpid()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, staged: Path, version: str) -> Generation:
        """Give a finished folder its name; a damaged one of that name is set aside. It is not current yet."""
        durable.sync_tree(staged)
        if self.holds(version):
            for earlier in self._generations.glob(f"{_ASIDE}*"):
                shutil.rmtree(earlier)
            (self._generations / version).rename(self._generations / f"{_ASIDE}{version}")
        folder = staged.rename(self._generations / version)
        durable.sync(self._generations)
        return _generation(folder)

    def switch(self, version: str) -> None:
        """Make this generation the one to serve, in one step, and drop those that nobody needs any more."""
        now = time.time_ns()  # finer than what the system takes by itself, for builds within one tick
        os.utime(self._generations / version, ns=(now, now))
        durable.point(self._current, f"generations/{version}")
        for old in self._folders()[:-KEPT]:
            shutil.rmtree(old)

    def _folders(self) -> list[Path]:
        """The generations' folders, oldest first."""
        folders = (path for path in self._generations.glob("*") if not path.name.startswith("."))
        return sorted(folders, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))

    def _lock_file(self) -> IO[str]:
        """The open file that builders lock; it and the folders they write to are made where missing."""
        try:
            for folder in (self.sources, self.cache, self._generations):
                folder.mkdir(parents=True, exist_ok=True)
            return (self.path / "lock").open("a+")
        except OSError as error:
            what = f"cannot be used as a data folder ({error.strerror})"
            raise StoreError(what, str(self.path), "Name another with --data") from error

    def _clear_leftovers(self) -> None:
        for folder in (self.path, self.sources, self.cache, self._generations):
            for path in durable.leftovers(folder):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _generation(folder: Path) -> Generation:
    manifest = _manifest(folder)
    if manifest.get("layout") != LAYOUT:
        what = "was built by another version of Parley, and cannot be used by this one"
        raise StoreError(what, str(folder), "Run: parley build")
    return Generation(folder.name, folder, manifest)


def _usable(folder: Path) -> Generation | None:
    try:
        return _generation(folder)
    except StoreError:
        return None


def _manifest(folder: Path) -> dict[str, Any]:
    """What a generation says of itself; raises StoreError where the file is damaged."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(folder) from error
    if not isinstance(manifest, dict) or not manifest.keys() >= _STATED:
        raise _damaged(folder)
    return manifest


def _damaged(folder: Path) -> StoreError:
    return StoreError("the files of this build are damaged", str(folder), "Run: parley build")
