"""A store that changes: each change makes a generation beside the one that is served, then takes its place.

Made of hard links (`Store.backup`), so a change costs what it writes, and a look at the keys of all quads.
Nothing is written where anybody reads; whatever ends a change early leaves the generation before it current.

generations/<number>-<id>/    store/ and manifest.json; the id makes a version mean the same data for ever
generations/.partial-next     the version that is being made current, while it is
current, lock                 as in kg.generations, kg.kept_generations
"""

import json
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from pyoxigraph import NamedNode, QuerySolutions, Store

from kg import durable
from kg.errors import StoreError
from kg.generation import Generation
from kg.generations import Generations
from kg.kept_generations import STATED
from kg.vocab import DEFAULT_BASE

LAYOUT = 1  # of a generation's files; raise it with them
_NEXT = f"{durable.PARTIAL}next"
_FIRST = "new store"
_BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_OF_GRAPH = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
T = TypeVar("T")


class WritableFolder(Generations):
    """A folder with a store that changes, and the generations that it went through."""

    layout: ClassVar[int] = LAYOUT
    mend: ClassVar[str] = (
        "Go back to another one with: parley rollback; or start a new store in another folder, and send it"
        " what a server of the other version gives at /graph-store"
    )
    stated: ClassVar[frozenset[str]] = STATED | {"number", "parent", "when", "change"}
    patient: ClassVar[bool] = True

    def start(self) -> Generation:
        """The current generation, an empty one where there is none yet; what killed ones left is cleared.

        Raises StoreError where the folder cannot be used.
        """
        if (self.path / "sources").exists():
            what = "holds a built graph, which changes by building only"
            raise StoreError(what, str(self.path), "Name another folder with --store")
        with self.lock():
            started = self.has_current()
        if not started:
            self._start_apart()
        return self.current()

    def _start_apart(self) -> None:
        """Make the first generation in a process of its own, so that this one stays fit to fork writers.

        Their threads would also be here to the end, and take signals that are meant for others.
        """
        command = [sys.executable, "-m", "kg.writable", str(self.path)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise StoreError(said[-1] if said else "no store could be made", None if said else str(self.path))

    def make_first(self) -> None:
        """Make the first, empty generation, where there is none. Raises StoreError."""
        with self.lock():
            if not self.has_current():
                self._make(_FIRST, lambda staged: Store(str(staged)).flush(), None)

    def change(
        self, word: str, act: Callable[[Store], T], touched: Collection[str | None] | None = None
    ) -> tuple[Generation, T]:
        """Have `act` change the store, make that current, and say what it returned; `word` names the change.

        It changes no graphs but those that are `touched`, if they are known; None is the default graph.
        Waits for others that write. When this returns, the change is on the disk and new readers get it; when
        it raises, nothing has changed. Call it in a process that was not forked from one that had a store on
        disk open: the engine's threads would be missing there, and it would wait for them for ever.
        Raises NothingBuilt, StoreError, and what `act` raises.
        """
        outcome: list[T] = []
        with self.lock():
            before = self.current()

            def write(staged: Path) -> None:
                before.open().backup(str(staged))
                store = Store(str(staged))
                outcome.append(act(store))
                store.flush()

            return self._make(word, write, before, touched), outcome[0]

    def _make(
        self,
        word: str,
        write: Callable[[Path], None],
        parent: Generation | None,
        touched: Collection[str | None] | None = None,
    ) -> Generation:
        """Have a store written, read it once, and make it current."""
        number = 1 + max((_number(folder) for folder in self._folders()), default=0)
        with self.staging() as staged:
            write(staged / "store")
            manifest = _manifest(number, word, parent)
            before = parent.manifest["graphs"] if parent and touched is not None else None
            manifest |= _counted(staged / "store", before, touched or ())
            (staged / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")
            return self._take_over(staged, f"{number}-{secrets.token_hex(4)}")

    def _take_over(self, staged: Path, version: str) -> Generation:
        """Publish and switch; meanwhile a note names the version, which is there before it is current."""
        note = self._generations / _NEXT
        durable.write(note, version.encode())
        made = self.publish(staged, version)
        self.switch(version)
        note.unlink()
        return made

    def _clear_leftovers(self) -> None:
        with suppress(FileNotFoundError):
            version = (self._generations / _NEXT).read_text("utf-8")
            if version and not self.is_current(version):
                shutil.rmtree(self._generations / version, ignore_errors=True)
        super()._clear_leftovers()


def _number(folder: Path) -> int:
    """The number that a version starts with."""
    number = folder.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _manifest(number: int, word: str, parent: Generation | None) -> dict[str, Any]:
    return {
        "layout": LAYOUT,
        "number": number,
        "parent": parent.version if parent else None,
        "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "change": word,
        "base": str(parent.manifest["base"]) if parent else DEFAULT_BASE,
    }


def _counted(
    store: Path, before: Mapping[str, int] | None, touched: Collection[str | None]
) -> dict[str, Any]:
    """The triples of all graphs together, and of each named one, read from the files as a reader would.

    `before` is what the named graphs had, if none but those that are `touched` has changed.
    """
    opened = Store.read_only(str(store))
    names = (name for name in touched if name is not None)
    graphs = _all_graphs(opened) if before is None else {**before} | _graphs(opened, names)
    there = {name: number for name, number in graphs.items() if number or _is_there(opened, name)}
    return {"triples": len(opened), "graphs": dict(sorted(there.items()))}


def _all_graphs(opened: Store) -> dict[str, int]:
    rows = cast(QuerySolutions, opened.query(_BY_GRAPH))
    empty = {str(name.value): 0 for name in opened.named_graphs()}
    return empty | {str(row["g"].value): int(row["n"].value) for row in rows}


def _graphs(opened: Store, names: Iterable[str]) -> dict[str, int]:
    return {
        name: sum(int(row["n"].value) for row in cast(QuerySolutions, opened.query(_OF_GRAPH % name)))
        for name in names
    }


def _is_there(opened: Store, name: str) -> bool:
    return opened.contains_named_graph(NamedNode(name))


if __name__ == "__main__":
    try:
        WritableFolder(Path(sys.argv[1])).make_first()
    except StoreError as error:
        sys.exit(str(error))
