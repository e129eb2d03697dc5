"""The network, the map and the voices: what they draw is what the texts say, in the voice that says it."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from browsing import Browser
from conftest import Built
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Page

from server import assets
from server.app import create_app
from server.engine.local import StoreEngine
from server.pictures.cutting import core
from server.pictures.stress import places

Tree = html.HtmlElement
CORRIDOR = "corridor/trans-caspian-international-transport-route"
UNITED_STATES = "state/united-states"


@pytest.fixture(scope="module")
def client(built: Built) -> Iterator[FlaskClient]:
    """A client of the graph of the shipped reports."""
    with create_app(StoreEngine(built.folder)).test_client() as client:
        yield client


def page(client: FlaskClient, path: str, **fields: str) -> Tree:
    """The page with these values of its fields."""
    answer = client.get(path, query_string=fields or None, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def ties(tree: Tree) -> list[tuple[str, ...]]:
    """The rows of the table of ties: who, does what, to whom, in which voice."""
    rows = tree.xpath("//table[contains(@class, 'ties')]/tbody/tr[th]")
    return [tuple(" ".join(cell.text_content().split()) for cell in row[:4]) for row in rows]


def test_a_refusal_is_reported_and_bias_is_claimed(client: FlaskClient) -> None:
    """What the text reports and what only a party claims of the same talks are different ties."""
    told = ties(page(client, "/network", actor="format/united-states-track-armenia-azerbaijan"))
    assert any(tie[1] == "refuses" and tie[3] == "the text reports it" for tie in told)
    (bias,) = (tie for tie in told if tie[1] == "has biased position in")
    assert bias[0] == "United States"
    assert bias[3] == "only a speaker says so: Azerbaijan"


def test_persons_stand_for_states_or_for_themselves(client: FlaskClient) -> None:
    """Folded, a person's tie is that of the state and names the person; unfolded, it is the person's own."""
    between = {"actor": UNITED_STATES, "other": CORRIDOR}
    folded = ties(page(client, "/network", **between))
    assert [tie[:2] for tie in folded] == [("United States (in the person of James O'Brien)", "supports")]
    own = ties(page(client, "/network", fold="no", **between))
    assert {tie[0] for tie in own} == {"James O'Brien", "United States"}


def test_each_line_leads_to_the_words_behind_it(client: FlaskClient) -> None:
    """A line and a box of the drawing are links to a view that has ties, each with a passage."""
    tree = page(client, "/network")
    lines, boxes = tree.xpath("//svg//a[@data-ends]"), tree.xpath("//svg//a[@data-node]")
    assert len(lines) > 40
    assert len(boxes) > 20
    for link in (lines[0], lines[-1], boxes[-1]):
        there = page(client, link.get("href"))
        assert ties(there)
        assert len(there.xpath("//td[@class='words']")) == len(ties(there))


def test_a_view_of_one_tie_has_all_its_passages(client: FlaskClient) -> None:
    """As many passages stand in the table as the CSV of the same view has rows."""
    fields = {"actor": "state/azerbaijan", "relation": "https://w3id.org/parley/relation#refuses"}
    tree = page(client, "/network", fold="no", **fields)
    there = list(csv.DictReader(io.StringIO(client.get("/network.csv", query_string=fields).text)))
    assert {row["text"] for row in there} <= {e.text_content() for e in tree.xpath("//*[@class='said']")}


def test_a_field_that_wants_a_key_takes_a_name(
    client: FlaskClient, server_url: str, browser: Browser
) -> None:
    """Who types a name where a speaker is wanted is offered the key, by keyboard alone, and gets the view."""

    def typed(page: Page) -> tuple[str, str]:
        page.locator("main input[name=speaker]").press_sequentially("Ilham")
        page.locator("[role=option]").first.wait_for()
        for key in ("ArrowDown", "Enter"):
            page.keyboard.press(key)
        chosen = page.locator("main input[name=speaker]").input_value()
        page.get_by_role("button", name="Show").press("Enter")
        page.wait_for_url("**speaker=person**")
        return chosen, page.locator("h1").inner_text()

    assert browser.use(f"{server_url}/voices", typed) == ("person/ilham-aliyev", "Voices")
    assert not page(client, "/network").xpath("//script[contains(@src, 'suggest')]")


@pytest.mark.parametrize("question", ["ties", "voices", "places"])
def test_the_widest_answers_keep_to_the_size_of_a_page(question: str, client: FlaskClient) -> None:
    """The page of a question with long passages is below 100 kB, and leads on to the rows after."""
    answer = client.get(f"/queries/{question}", headers={"Accept": "text/html"})
    assert len(answer.data) < 100_000
    assert html.fromstring(answer.text).xpath("//a[@rel='next']")


def test_places_of_nodes_are_the_same_each_time_and_apart() -> None:
    """Boxes do not overlap, and another process gives each the same place."""
    sizes = tuple((60.0 + 9 * n, 30.0) for n in range(9))
    links = tuple(((n, (n * 4 + 1) % 9), 1 + n % 3) for n in range(7))
    at, (width, height) = places(sizes, links, 1000.0)
    for one in range(9):
        assert sizes[one][0] / 2 <= at[one][0] + 0.1 <= width - sizes[one][0] / 2 + 0.2
        assert at[one][1] <= height
        for other in range(one):
            apart = [abs(at[one][i] - at[other][i]) >= (sizes[one][i] + sizes[other][i]) / 2 for i in (0, 1)]
            assert any(apart), (one, other)
    code = f"from server.pictures.stress import places; print(places({sizes!r}, {links!r}, 1000.0))"
    again = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert again.stdout.strip() == repr((at, (width, height)))


def test_the_part_of_a_query_that_finds_things_is_cut() -> None:
    """The sub-select stands alone with its prefixes, a condition and a limit; without one there is none."""
    text = (
        "PREFIX e: <e:>\n\nSELECT ?a ?w {\n  {\n    SELECT ?a WHERE {\n      ?a e:b ?c { }\n    }\n  }\n}\n"
    )
    wanted = "PREFIX e: <e:> SELECT ?a WHERE { FILTER(true) ?a e:b ?c { } } LIMIT 5"
    assert " ".join(core(text, 5, "FILTER(true)").split()) == wanted
    with pytest.raises(ValueError, match="no sub-select"):
        core("SELECT * { ?a ?b ?c }", 5)


def test_the_map_orders_a_corridor_and_names_rivals(client: FlaskClient) -> None:
    """The places of a corridor stand in its order; a place has each rival name with who uses it."""
    tree = page(client, "/map", corridor=CORRIDOR)
    order = [one.text_content() for one in tree.xpath("//ol[@class='way-of']/li")]
    assert order == ["Türkiye", "Georgia", "Azerbaijan", "Caspian Sea", "Central Asia", "China"]
    assert "No text tells how it stands" in tree.text_content()
    named = page(client, "/map", place="place/karabakh").xpath("//table//td[q]")[0].text_content()
    assert "Artsakh by Armenia" in " ".join(named.split())
    assert "Garabagh by Azerbaijan" in " ".join(named.split())


def test_the_page_of_a_corridor_shows_its_course(client: FlaskClient) -> None:
    """Places with degrees stand on a chart; where none has, there is neither chart nor link to the map."""
    tree = page(client, f"/page/{CORRIDOR}")
    (chart,) = tree.xpath("//svg[@class='chart']")
    assert {"Türkiye", "Georgia", "Azerbaijan"} <= {title.text for title in chart.xpath(".//title")}
    assert len(chart.xpath(".//path[contains(@class, 'way')]")) == 1
    assert tree.xpath("//nav[@aria-labelledby='pictures']//a[starts-with(@href, '/map?corridor')]")
    bare = page(client, "/page/corridor/zangezur-corridor")
    assert not bare.xpath("//svg[@class='chart'] | //main//a[starts-with(@href, '/map?')]")


def test_the_map_says_what_borders_are_and_which_places_it_lacks(client: FlaskClient) -> None:
    """The caveat on borders stands on every map; a place without coordinates is named and not drawn."""
    tree = page(client, "/map")
    assert "say nothing of whose a place is by right" in tree.xpath("//p[@class='notice']")[-1].text_content()
    (lacking,) = (
        p for p in tree.xpath("//p[@class='note']") if "nobody gives their degrees" in p.text_content()
    )
    missing = {link.text_content() for link in lacking.xpath("a")}
    assert "Silk Road" in missing
    assert not missing & {dot.text for dot in tree.xpath("//svg//title")}


def test_a_cell_counts_the_statements_to_which_it_leads(client: FlaskClient) -> None:
    """The number in a cell is the total of the list of statements behind it."""
    tree = page(client, "/voices", by="about")
    cells = tree.xpath("//table[@class='heat'][1]//td/a[contains(@href, 'about=')]")
    assert len(cells) > 5
    for cell in (cells[0], cells[-1]):
        told = client.get(cell.get("href").replace("/statements", "/statements.json"))
        assert told.json["total"] == int(cell.text_content())


def test_who_is_not_heard_is_said_of_the_texts_alone(client: FlaskClient) -> None:
    """A mediator that the texts of a process never quote is shown as not heard, and only in these texts."""
    tree = page(client, "/voices", process="process/armenia-azerbaijan")
    (table,) = tree.xpath("//table[contains(@class, 'heard')]")
    rows = {
        row[0].text_content(): [" ".join(c.text_content().split()) for c in row[1:]]
        for row in table.xpath(".//tr[td]")
    }
    assert rows["European Union"][0] == "mediator"
    assert rows["European Union"][-1] == "heard in none"
    assert "through others" in " ".join(rows["United States"])
    assert "It does not mean that nobody said anything" in tree.text_content()


def test_keys_lead_from_box_to_box(browser: Browser, server_url: str) -> None:
    """One box is in the order of Tab, arrows lead to others, and the ties of the box in focus are listed."""

    def walk(window: Page) -> tuple[int, str, str, int]:
        window.focus("svg.net a.node[tabindex='0']")
        first = window.evaluate("document.activeElement.getAttribute('aria-label')")
        window.keyboard.press("ArrowLeft")
        second = window.evaluate("document.activeElement.getAttribute('aria-label')")
        stops = window.locator("svg.net a[tabindex='0']").count()
        assert window.locator("#chosen h2").text_content() == second
        return stops, first, second, window.locator("#chosen li").count()

    stops, first, second, listed = browser.look(f"{server_url}/network", walk)
    assert (stops, first == second) == (1, False)
    assert listed == int(second.rpartition(": ")[2].split()[0])


def test_places_open_by_keys(browser: Browser, server_url: str) -> None:
    """On the map a place in focus opens with Enter; where the map's parts are missing, the chart stays."""

    def walk(window: Page) -> str:
        if assets.missing(["leaflet", "topojson-client", "world-atlas"]):
            return window.locator("svg.chart a").first.get_attribute("aria-label") or ""
        window.focus(".spot")
        told = window.evaluate("document.activeElement.getAttribute('aria-label')")
        window.keyboard.press("Enter")
        assert window.locator(".leaflet-popup-content a").first.text_content() in told
        return str(told)

    assert "passage" in browser.look(f"{server_url}/map", walk)
