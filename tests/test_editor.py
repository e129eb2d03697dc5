"""The SPARQL editor: what the server gives it, and what it does in a browser, under its own strict policy."""

import csv
import io
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Browser
from flask import Flask
from playwright.sync_api import Page
from server_graph import CASES, put

import queries
from kg.store import DataFolder
from kg.vocab import PREFIXES
from server import assets
from server.app import create_app
from server.engine.local import StoreEngine

HTML = {"Accept": "text/html"}
STATES = "SELECT ?state { ?state a <https://w3id.org/parley/ns#State> } ORDER BY ?state"
VIEWS = {  # a view, and what it is drawn of
    "table": "#panel-table tbody tr",
    "chart": "#panel-chart .bar",
    "timeline": "#panel-timeline .vis-item",
    "map": "#panel-map path.place-mark",
    "graph": "#panel-graph canvas",
}


def policy(answer: httpx.Response) -> dict[str, str]:
    rules = answer.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (rule.partition(" ") for rule in rules)}


def asked(query: str, more: str = "") -> str:
    return f"/sparql?query={quote(query)}{more}"


def test_every_question_is_an_example(small: httpx.Client) -> None:
    """What is shipped in queries/ can be started from, once each, and without the header of its file."""
    told = small.get("/examples.json").json()
    assert sorted(one["name"] for one in told) == sorted(queries.load())
    assert not [one["name"] for one in told if "#+" in one["text"] or not one["summary"]]
    assert next(one["parameters"] for one in told if one["name"] == "refused-rounds")


def test_the_page_works_by_form_alone(small: httpx.Client) -> None:
    """Without scripts there are the form, the questions by name, and the answer, in no heavy page."""
    page = small.get(asked(STATES), headers=HTML)
    assert page.status_code == 200
    assert len(page.content) < 100_000
    assert page.text.count("<li data-example=") == len(queries.load())
    assert "3 rows" in page.text
    assert '<a href="/queries/refused-rounds">' in page.text


def test_scripts_and_requests_are_of_this_server_alone(small: httpx.Client) -> None:
    """The page's policy names no other origin and has nothing inline but styles; other pages run nothing."""
    rules = policy(small.get("/sparql", headers=HTML))
    assert (rules["script-src"], rules["connect-src"], rules["default-src"]) == ("'self'", "'self'", "'none'")
    assert rules["style-src"] == "'self' 'unsafe-inline'"
    assert rules["frame-ancestors"] == "'none'"
    assert "script-src" not in policy(small.get("/queries/", headers=HTML))
    tag = small.get("/sparql", headers=HTML).headers["ETag"]
    again = small.get("/sparql", headers={**HTML, "If-None-Match": tag})
    assert (again.status_code, policy(again)) == (304, rules)


def test_only_an_embedded_answer_may_be_framed(small: httpx.Client) -> None:
    """With embed=1 any page may frame the answer, which leads back; nothing else of the site."""
    page = small.get(asked(STATES, "&embed=1"), headers=HTML)
    assert policy(page)["frame-ancestors"] == "* file:"
    assert "<nav" not in page.text
    assert policy(small.get(asked(STATES, "&embed=0"), headers=HTML))["frame-ancestors"] == "'none'"
    refused = small.get(asked(STATES, "&embed=2"), headers={"Accept": "application/json"})
    assert (refused.status_code, "embed" in refused.json()["detail"]) == (400, True)


def test_an_error_names_its_place(small: httpx.Client) -> None:
    """The page of a query that does not parse carries line and column, for the editor to mark."""
    page = small.get(asked("SELECT * {\n  ?s ?p }"), headers=HTML)
    assert page.status_code == 400
    assert 'data-line="2" data-column="' in page.text


