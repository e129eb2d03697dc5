"""Keeps the index of names of what is served, one file a version, for all workers of a server."""

import logging
import shutil
import sqlite3
import tempfile
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from kg import locks
from kg.errors import ParleyError, StoreError
from kg.names.facts import Facts
from kg.names.index import Index
from kg.names.writing import write
from server.engine.contract import Engine
from server.naming import gathering

_log = logging.getLogger("parley")
_KEPT = 2  # files: what is served, and what was before it


class Names:
    """The index of one worker; `folder` is shared by all of a server, None is one for this process alone."""

    def __init__(self, engine: Engine, folder: Path | None = None) -> None:
        self._engine = engine
        self._folder = folder
        self._making = threading.Lock()
        self._index: Index | None = None

    def index(self) -> Index:
        """The index of what is served now; made if it is not there yet.

        Raises the errors of the engine, and StoreError where no file can be written.
        """
        version = self._engine.generation().version
        index = self._index
        if index is None or index.version != version:
            with self._making:
                index = self._index
                if index is None or index.version != version:
                    index = self._index = self._open(version)
        return index

    def prepare(self) -> None:
        """Have the index made by a thread that nobody waits for, if it is not there yet."""
        index = self._index
        if not self._making.locked() and (
            index is None or index.version != self._engine.generation().version
        ):
            threading.Thread(target=self._prepared, name="parley-names", daemon=True).start()

    def _prepared(self) -> None:
        try:
            self.index()
        except ParleyError:
            return  # whoever needs it meets the same fault, and is told
        except Exception:
            _log.exception("the index of names was not made")

    def _open(self, version: str) -> Index:
        folder = self._folder = self._folder or self._own()
        path = folder / f"{quote(version, safe='')}.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "lock").open("a") as lock:
                locks.lock(lock.fileno(), wait=True)
                if not path.exists():
                    write(path, self._engine.generation().base, self._facts(version))
                    self._drop_old(path)
        except (OSError, sqlite3.Error) as error:
            mend = "Make room on its disk, or mend its rights"
            raise StoreError(f"no index of names can be written ({error})", str(folder), mend) from error
        return Index(path, version)

    def _facts(self, version: str) -> Facts:
        """What the index of a version is made of. Raises StoreError where another is served by now."""
        facts = gathering.facts(self._engine)
        if self._engine.generation().version != version:  # a page is made again then, over the newer one
            raise StoreError("the graph changed while its names were gathered", None, "Ask again")
        return facts

    def _own(self) -> Path:
        folder = tempfile.mkdtemp(prefix="parley-names-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    def _drop_old(self, newest: Path) -> None:
        others = sorted(
            (file for file in newest.parent.glob("*.sqlite") if file != newest),
            key=lambda file: file.stat().st_mtime_ns,
        )
        for file in others[: max(0, len(others) - (_KEPT - 1))]:
            with suppress(OSError):
                file.unlink()
