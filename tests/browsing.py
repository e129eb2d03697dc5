"""A browser without a window, for what only a browser can tell of a page. It has a thread of its own, because
Playwright leaves an event loop running in the thread that starts it, where asyncio.run would then fail."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

# Debian's package, which .ci/run installs; Playwright would fetch a browser of its own.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PATIENCE = 120_000  # milliseconds, for a machine that does much else
Told = TypeVar("Told")


@dataclass(frozen=True)
class Browser:
    """A browser that runs, and the one thread that may talk to it."""

    thread: ThreadPoolExecutor
    chromium: Chromium

    def look(self, url: str, at: Callable[[Page], Told], width: int = 1280, dark: bool = False) -> Told:
        """What `at` tells of the page, in a window of that width, where scripts may run."""
        return self.thread.submit(self._look, url, at, width, dark).result()

    def _look(self, url: str, at: Callable[[Page], Told], width: int, dark: bool) -> Told:
        with self.chromium.new_context(
            bypass_csp=True,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 800},
        ) as window:
            window.set_default_timeout(_PATIENCE)
            page = window.new_page()
            answer = page.goto(url)
            assert answer is not None
            assert answer.status == 200, url
            return at(page)


@contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """The browser at that path, until the block ends."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        try:
            chromium = thread.submit(
                lambda: playwright.chromium.launch(executable_path=program, timeout=_PATIENCE)
            ).result()
            try:
                yield Browser(thread, chromium)
            finally:
                thread.submit(chromium.close).result()
        finally:
            thread.submit(playwright.stop).result()