def test_terms_are_told_with_their_meaning_and_use(server_url: str) -> None:
    """Completion knows every prefix, and for each term what it means and how often the graph has it."""
    told = httpx.get(f"{server_url}/completion.json", timeout=60).json()
    assert told["prefixes"] == PREFIXES
    terms = {term["name"]: term for term in told["terms"]}
    assert len(terms) == len(told["terms"]) > 1000
    assert {"val:stance-deny", "rel:supports", "plover:AGREE", "rdfs:label"} <= terms.keys()
    assert "<https://w3id.org/parley/cameo/010>" in terms
    accusation = terms["parley:Accusation"]
    assert (accusation["kind"], accusation["label"]) == ("class", "accusation")
    assert accusation["definition"].startswith("A statement that blames")
    count = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a <https://w3id.org/parley/ns#Accusation> }"
    answer = httpx.get(f"{server_url}/sparql", params={"query": count, "format": "csv"}, timeout=60)
    assert accusation["uses"] == int(answer.text.split()[1]) > 0
    uses = [term["uses"] for term in told["terms"]]
    assert uses == sorted(uses, reverse=True)


def test_without_scripts_of_others_the_form_remains(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing was fetched, the page says what is missing and how to get it, and asks as before."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    app: Flask = create_app(StoreEngine(folder))
    monkeypatch.setattr(assets, "there", dict)
    page = app.test_client().get(asked(STATES), headers=HTML)
    assert page.status_code == 200
    assert "<code>make assets</code> fetches them" in page.text
    assert "yasqe.js" not in page.text
    assert "3 rows" in page.text


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-editor=ready]")


def type_query(page: Page, text: str) -> None:
    page.click("label[for=query]")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def written(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def test_an_example_runs_and_each_tab_is_drawn(browser: Browser, server_url: str) -> None:
    """One click asks a question of the library; table, chart, timeline, map and graph show its rows, and axe
    finds no fault with the page."""

    def look(page: Page) -> tuple[dict[str, int], str, list[str]]:
        ready(page)
        page.click("[data-example=refused-rounds] a")
        drawn = {}
        for view, selector in VIEWS.items():
            page.click(f"#tab-{view}")
            page.wait_for_selector(f"#panel-{view}[data-drawn=done]")
            page.locator(selector).first.wait_for()  # seen, and not only there
            drawn[view] = page.locator(selector).count()
        page.click("#tab-table")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response
        broken = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]
        return drawn, page.inner_text("#state"), broken

    drawn, state, broken = browser.use(f"{server_url}/sparql", look)
    rows = list(
        csv.reader(io.StringIO(httpx.get(f"{server_url}/queries/refused-rounds.csv", timeout=60).text))
    )
    assert drawn["table"] == len(rows) - 1 > 0
    assert all(drawn.values()), drawn
    assert f"{len(rows) - 1} rows in " in state
    assert "no limit cut it" in state
    assert broken == []


def test_drawings_are_gone_through_by_keyboard(browser: Browser, server_url: str) -> None:
    """One Tab leads to the timeline and to the graph; arrows choose one thing after the other and tell of it
    in words that are read out, Home and End lead to the ends."""

    def look(page: Page) -> dict[str, list[str]]:
        ready(page)
        page.click("[data-example=refused-rounds] a")
        told = {}
        for view in ("timeline", "graph"):
            page.click(f"#tab-{view}")
            page.wait_for_selector(f"#panel-{view}[data-drawn=done]")
            page.locator(f"#panel-{view} select").last.focus()
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.classList[0]") == view
            said = page.locator(f"#panel-{view} [role=status]")
            told[view] = []
            for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
                page.keyboard.press(key)
                told[view].append(said.inner_text())
        return told

    told = browser.use(f"{server_url}/sparql", look)
    for said in told.values():
        assert all(said)
        assert said[0] == said[2] == said[4]
        assert len({said[0], said[1], said[3]}) >= 2


def test_what_strangers_write_stays_text_in_each_tab(browser: Browser, server_url: str) -> None:
    """A name with markup, one from right to left and one of 300 letters are shown as they stand, and make no
    element; the page does not grow wider than a phone."""
    harm = "<img src=x onerror=document.title=1><script>document.title=2</script>"
    rows = "\n".join(f'("{name}" <http://e/{n}>)' for n, name in enumerate((harm, "مرحبا", "a" * 300)))
    query = f"""SELECT ?label ?thing ?other (xsd:date("2023-10-01") AS ?day)
      (41 AS ?latitude) (45 AS ?longitude)
      {{ VALUES (?label ?thing) {{ {rows} }} BIND(<http://e/o> AS ?other) }}"""
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"

    def look(page: Page) -> tuple[str, int, int, list[int]]:
        ready(page)
        for view in VIEWS:
            page.click(f"#tab-{view}")
            page.wait_for_selector(f"#panel-{view}[data-drawn=done]")
        page.locator("#panel-chart select").last.evaluate("field => field.value = 'label'")
        page.locator("#panel-chart select").last.dispatch_event("change")
        drawn = [page.locator(selector).count() for selector in VIEWS.values()]
        made = page.locator("#answer img[src=x], #answer script").count()
        return page.title(), made, page.evaluate("document.documentElement.scrollWidth"), drawn

    title, made, width, drawn = browser.use(server_url + asked(prefix + query), look, width=360, dark=True)
    assert title.startswith("SPARQL")
    assert (made, width) == (0, 360)
    assert all(drawn), drawn


