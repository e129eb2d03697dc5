"""Pages that everybody opens, asked for beforehand where a graph is so large that readers would wait.

Their queries go through every statement of the graph, and their answers are kept for as long as it is served.
One worker asks, for all: the cache is shared.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import Flask

from kg import locks
from kg.errors import ParleyError
from kg.generation import Generation
from server import lists
from server.cookbook import recipes
from server.pictures.shown import PICTURES

LARGE = 200_000  # triples: of fewer, no page takes a reader's notice
_EVERY = 2.0  # seconds between two looks at what is served
_WORDS = "/search?q=peace"  # has the index of names made


def pages() -> Sequence[str]:
    """The addresses, those first that most people come by."""
    lists_and_pictures = (f"/{name}" for name in (*lists.NAMES, *PICTURES))
    return ("/", _WORDS, *lists_and_pictures, *(f"/cookbook/{name}" for name in recipes()))


class Warming:
    """Asks a worker's pages anew for each version; `folder` is shared by all workers of a server."""

    def __init__(self, app: Flask, generation: Callable[[], Generation], folder: Path) -> None:
        self._app, self._generation, self._folder = app, generation, folder
        self._ended = threading.Event()
        self._last = ""

    def start(self) -> None:
        """Begin, in a thread that nobody waits for."""
        threading.Thread(target=self._run, name="parley-warming", daemon=True).start()

    def end(self) -> None:
        """Ask for no further page."""
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.wait(_EVERY):
            self.look()

    def look(self) -> None:
        """Ask for the pages, if what is served is new and large."""
        try:
            present = self._generation()
        except ParleyError:
            return  # nothing is served yet
        if present.version != self._last and present.manifest["triples"] >= LARGE:
            self._warm()
        self._last = present.version

    def _warm(self) -> None:
        """Ask for each page, unless another worker does. What fails will be told to whoever asks for it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("a") as lock:
            try:
                locks.lock(lock.fileno(), wait=False)
            except BlockingIOError:
                return
            client = self._app.test_client()
            for address in pages():
                if not self._ended.is_set():
                    client.get(address, headers={"Accept": "text/html"})
