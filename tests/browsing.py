"""A browser without a window, for what only a browser can tell of a page. It has a thread of its own, because
Playwright leaves an event loop running in the thread that starts it, where asyncio.run would then fail."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

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

    def look(
        self,
        url: str,
        at: Callable[[Page], Told],
        width: int = 1280,
        dark: bool = False,
        strict: bool = False,
        status: int | None = 200,
    ) -> Told:
        """What `at` tells of the page, in a window of that width, where scripts of the test may run.

        With `strict` the page's own policy holds. `status` is that of the answer, None for no page at all.
        """
        return self.thread.submit(self._look, url, at, width, dark, strict, status).result()

    def use(self, url: str, at: Callable[[Page], Told], width: int = 1280, dark: bool = False) -> Told:
        """The same under the page's own policy; fails for an error in the console or a request elsewhere."""
        return self.thread.submit(self._use, url, at, width, dark).result()

    def _use(self, url: str, at: Callable[[Page], Told], width: int, dark: bool) -> Told:
        faults: list[str] = []
        origin = urlsplit(url)._replace(path="", query="", fragment="").geturl()

        def watched(page: Page) -> Told:
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("request", lambda sent: faults.append(sent.url) if _elsewhere(sent.url, origin) else None)
            page.goto(url)
            return at(page)

        told = self._look("about:blank", watched, width, dark, True, None)
        assert faults == [], url
        return told

    def _look(
        self,
        url: str,
        at: Callable[[Page], Told],
        width: int,
        dark: bool,
        strict: bool,
        status: int | None,
    ) -> Told:
        with self.chromium.new_context(
            bypass_csp=not strict,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 800},
        ) as window:
            window.set_default_timeout(_PATIENCE)
            page = window.new_page()
            answer = page.goto(url)
            assert (answer and answer.status) == status, url
            return at(page)


def _elsewhere(url: str, origin: str) -> bool:
    return not url.startswith((f"{origin}/", "data:", "blob:", "about:"))


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
