"""Query processes that start from nothing and read the graph from disk, as their worker sees them.

For systems without fork, or without what a nursery needs of Linux. Nothing here keeps a process off the
network but what is judged of the text of its query.
"""

import asyncio
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, cast

from kg.store import DataFolder
from server.engine import endings, frames, wire
from server.engine.births import Begun, Heard, Told
from server.engine.frames import Head
from server.engine.spawned_reader import Birth
from server.messages import Spooled

_ERRORS = 2  # standard error
_SAID = 2000  # bytes of what a process wrote last on standard error
_PAUSE = 2.0  # seconds before another try where a process did not come to answer
_log = logging.getLogger("parley")


class SpawnedLine(asyncio.SubprocessProtocol):
    """The pipes of a process; `ready` is called once it can answer, `over` when it has ended."""

    def __init__(
        self,
        number: int,
        folder: Path,
        ready: "Callable[[SpawnedLine], None]",
        over: "Callable[[SpawnedLine], None]",
    ) -> None:
        self.number, self.folder = number, folder
        self.said = b""
        self.is_ready = False
        self._ready, self._over = ready, over
        self._heard: Heard | None = None
        self._closed: Callable[[], None] | None = None
        self._incoming = frames.Incoming()
        self._file: Spooled | None = None
        self._transport: asyncio.SubprocessTransport | None = None

    def joined(self, heard: Heard, closed: Callable[[], None]) -> "SpawnedLine":
        """The line, which from now on tells these two."""
        self._heard, self._closed = heard, closed
        return self

    def send(self, message: bytes) -> None:
        if self._transport:
            cast(asyncio.WriteTransport, self._transport.get_pipe_transport(0)).write(message)

    def close(self) -> None:
        self._heard = self._closed = None
        self.kill()  # whoever lets it go waits for no answer

    def kill(self) -> None:
        with suppress(ProcessLookupError):  # it ended by itself
            if self._transport:
                self._transport.kill()

    def prioritize(self, nice: int) -> bool:
        """All are alike here."""
        return True

    def spooled(self, head: Head) -> Spooled | None:
        file, self._file = self._file, None
        return file

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == _ERRORS:
            self.said = (self.said + data)[-_SAID:]
            return
        for head, body in self._incoming.take(data):
            self._hear(head, body)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended, and all that it said was heard."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._closed:
            self._closed()
        self._over(self)

    def _hear(self, head: dict[str, Any], body: bytes) -> None:
        if not self.is_ready:
            self.is_ready = True
            self._ready(self)
            return
        try:
            self._file = _taken(Path(head["file"]), head["size"]) if "file" in head else None
        except OSError as error:
            head = dict(wire.error_head(endings.not_written(error)))
        if self._heard:
            self._heard(head, body)
        elif self._file:
            os.close(self._file.descriptor)


class Spawner:
    """Spawns processes over the version that is current when it is made, which stays on the disk for them."""

    def __init__(self, data: Path, spool: Path, memory: int, told: Told, failed: Callable[[], None]) -> None:
        """Raises NothingBuilt, StoreError. `failed` is called where a process did not come to answer."""
        self._hold = ExitStack()
        self.version = self._hold.enter_context(DataFolder(data).held()).version
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="parley-", dir=spool))
        except OSError as error:
            self._hold.close()
            raise endings.not_written(error) from None
        self._data, self._memory, self._told, self._failed = data, memory, told, failed
        self._living = set[SpawnedLine]()
        self._tasks = set[asyncio.Task[None]]()
        self._number, self._closing = 0, False

    def order(self) -> None:
        task = asyncio.get_running_loop().create_task(self._spawn())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def change(self, head: Head, body: bytes) -> None:
        raise endings.no_process()

    def close(self) -> None:
        self._closing = True
        for line in self._living:
            line.close()
        self._hold.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _spawn(self) -> None:
        self._number += 1
        folder = self._folder / str(self._number)
        line = SpawnedLine(self._number, folder, self._come, self._over)
        birth = Birth(str(self._data), self.version, str(folder), self._memory)
        command = [sys.executable, "-m", "server.engine.spawned_reader", birth.to_json()]
        self._living.add(line)
        try:
            folder.mkdir()
            await asyncio.get_running_loop().subprocess_exec(
                lambda: line, *command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as error:
            line.said = str(error).encode()
            self._over(line)
        if self._closing:
            line.close()

    def _come(self, line: SpawnedLine) -> None:
        self._told.come(line.number, self.version, line.joined)

    def _over(self, line: SpawnedLine) -> None:
        self._living.discard(line)
        said = line.said.decode(errors="replace").strip()
        if line.is_ready:
            self._told.ended(line.number, said)
        elif not self._closing:
            _log.error("a query process cannot be started: %s", said.rpartition("\n")[2])
            self._failed()
            self._told.lost()


class Spawned:
    """Follows the graph of a data folder."""

    def __init__(self, data: Path, spool: Path, memory: int) -> None:
        """`memory` is what a query may take beside the store, in bytes."""
        self._data, self._spool, self._memory = data, spool, memory
        self._folder = DataFolder(data)
        self._not_before = 0.0

    def text(self) -> str:
        return self._folder.current_version() or ""

    def version(self, text: str) -> str:
        return text

    def births(self, text: str) -> Begun:
        if time.monotonic() < self._not_before:
            raise endings.no_process()
        return lambda told: Spawner(self._data, self._spool, self._memory, told, self._postpone)

    def _postpone(self) -> None:
        self._not_before = time.monotonic() + _PAUSE


def _taken(path: Path, size: int) -> Spooled:
    """An answer in a file, open and without its name, so that it goes when it is closed."""
    goes_when_closed = getattr(os, "O_TEMPORARY", 0) | getattr(os, "O_BINARY", 0)  # on Windows
    descriptor = os.open(path, os.O_RDONLY | goes_when_closed)
    if not goes_when_closed:
        path.unlink()
    return Spooled(descriptor, size)
