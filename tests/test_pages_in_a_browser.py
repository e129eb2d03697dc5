"""Each page in a real browser, on a desk and on a phone: nothing fails, nothing comes from elsewhere, nothing
sticks out, and axe finds no fault; and the tasks that pages are for, done by keyboard alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Browser
from playwright.sync_api import Page

from server.pictures.shown import PICTURES

SABAH = "daily-sabah-2023-12-06-azerbaijan-wants-us-to-consider-new-61c46c"
# One page of each kind. The long ones on vocabulary, shapes and alignments are left out: axe found no fault
# there when it was run on them by hand.
PAGES = (
    *(
        "/",
        *(f"/{name}" for name in PICTURES),
        "/sparql",
        "/cookbook",
        "/queries/",
        "/queries/refused-rounds",
    ),
    *("/statements?stance=deny", "/actors", "/search?q=france", "/dataset", "/dumps/"),
    "/page/state/azerbaijan",
    "/page/person/ilham-aliyev",
    "/page/organisation/daily-sabah",
    "/page/format/european-union-track-armenia-azerbaijan",
    "/page/process/armenia-azerbaijan",
    "/page/round/armenia-azerbaijan-united-states-2023-11-20",
    "/page/corridor/trans-caspian-international-transport-route",
    "/page/event/military-operation-karabakh-2023-09-0b7aa014",
    "/page/statement/ilham-aliyev-accuse-cc781c6301",
    f"/page/report/{SABAH}",
    f"/page/article/{SABAH}",
    "/page/place/karabakh",
    "/ns/module/borders",
)
DESK, PHONE = 1280, 360
LARGEST = 100_000  # bytes of a page's HTML


# Whether words stand out is four fifths of what axe takes, most of it for rows of tables that look the same.
# So it judges one element with words of its own for each look: colour, size and weight, and what is behind.
CONTRAST = """async () => {
    const looks = new Map(), one = new Map();
    const look = element => {
        if (element === null) return "";
        if (!looks.has(element)) {
            const style = getComputedStyle(element);
            looks.set(element, [look(element.parentElement), style.backgroundColor, style.backgroundImage,
                style.opacity, style.position, style.filter, style.mixBlendMode].join());
        }
        return looks.get(element);
    };
    for (const element of document.body.querySelectorAll("*")) {
        const words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!words && !element.matches("input, select, textarea") || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const key = [look(element), style.color, style.fontSize, style.fontWeight, style.textShadow,
            element.tagName, element.className].join();
        if (!one.has(key)) one.set(key, element);
    }
    const options = {runOnly: ["color-contrast"], resultTypes: ["violations"]};
    return [one.size, (await axe.run({include: [...one.values()]}, options)).violations];
}"""


def faults(page: Page) -> list[str]:
    """Each rule of axe that the page breaks, with the element that breaks it first."""
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
    found = Axe().run(page, options=options).response
    assert len(found["passes"]) > 14, "axe looked at next to nothing"
    looks, faint = page.evaluate(CONTRAST)
    assert looks > 10, "axe saw next to no words"
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in (*found["violations"], *faint)]


def sticking_out(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_on_desk_and_phone(browser: Browser, server_url: str, path: str) -> None:
    """It loads without an error or a request elsewhere, is as wide as the window, and breaks no rule of axe.

    Axe looks at each page once, at every second one on the phone, where it is dark.
    """
    on_phone = PAGES.index(path) % 2

    def told(page: Page) -> tuple[int, int, list[str]]:
        page.wait_for_load_state("networkidle")
        on_desk = sticking_out(page), [] if on_phone else faults(page)
        page.set_viewport_size({"width": PHONE, "height": 800})
        page.emulate_media(color_scheme="dark")
        found = faults(page) if on_phone else on_desk[1]
        return max(on_desk[0], 0), max(sticking_out(page), 0), found

    assert browser.use(server_url + path, told, DESK) == (0, 0, [])


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(server_url: str, path: str) -> None:
    """Its HTML is below 100 kB and says its one address, its words are there without a script, and nothing
    inline would run."""
    answer = httpx.get(server_url + path, headers={"Accept": "text/html"}, timeout=60)
    assert answer.status_code == 200
    assert len(answer.content) < LARGEST
    assert "<h1" in answer.text
    assert answer.text.count('<link rel="canonical"') == 1
    scripts = re.findall(r"<script([^>]*)>", answer.text)
    assert all("src=" in one or "json" in one for one in scripts)
    assert not re.search(r"\son[a-z]+=", re.sub(r">[^<]*<", "><", answer.text))


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_of_many_rows_is_light(server_url: str, query: str) -> None:
    """The editor's page has the first part of a long answer, and stays below 100 kB."""
    asked = {"query": f"{query} LIMIT 5000"}
    answer = httpx.get(f"{server_url}/sparql", params=asked, headers={"Accept": "text/html"}, timeout=60)
    assert (answer.status_code, len(answer.content) < LARGEST) == (200, True)
    assert "first" in answer.text


