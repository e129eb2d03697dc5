"""Marked texts in a real browser: the passage that an address names, and the legend as a filter."""

from typing import Any

from browsing import Browser
from playwright.sync_api import Page

SEED = "/page/report/daily-sabah-2023-12-06-azerbaijan-wants-us-to-consider-new-61c46c"
WORDS = 'If it changed its posture, however, Baku could "restore" the talks led by the U.S.'


def test_an_address_lights_up_just_its_words(browser: Browser, server_url: str) -> None:
    """A passage named in the address is lit, in all pieces of it and nowhere else, and is in view."""

    def lit(page: Page) -> tuple[str, bool]:
        here = page.locator(".lit")
        return "".join(here.all_text_contents()), here.first.is_visible()

    def moved(page: Page) -> str:
        page.evaluate("location.hash = '#char=1355,1362'")  # no passage of the graph begins there
        page.wait_for_function("document.querySelectorAll('.lit').length < 4")
        return "".join(page.locator(".lit").all_text_contents())

    assert browser.look(f"{server_url}{SEED}#char=1349,1431", lit) == (WORDS, True)
    assert "changed" in browser.look(f"{server_url}{SEED}#char=1349,1431", moved)


def test_the_legend_is_a_filter(browser: Browser, server_url: str) -> None:
    """Whoever is switched off in the legend has no colour and no note; the words stay. No script does it."""

    def tried(page: Page) -> dict[str, Any]:
        words = page.locator(".said-by.voice-3").first
        note = page.locator(".notes li.voice-3").first
        before = (words.evaluate("one => getComputedStyle(one).backgroundColor"), note.is_visible())
        page.locator("#voice-3").uncheck()
        after = (words.evaluate("one => getComputedStyle(one).backgroundColor"), note.is_visible())
        page.locator("#layer-event").uncheck()
        return {
            "before": before,
            "after": after,
            "words": words.is_visible(),
            "events": page.locator(".notes li.event").first.is_visible(),
        }

    found = browser.look(server_url + SEED, tried)
    assert found["before"][1]
    assert not found["after"][1]
    assert found["before"][0] != found["after"][0]
    assert found["words"]
    assert not found["events"]
