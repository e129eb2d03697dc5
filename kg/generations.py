"""A folder of generations: immutable stores, the one that is current, and the lock of who writes.

generations/<version>/        store/, manifest.json and what else belongs to it; written once, never changed
current -> generations/<version>
generations/.damaged-<version>  the last one that could not be read and was made anew, to look into
lock                          held by the one process that writes
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
from typing import IO, Any, ClassVar

from pyoxigraph import Store

from kg import durable
from kg.errors import NothingBuilt, StoreError, StoreLocked
from kg.vocab import Base

KEPT = 3  # generations: the current one, and two that a slow reader may still hold open
_ASIDE = ".damaged-"  # what the folder of a generation that was made anew is called at its start
STATED = frozenset({"base", "triples", "graphs"})  # what every manifest holds, of any layout


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
            raise _damaged(self.folder, self.mend) from error

    @property
    def readable(self) -> bool:
        """Whether all quads can be read; takes as long as that."""
        try:
            return len(self.open()) > 0 or self.manifest["triples"] == 0
        except (StoreError, OSError, RuntimeError):
            return False


class Generations:
    """A folder that generations are kept in; made when the first one is written."""

    layout: ClassVar[int]  # of a generation's files; raise it with them
    mend: ClassVar[str]  # what to do where one has another layout, or damaged files
    stated: ClassVar[frozenset[str]] = STATED  # what every manifest holds, of any layout
    busy: ClassVar[str] = "writing"  # what the holder of the lock does
    patient: ClassVar[bool] = False  # whether others wait for it

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
        descriptor, generation = self._hold()
        try:
            yield generation
        finally:
            os.close(descriptor)

    def generations(self) -> tuple[Generation, ...]:
        """All that are kept and usable, the one that became current last at the end."""
        return tuple(filter(None, map(self._usable, self._folders())))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one who writes, and clear what killed ones left.

        Raises StoreLocked while another process writes; a patient folder waits for it instead. What the
        system refuses to the block, for want of room or rights, is a StoreError.
        """
        with self._lock_file() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if self.patient else fcntl.LOCK_NB))
            except BlockingIOError as error:
                what = f"process {file.read().strip()} is {self.busy}"
                raise StoreLocked(what, str(self.path), "Try again when it is done") from error
            try:
                self._clear_leftovers()
                file.truncate(0)
                os.pwrite(file.fileno(), f"{os.getpid()}\n".encode(), 0)
                yield
            except OSError as error:
                with suppress(OSError):
                    self._clear_leftovers()
                what = f"cannot be written ({error.strerror or error}); what was there before is unchanged"
                raise StoreError(what, str(self.path), "Make room on its disk, or mend its rights") from error

    def rollback(self, version: str) -> Generation:
        """Make a generation that is kept the current one again.

        Raises StoreError for one that is not kept, or cannot be read; StoreLocked.
        """
        with self.lock():
            found = self.find(version)
            if found is None:
                mend = "See those that are kept with: parley generations"
                raise StoreError(f"there is no version {version} that can be read", str(self.path), mend)
            self._point(version)
            return found

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
        return self._generation(folder)

    def switch(self, version: str) -> None:
        """Make this generation the one to serve, in one step, and drop those that nobody needs any more."""
        self._point(version)
        self.drop_old()

    def drop_old(self) -> None:
        """Remove what is over the number kept, but for what a process holds; for the holder of the lock."""
        for old in self._folders()[: -self.kept]:
            if not self.is_current(old.name):
                self._drop(old)

    def _point(self, version: str) -> None:
        now = time.time_ns()  # finer than what the system takes by itself, for builds within one tick
        os.utime(self._generations / version, ns=(now, now))
        durable.point(self._current, f"generations/{version}")

    def _drop(self, old: Path) -> None:
        """Remove a generation, unless somebody holds it: it goes when the next one is made."""
        descriptor = os.open(old, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            gone = old.rename(old.with_name(f"{durable.PARTIAL}{old.name}"))
            shutil.rmtree(gone, ignore_errors=True)  # what is left goes with the next lock
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)

    def _hold(self) -> tuple[int, Generation]:
        """The current generation and a descriptor of its folder that keeps it; both again if it just went."""
        while True:
            generation = self.current()
            try:
                descriptor = os.open(generation.folder, os.O_RDONLY | os.O_DIRECTORY)
            except FileNotFoundError:
                continue
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), generation.folder.stat()):
                    return descriptor, generation
            os.close(descriptor)

    def _folders(self) -> list[Path]:
        """The generations' folders, oldest first."""
        folders = (path for path in self._generations.glob("*") if not path.name.startswith("."))
        return sorted(folders, key=lambda folder: (folder.stat().st_mtime_ns, folder.name))

    def _parts(self) -> tuple[Path, ...]:
        """The folders that belong to this one, for whoever writes."""
        return (self._generations,)

    def _lock_file(self) -> IO[str]:
        """The open file that writers lock; it and the folders they write to are made where missing."""
        try:
            for folder in self._parts():
                folder.mkdir(parents=True, exist_ok=True)
            file = (self.path / "lock").open("a+")
            file.seek(0)
            return file
        except OSError as error:
            raise self._unusable(error) from error

    def _clear_leftovers(self) -> None:
        for folder in (self.path, *self._parts()):
            for path in durable.leftovers(folder):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

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
            raise _damaged(folder, self.mend) from error
        if not isinstance(manifest, dict) or not manifest.keys() >= self.stated:
            raise _damaged(folder, self.mend)
        return manifest

    def _nothing(self) -> NothingBuilt:
        return NothingBuilt("there is no store", str(self.path))

    def _unusable(self, error: OSError) -> StoreError:
        return StoreError(f"cannot be used as a folder of stores ({error.strerror})", str(self.path))


def _damaged(folder: Path, mend: str) -> StoreError:
    return StoreError("the files of this build are damaged", str(folder), mend or None)