def test_axe_finds_faults_that_there_are(browser: Browser, server_url: str) -> None:
    """On a page that is spoilt, axe names what is wrong."""

    def spoilt(page: Page) -> list[str]:
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<main><img src=\"/x.png\"></main>')")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        page.evaluate("[...document.querySelectorAll('main a')].at(-1).style.color = '#999'")
        return faults(page)

    found = {fault.partition(":")[0] for fault in browser.look(server_url + "/cookbook", spoilt)}
    assert {"html-has-lang", "image-alt", "color-contrast"} <= found


@dataclass(frozen=True)
class Task:
    """What somebody wants to know, the links from the start page by their texts, and what is read there."""

    asks: str
    way: tuple[str, ...]
    reads: tuple[str, ...]


TASKS = (
    Task(
        "Whose words say that the U.S. round was refused, and why?",
        ("Armenia–Azerbaijan, United States, 20 November 2023",),
        ("Azerbaijan", "Daily Sabah", "refused", 'Washington’s "biased" position'),
    ),
    Task(
        "Which terms are used for the September 2023 operation, by whom?",
        ("Wording",),
        (
            "Military operation, Karabakh, September 2023",
            "anti-terror measures",
            "Ilham Aliyev",
            "Daily Sabah",
        ),
    ),
    Task(
        "Who supports the Middle Corridor, in which words?",
        ("Corridors", "Trans-Caspian International Transport Route"),
        ("James O'Brien", "supports"),
    ),
    Task("Cite this statement", ("the statement",), ("Cite", "BibTeX", "RIS")),
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.asks)
def test_a_task_takes_three_clicks_by_keyboard(browser: Browser, server_url: str, task: Task) -> None:
    """From the start page at most three links, each reached by Tab and seen to be so, lead to the answer."""
    assert len(task.way) <= 3

    def done(page: Page) -> str:
        for text in task.way:
            follow(page, text)
        return re.sub(r"\s+", " ", page.inner_text("main"))

    read = browser.use(server_url + "/", done)
    assert [words for words in task.reads if words.casefold() not in read.casefold()] == []


def test_all_accusations_are_a_file_in_three_clicks(browser: Browser, server_url: str) -> None:
    """The cookbook leads to the accusations as CSV, which the browser keeps as a file, by keyboard alone."""

    def kept(page: Page) -> list[str]:
        follow(page, "Cookbook")
        follow(page, "Give me all accusations, as a table.")
        with page.expect_download() as waiting:
            press(page, lambda text: text.startswith("CSV"))
        return waiting.value.path().read_text("utf-8").splitlines()

    head, *rows = browser.use(server_url + "/", kept)
    assert "accuser" in head
    assert len(rows) >= 11


def follow(page: Page, text: str) -> None:
    """Press Tab to a link of this text and Enter, and wait for the page that it leads to."""
    before = page.url
    press(page, lambda there: there == text)
    page.wait_for_url(lambda address: address != before)
    page.wait_for_load_state()


def press(page: Page, wanted: Callable[[str], bool]) -> None:
    """Press Tab until what has the focus is what is wanted, and Enter; it is in sight and marked."""
    for _ in range(400):
        page.keyboard.press("Tab")
        text, marked = page.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                const box = one.getBoundingClientRect();
                const seen = box.bottom > 0 && box.top < innerHeight;
                return [one.textContent.trim().replace(/\\s+/g, " "), seen && style.outlineStyle !== "none"];
            }"""
        )
        if wanted(text):
            assert marked, f"{text!r} has the focus, and it does not show"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link is reached by Tab in {page.url}")