def test_typing_completes_terms_and_things(browser: Browser, server_url: str) -> None:
    """Classes, properties, values and names of things are completed from this server, prefixes are declared,
    and the Tab key leaves the editor."""

    def look(page: Page) -> tuple[str, str]:
        ready(page)
        with page.expect_response("**/completion.json"):
            type_query(page, "")
        page.keyboard.press("Delete")
        for text in (
            "SELECT ?s { ?s a parley:Accu",
            " ; parley:hasSpe",
            " Aliye",
            " ; parley:stance val:stance-acc",
        ):
            page.keyboard.type(text)
            page.wait_for_selector(".CodeMirror-hint-active")
            page.keyboard.press("Enter")
        page.keyboard.type(" }")
        page.keyboard.press("Tab")
        return written(page), str(page.evaluate("document.activeElement.id"))

    text, focused = browser.use(f"{server_url}/sparql", look)
    assert (
        "?s a parley:Accusation ; parley:hasSpeaker <https://w3id.org/parley/id/person/ilham-aliyev>" in text
    )
    assert "parley:stance val:stance-accuse }" in text
    assert "PREFIX val: <https://w3id.org/parley/value/>" in text
    assert focused == "run"


def test_an_error_is_told_and_marked(browser: Browser, server_url: str) -> None:
    """A permalink to a query that does not parse says line and column in words, and marks the place."""

    def look(page: Page) -> tuple[str, int, int]:
        ready(page)
        line = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor().line")
        return page.inner_text("#fault"), page.locator(".fault-mark").count(), line

    address = server_url + asked("SELECT * {\n  ?s ?p }")
    said, marks, line = browser.look(address, look, strict=True, status=400)
    assert said.startswith("Line 2, column ")
    assert (marks, line) == (1, 1)


def test_triples_are_shown_as_they_are(browser: Browser, server_url: str) -> None:
    """A CONSTRUCT gives a row for each triple, with what was escaped in it, and with triples as terms."""
    query = (
        'CONSTRUCT { <http://e/a> <http://e/b> "say \\"é\\\\\\n"@fr . '
        '<http://e/a> <http://e/c> <<( <http://e/s> <http://e/p> "x" )>> } {}'
    )

    def look(page: Page) -> tuple[list[str], str]:
        page.wait_for_selector("#panel-table[data-drawn=done]")
        cells = page.locator("#panel-table td:last-child > span:first-child").all_text_contents()
        return cells, page.inner_text("#state")

    cells, state = browser.use(server_url + asked(query), look)
    assert sorted(cells) == ['<<( <http://e/s> <http://e/p> "x" )>>', 'say "é\\\n']
    assert state.startswith("2 triples in ")


def test_a_permalink_restores_query_and_tab(browser: Browser, server_url: str) -> None:
    """The address has the query and the tab; a new query changes it, and Back returns to the first."""
    first = "SELECT (1 AS ?n) (2 AS ?m) {}"

    def look(page: Page) -> list[str]:
        ready(page)
        page.wait_for_selector("#panel-chart[data-drawn=done]")
        told = [written(page)]
        type_query(page, "ASK {}")
        page.click("#run")
        page.wait_for_selector(".boolean")
        told.append(page.url)
        page.go_back()
        page.wait_for_selector("#tab-chart[aria-selected=true]")
        return [*told, written(page)]

    told = browser.use(f"{server_url}{asked(first)}#chart", look)
    assert told == [first, f"{server_url}/sparql?query=ASK+%7B%7D#chart", first]


