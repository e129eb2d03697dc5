"""Pages serve people who do not see them, use no mouse, or have a phone: axe finds no fault with them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Browser
from playwright.sync_api import Page

# A page of each kind, and how wide the window is; on a phone it is dark. The vocabulary, the shapes and the
# alignments are left out for their length: axe found no fault there when it was run on them by hand.
PAGES = {
    "/": 360,
    "/ns/module/borders": 360,
    "/sparql": 1280,
    "/queries/refused-rounds": 360,
    "/statements?stance=deny": 1280,
    "/page/state/france": 360,
    "/search?q=france": 1280,
}
PHONE = 360


def faults(page: Page) -> list[str]:
    """Each rule of axe that the page breaks, with the element that breaks it first."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 20, "axe looked at next to nothing"
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault(browser: Browser, server_url: str, path: str) -> None:
    """A page breaks none of the rules of axe-core that a program can decide."""
    width = PAGES[path]
    assert browser.look(server_url + path, faults, width, dark=width == PHONE) == []


def test_axe_finds_faults_that_there_are(browser: Browser, server_url: str) -> None:
    """On a page that is spoilt, axe names what is wrong."""

    def spoilt(page: Page) -> list[str]:
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<main><img src=\"/x.png\"></main>')")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        return faults(page)

    found = {fault.partition(":")[0] for fault in browser.look(server_url + "/sparql", spoilt)}
    assert {"html-has-lang", "image-alt"} <= found
