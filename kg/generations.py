"""A folder of generations as whoever writes sees it: it makes one after another, and removes the oldest.

generations/.damaged-<version>  the last one that could not be read and was made anew, to look into
lock                            held by the one process that writes

The rest is as in kg.kept_generations.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, ClassVar

from kg import durable, locks
from kg.errors import StoreError, StoreLocked
from kg.generation import Generation
from kg.kept_generations import KeptGenerations

_ASIDE = ".damaged-"  # what the folder of a generation that was made anew is called at its start


class Generations(KeptGenerations):
    """A folder that generations are kept in; made when the first one is written."""

    busy: ClassVar[str] = "writing"  # what the holder of the lock does
    patient: ClassVar[bool] = False  # whether others wait for it

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one who writes, and clear what killed ones left.

        Raises StoreLocked while another process writes; a patient folder waits for it instead. What the
        system refuses to the block, for want of room or rights, is a StoreError.
        """
        with self._lock_file() as file:
            try:
                locks.lock(file.fileno(), wait=self.patient)
            except BlockingIOError as error:
                what = f"process {file.read().strip()} is {self.busy}"
                raise StoreLocked(what, str(self.path), "Try again when it is done") from error
            try:
                self._clear_leftovers()
                file.truncate(0)
                os.write(file.fileno(), f"{os.getpid()}\n".encode())
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
        with locks.alone(old) as free:
            if free:
                gone = old.rename(old.with_name(f"{durable.PARTIAL}{old.name}"))
                shutil.rmtree(gone, ignore_errors=True)  # what is left goes with the next lock

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

    def _unusable(self, error: OSError) -> StoreError:
        return StoreError(f"cannot be used as a folder of stores ({error.strerror})", str(self.path))