def test_back_to_the_bare_page_takes_the_answer_away(browser: Browser, server_url: str) -> None:
    """Who goes back from an example to the address without a query sees the page as it was."""

    def look(page: Page) -> tuple[str, bool]:
        ready(page)
        before = written(page)
        page.click("[data-example=refused-rounds] a")
        page.wait_for_selector("#panel-table[data-drawn=done]")
        page.go_back()
        page.wait_for_selector("#answer", state="hidden")
        return page.inner_text("#state"), written(page) == before

    assert browser.use(f"{server_url}/sparql", look) == ("", True)


def test_odd_terms_are_shown_in_each_tab(browser: Browser, server_url: str) -> None:
    """Triples are written as a query takes them, languages and bad degrees are told."""
    query = """SELECT * { VALUES (?t ?latitude ?longitude) {
      (<<( <urn:a> <urn:b> "c"@de )>> 41 45) (<<( <urn:a> <urn:b> "d" )>> 95 200) ("hallo"@de "x" 10) } }"""

    def look(page: Page) -> dict[str, str]:
        ready(page)
        told = {}
        for view in ("table", "chart", "map"):
            page.click(f"#tab-{view}")
            page.wait_for_selector(f"#panel-{view}[data-drawn=done]")
            if view == "chart":
                page.locator("#panel-chart select").last.select_option("t")
            told[view] = page.inner_text(f"#panel-{view}")
        return told

    told = browser.use(server_url + asked(query), look)
    assert '<<( urn:a urn:b "c"@de )>>' in told["table"]
    assert "hallo@de" in told["table"].replace(" ", "")
    assert "[object" not in "".join(told.values())
    assert told["chart"].count("<<(") == 2
    assert "1 place." in told["map"]
    assert "2 rows without degrees" in told["map"]


def test_an_update_leaves_its_text_in_the_editor(small: httpx.Client) -> None:
    """Who pastes an update gets it back, with what is wrong; no text is lost."""
    page = small.get(asked("CLEAR ALL"), headers=HTML)
    assert (page.status_code, ">CLEAR ALL</textarea>" in page.text) == (403, True)
    assert "read-only" in page.text


def test_an_answer_is_framed_by_others(browser: Browser, server_url: str, tmp_path: Path) -> None:
    """A page of another origin, here a file, shows the answer in a frame, with tabs and the way back."""
    address = server_url + asked(STATES, "&embed=1")
    other = tmp_path / "other.html"
    other.write_text(f'<iframe src="{address.replace("&", "&amp;")}" width="900" height="600"></iframe>')

    def look(page: Page) -> tuple[int, str | None]:
        page.goto(other.as_uri())
        frame = page.frame_locator("iframe")
        frame.locator("#panel-table[data-drawn=done]").wait_for()
        link = frame.locator("a", has_text="in Parley").get_attribute("href")
        return frame.locator("#panel-table tbody tr").count(), link

    rows, back = browser.look("about:blank", look, strict=True, status=None)
    assert rows > 3
    assert back is not None
    assert parse_qs(urlsplit(back).query) == {"query": [STATES]}


def test_texts_for_other_tools_work_as_they_stand(browser: Browser, server_url: str) -> None:
    """What the page gives for curl and Python prints the rows, of a query with quotes and backslashes too."""
    query = '# it\'s "here"\nSELECT ("a\\\\b \'c\'" AS ?x) (1 AS ?n) {}'

    def look(page: Page) -> dict[str, str]:
        ready(page)
        page.wait_for_selector("#use:not([hidden])")
        return {
            name: page.locator(f"[data-client={name}]").text_content() or ""
            for name in ("curl", "Python", "Spreadsheet")
        }

    texts = browser.use(server_url + asked(query), look)
    rows = "x,n\r\na\\b 'c',1"
    shell = subprocess.run(["sh", "-c", texts["curl"]], capture_output=True, text=True, check=True).stdout
    python = subprocess.run(
        [sys.executable, "-c", texts["Python"]], capture_output=True, text=True, check=True
    )
    assert shell.strip().splitlines() == rows.splitlines()
    assert python.stdout.strip() == str({"x": "a\\b 'c'", "n": "1"})
    assert httpx.get(texts["Spreadsheet"], timeout=60).text.strip().splitlines() == rows.splitlines()
