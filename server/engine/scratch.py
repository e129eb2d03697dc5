"""Where a query process writes an answer: memory or a file, and another file on disk for what is large."""

import os
import tempfile
from pathlib import Path
from typing import Protocol

INLINE = 64 * 1024  # bytes; a smaller answer goes in a message, a larger one as an open file or by its name
_IN_MEMORY = 2**20  # bytes; an answer that waits for a slow client should not do so in memory


class Scratch(Protocol):
    """A file that is written over and over; `path` is where pyoxigraph opens it."""

    path: str

    @property
    def size(self) -> int: ...

    def read(self) -> bytes: ...

    def write(self, content: bytes) -> None:
        """Have it hold this and nothing else."""


class ScratchMemory:
    """A file in memory, which only Linux has."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._renew()

    @property
    def size(self) -> int:
        return os.fstat(self._descriptor).st_size

    def read(self) -> bytes:
        return os.pread(self._descriptor, self.size, 0)

    def write(self, content: bytes) -> None:
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        with open(self._descriptor, "wb", closefd=False) as file:
            file.write(content)

    def take(self) -> int:
        """The file as it is, for somebody else to close; another one takes its place."""
        taken, size = self._descriptor, self.size
        if size > _IN_MEMORY:
            taken = _on_disk(self._folder, taken, size)
            os.ftruncate(self._descriptor, 0)
        else:
            self._renew()
        return taken

    def _renew(self) -> None:
        self._descriptor = os.memfd_create("answer", os.MFD_CLOEXEC)
        self.path = f"/proc/self/fd/{self._descriptor}"


class ScratchFile:
    """A file in a folder that nobody else uses."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._taken = folder, 0
        self._renew()

    @property
    def size(self) -> int:
        try:
            return Path(self.path).stat().st_size
        except FileNotFoundError:  # nothing was written yet
            return 0

    def read(self) -> bytes:
        return Path(self.path).read_bytes()

    def write(self, content: bytes) -> None:
        Path(self.path).write_bytes(content)

    def take(self) -> str:
        """The path of the file as it is, for somebody else to remove; another one takes its place."""
        taken, self._taken = self.path, self._taken + 1
        self._renew()
        return taken

    def _renew(self) -> None:
        self.path = str(self._folder / str(self._taken))


def _on_disk(folder: Path, memory: int, size: int) -> int:
    """A copy in a file that has no name any more, so that it goes when the last process closes it."""
    descriptor, name = tempfile.mkstemp(dir=folder)
    os.unlink(name)  # noqa: PTH108 (a name, not a path)
    try:
        place = 0
        while place < size:
            place += os.sendfile(descriptor, memory, place, size - place)
    except OSError:  # the disk is full
        os.close(descriptor)
        raise
    return descriptor
