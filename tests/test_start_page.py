"""Tests of the start page: a peace process at a glance, on the shipped graph and on small ones."""

from collections.abc import Iterator

import httpx
import pytest
from browsing import Browser
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Page
from server_graph import CASES, put

from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

PAGE = {"Accept": "text/html"}
MOST_BYTES = 100_000
LONG = "x" * 300


@pytest.fixture(scope="module")
def visitor(server_url: str) -> Iterator[httpx.Client]:
    """A client of the shipped graph."""
    with httpx.Client(base_url=server_url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def page(visitor: httpx.Client) -> html.HtmlElement:
    """The start page of the shipped graph."""
    answer = visitor.get("/", headers=PAGE)
    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    return html.fromstring(answer.text)


def _row(page: html.HtmlElement, track: str) -> html.HtmlElement:
    (found,) = page.xpath("//table[contains(@class, 'board')]/tbody[tr/th/a[. = $track]]", track=track)
    return found


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _cell(row: html.HtmlElement, title: str) -> str:
    return _words(row.xpath("tr/td[@data-label = $title]", title=title)[0])


def test_tracks_have_their_standing_with_who_says_so(page: html.HtmlElement) -> None:
    """Each track has what is said of its progress, by whom, on which day, and the words in the row below."""
    for track in ("European Union track", "United States track", "Russia track"):
        row = _row(page, track)
        assert "little progress, says Daily Sabah" in _cell(row, "Said to stand")
        assert "6 Dec 2023" in _cell(row, "Said to stand")
        assert row.xpath(".//tr[@class = 'why']//p[@class = 'said']")


def test_planned_mediators_are_apart_from_those_that_mediate(page: html.HtmlElement) -> None:
    """Who mediates a track and who was to mediate a round of it stand in different sentences."""
    told = _row(page, "European Union track").xpath("tr/td[@data-label = 'Mediators']/p")
    mediating, planned = (_words(one) for one in told)
    assert mediating == "Mediating: European Union"
    assert planned.startswith("Planned, ")
    assert all(name in planned for name in ("Charles Michel", "Emmanuel Macron", "Olaf Scholz"))


def test_what_is_stalled_is_an_inference_with_its_evidence(page: html.HtmlElement) -> None:
    """Two tracks are stalled, by inference, each with who refused which round and on what ground."""
    halted = page.xpath("//tbody[@class = 'halted']")
    assert len(halted) == 2
    for row in halted:
        assert "stalled inferred" in _words(row.xpath("tr/th")[0])
        why = _words(row.xpath("tr[@class = 'why']")[0])
        assert " refused " in why
        assert "The ground: " in why
        assert " accuses" in why
    assert not _row(page, "Russia track").xpath("tr/th//*[contains(@class, 'stalled')]")


def test_our_words_are_no_quotation(page: html.HtmlElement) -> None:
    """Restatements are in no element that quotes, and say that they are in our words, and after whom."""
    assert not page.xpath("//blockquote")
    passages = page.xpath("//div[contains(@class, 'passage')]")
    assert len(passages) > 10
    assert all("In our words, after" in one.text_content() for one in passages)


def test_latest_statements_say_who_says_how(page: html.HtmlElement) -> None:
    """Statements have a speaker, a verb for the stance, and words with an outlet; no text gives all."""
    lines = page.xpath("//article[@class = 'line']")
    assert len(lines) == 6
    assert all(line.xpath("p/span[contains(@class, 'stance-')]/b") for line in lines)
    outlets = {line.xpath(".//p[@class = 'place']/a")[0].text.partition(",")[0] for line in lines}
    assert len(outlets) > 1


def test_a_party_or_mediator_of_whom_nothing_is_told_is_named(page: html.HtmlElement) -> None:
    """Sides are counted with those who speak for them; one without a statement is said not to be heard."""
    rows = {
        row.xpath("string(th/a)"): _words(row) for row in page.xpath("//table[@class = 'heard']/tbody/tr")
    }
    assert rows["Azerbaijan"].startswith("Azerbaijan party")
    assert "not heard" not in rows["Azerbaijan"]
    assert "not heard" in rows["European Union"]
    assert not {"Charles Michel", "Emmanuel Macron", "Olaf Scholz"} & rows.keys()


def test_sides_are_counted_alike_everywhere(page: html.HtmlElement, visitor: httpx.Client) -> None:
    """The start page, the voices and the list of statements agree on texts and on statements of each side."""
    told = _words(page.xpath("//section[@aria-labelledby = 'heard']/p")[0])
    (heard,) = page.xpath("//table[@class = 'heard']")
    started = {
        row.xpath("string(th/a)"): row.xpath("td[@class = 'note']/text()") for row in heard.xpath("tbody/tr")
    }
    voices = html.fromstring(visitor.get("/voices", headers=PAGE).text)
    (silence,) = voices.xpath("//h3[contains(., 'Armenia–Azerbaijan')]/following-sibling::div[1]/table")
    texts = len(silence.xpath("thead//th[@class = 'text']"))
    assert f"Statements in the {texts} texts" in told
    for row in silence.xpath("tbody/tr"):
        sum_of = _words(row.xpath("td")[-1])
        assert (started[row.xpath("string(th)")] or ["heard in none"])[0] in sum_of
    sides = voices.xpath("(//table[contains(@class, 'heat')])[1]//tr[@class = 'side']/th[a]")
    assert len(sides) == 8
    for side in sides:
        asked = {"side": "state/" + side.xpath("string(a/@href)").rpartition("/")[2], "limit": 1}
        listed = visitor.get("/statements.json", params=asked)
        assert listed.json()["total"] == int(side.xpath("string(span)").split()[0]), _words(side)


def test_a_mediator_has_a_part_wherever_it_is_told_of(page: html.HtmlElement, visitor: httpx.Client) -> None:
    """A state whose president was to mediate is a mediator with a planned role on both pages."""
    listed = {one["label"]: one for one in visitor.get("/mediators.json").json()["items"]}
    heard = {_words(row) for row in page.xpath("//table[@class = 'heard']/tbody/tr/th")}
    assert all(one["state"] for one in listed.values())
    for name in ("France", "Germany"):
        assert [one["label"] for one in listed[name]["state"]] == ["planned"]
        assert f"{name} mediator" in heard


def test_a_text_of_a_process_is_not_of_other_talks(page: html.HtmlElement, visitor: httpx.Client) -> None:
    """A text that names each party is of the process, with its latest statements, and of no other talks."""
    latest = "//section[@aria-labelledby = 'latest']"
    assert {"10 Aug 2025", "16 Apr 2025"} == {
        line.rpartition(", ")[2] for line in map(_words, page.xpath(f"{latest}//p[@class = 'place']"))
    }
    other = html.fromstring(visitor.get("/", params={"process": "other"}, headers=PAGE).text)
    assert not other.xpath(f"{latest}//article")


def test_speakers_without_a_side_have_a_group_of_their_own(visitor: httpx.Client) -> None:
    """They stand last, below a heading; no other group has somebody who is not of its side."""
    page = html.fromstring(visitor.get("/voices", headers=PAGE).text)
    groups = page.xpath("(//table[contains(@class, 'heat')])[1]/tbody")
    *sides, last = groups
    assert _words(last.xpath("tr[@class = 'side']")[0]).startswith("No side known")
    assert {"unknown speaker", "Otty Patiño"} <= {_words(one) for one in last.xpath("tr[@class = 'of']/th")}
    for side in sides:
        assert bool(side.xpath("tr[@class = 'side']")) != (side.get("class") == "alone")
        assert side.get("class") != "alone" or len(side.xpath("tr")) == 1
    assert {"Saudi Arabia", "APA"} <= {_words(one.xpath("tr/th")[0]) for one in sides if one.get("class")}


def test_every_process_can_be_chosen(page: html.HtmlElement, visitor: httpx.Client) -> None:
    """Each process to choose from has a page of its own, with that one chosen and no other."""
    links = page.xpath("//nav[@aria-label = 'Peace processes']//a")
    assert len(links) == 5
    assert [_words(link) for link in links if link.get("aria-current")] == ["Armenia–Azerbaijan"]
    for link in links[1:]:
        other = html.fromstring(visitor.get(link.get("href"), headers=PAGE).text)
        assert other.xpath("//nav[@aria-label = 'Peace processes']//a[@aria-current]/text()") == [link.text]
        assert other.xpath("//table[contains(@class, 'board')]/tbody")
    for unknown in ("process/nowhere", "state/france", "process/<x>"):
        assert visitor.get("/", params={"process": unknown}, headers=PAGE).status_code == 404


def test_navigation_marks_where_the_reader_is(page: html.HtmlElement, visitor: httpx.Client) -> None:
    """Head and foot lead to all that there is, and on a page its own section and entry are marked."""
    links = {link.get("href") for link in page.xpath("//header//nav//a | //footer//a")}
    assert {"/statements", "/timeline", "/queries/", "/sparql", "/dataset", "/ns", "/dumps/"} <= links
    assert not page.xpath("//header//*[@aria-current]")
    events = html.fromstring(visitor.get("/events?limit=1", headers=PAGE).text)
    assert [one.text for one in events.xpath("//header//*[@aria-current]")] == ["Browse", "Events"]


HOSTILE = f"""
@prefix parley: <https://w3id.org/parley/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <https://w3id.org/parley/id/> .
<http://e/g> {{
  <process/x> rdfs:label "<script>alert(1)</script>" .
  <format/x> parley:trackOf <process/x> ; rdfs:label "{LONG}" .
  <format/y> parley:trackOf <process/x> ; rdfs:label "محادثات" .
}}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph with strange names."""
    folder = DataFolder(tmp_path_factory.mktemp("hostile"))
    put(folder, "one", HOSTILE)
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


def test_strange_names_stay_names(hostile: FlaskClient) -> None:
    """A name with markup is shown as it stands, and a graph without statements has a whole page."""
    answer = hostile.get("/", headers=PAGE)
    assert answer.status_code == 200
    tree = html.fromstring(answer.text)
    assert "<script>alert(1)</script>: how the talks stand" in tree.xpath("string(//h2[@id = 'talks'])")
    assert len(tree.xpath("//script")) == 1
    assert LONG in tree.text_content()


def test_a_graph_without_processes_shows_its_talks(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tracks of no named process are shown, too: the small graph has one, stalled, with a refused round."""
    folder = DataFolder(tmp_path_factory.mktemp("small"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        tree = html.fromstring(client.get("/", headers=PAGE).text)
    row = _words(_row(tree, "European Union track"))
    for shown in ("stalled inferred", "Ilham Aliyev refused Round in Spain, October 2023", "stayed at home."):
        assert shown in row
    assert tree.xpath("//blockquote[. = 'biased <position>']")  # words of an article


def test_suggestions_are_a_combobox(browser: Browser, server_url: str) -> None:
    """Who types is offered names, chooses one with the keys, and gets to its page; Escape closes the list."""

    def typed(page: Page) -> tuple[str | None, str | None, str, str]:
        field = page.get_by_role("combobox")
        field.type("aliy")
        page.get_by_role("option").first.wait_for()
        expanded = field.get_attribute("aria-expanded")
        field.press("Escape")
        closed = field.get_attribute("aria-expanded")
        field.press("ArrowDown")
        page.get_by_role("option").first.wait_for()
        field.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true] b").inner_text()
        field.press("Enter")
        page.wait_for_url("**/page/**")
        return expanded, closed, chosen, page.locator("h1").inner_text()

    expanded, closed, chosen, reached = browser.look(server_url, typed)
    assert (expanded, closed) == ("true", "false")
    assert chosen == reached == "Ilham Aliyev"


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_cut(browser: Browser, server_url: str, width: int) -> None:
    """At the width of a desk and of a phone, nothing reaches out of the window."""
    wide = "document.documentElement.scrollWidth"
    assert browser.look(server_url, lambda page: int(page.evaluate(wide)), width) == width


def test_a_table_that_goes_on_shows_it(browser: Browser, server_url: str) -> None:
    """A table wider than a phone has a shadow at its edge, and keeps its first column when it is moved."""
    told = """() => { const box = document.querySelector('.scroll:has(> .heat)')
      const name = box.querySelector('.of th'); box.scrollLeft = 200
      return [box.scrollWidth > box.clientWidth + 200, getComputedStyle(box).backgroundAttachment,
        Math.round(name.getBoundingClientRect().left - box.getBoundingClientRect().left) < 5] }"""
    found = browser.look(f"{server_url}/voices", lambda page: page.evaluate(told), 360)
    assert found == [True, "local, local, scroll, scroll", True]
