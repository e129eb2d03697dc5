"""Pages of statements: who says what in whose words, how they came, what follows, and who says otherwise."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask.testing import FlaskClient
from lxml import html
from server_graph import put

from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

CASES = tomllib.loads((Path(__file__).parent / "cases" / "statement-pages.toml").read_text("utf-8"))
NS, ID = "https://w3id.org/parley/ns#", "https://w3id.org/parley/id/"


def test_no_case_is_lost() -> None:
    """A relayed statement, a conditional one, a denial and an accusation that is a ground are looked at."""
    assert len(CASES) == 4


def part(tree: Any, name: str) -> str:
    """The words of the part under the heading with this id."""
    (section,) = tree.xpath(f"//section[@aria-labelledby='{name}']")
    return re.sub(r" ([.,:;])", r"\1", " ".join(" ".join(section.itertext()).split()))


@pytest.mark.parametrize("slug", CASES)
def test_a_reader_finds_who_says_what(server_url: str, slug: str) -> None:
    """Speaker and verb, the words in their paragraph, the way they came, and what they say are each told."""
    case = CASES[slug]
    page = httpx.get(f"{server_url}/page/statement/{slug}", timeout=30).text
    tree = html.fromstring(page)
    assert tree.xpath("string(//h1)").startswith(f"{case['heading']}: ")
    assert "".join(tree.xpath("//p[@class='text']//*[contains(@class, 'said-by')]/text()")) == case["marked"]
    assert case["marked"] in tree.xpath("string(//p[@class='text'])")
    assert tree.xpath(
        "//div[contains(@class, 'context') and contains(@class, 'report')]//a[contains(@href, '#char=')]"
    )
    assert "<blockquote" not in page
    stations = [" ".join(item.text_content().split()) for item in tree.xpath("//ol[@class='chain']/li")]
    assert [one[: len(told)] for one, told in zip(stations, case["chain"], strict=True)] == case["chain"]
    for name in ("words", "content", "ground", "record"):
        assert case.get(name, "") in (part(tree, name) if name in case else ""), name


def test_the_event_leads_to_the_words_and_back(server_url: str) -> None:
    """Whose words say that the round in the United States was refused, and why, is a click from the event."""
    event = html.fromstring(
        httpx.get(f"{server_url}/page/event/refusal-azerbaijan-b45b0be9", timeout=30).text
    )
    assert event.xpath("//a[@href='/id/statement/azerbaijan-accuse-74bb5739d8']")
    statement = html.fromstring(
        httpx.get(f"{server_url}/page/statement/azerbaijan-accuse-74bb5739d8", timeout=30).text
    )
    assert statement.xpath("//a[@href='/id/event/refusal-azerbaijan-b45b0be9']")


HARM = "<b onclick='x'>harm</b>"
LONG = "x" * 300


def said(slug: str, speaker: str, stance: str, modality: str, more: str) -> str:
    return f"""<{ID}statement/{slug}> a parley:Statement ; rdfs:label "({stance}): {slug}" ;
        parley:reportedIn <{ID}article/a> ; parley:hasSpeaker <{ID}person/{speaker}> ;
        parley:stance val:stance-{stance} ; parley:modality val:modality-{modality} ; {more} ."""


def words(number: int, start: int, text: str) -> str:
    return f"""<{ID}span/{number}> parley:spanOf <{ID}article/a> ; parley:startOffset {start} ;
        parley:endOffset {start + len(text)} ; parley:exactText "{text}" ."""


RAIN = f"parley:hasProposition <{ID}proposition/rain>"
TRIG = f"""
@prefix parley: <{NS}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix val: <https://w3id.org/parley/value/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<http://e/g> {{
  <{ID}article/a> a parley:Article ; rdfs:label "{HARM}" ; parley:characters 60 ;
    dcterms:publisher <{ID}organisation/o> .
  <{ID}organisation/o> rdfs:label "{LONG}" .
  <{ID}person/p> rdfs:label "עדי {HARM}" .
  <{ID}person/q> rdfs:label "Second Person" .
  val:modality-asserted rdfs:label "asserted" . val:modality-negated rdfs:label "negated" .
  <{ID}proposition/rain> a parley:Proposition ; rdfs:label "it rains" .
  {said("one", "p", "assert", "asserted", f"{RAIN} ; parley:contentSpan <{ID}span/1>")}
  {said("two", "q", "deny", "negated", f"{RAIN} ; parley:contentSpan <{ID}span/2>")}
  {said("three", "q", "assert", "asserted", RAIN)}
  {said("four", "q", "deny", "asserted", f"parley:denies <{ID}statement/one>")}
  {words(1, 10, "It rains")} {words(2, 30, "Nay")}
}}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph in which people contradict one another, and things have harmful names."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", TRIG)
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


def sides(client: FlaskClient, slug: str) -> dict[str, set[str]]:
    """Of the page of a statement: which others stand on which side."""
    tree = html.fromstring(client.get(f"/page/statement/{slug}").text)
    return {
        side.xpath("string(h3)"): {*side.xpath(".//a[contains(@href, '/id/statement/')]/@href")}
        for side in tree.xpath("//div[@class='sides']/div")
    }


def test_who_agrees_and_who_contradicts(client: FlaskClient) -> None:
    """Who affirms the same content stands on one side, who negates or denies it on the other."""
    assert sides(client, "one") == {
        "The same": {"/id/statement/three"},
        "Otherwise": {"/id/statement/two", "/id/statement/four"},
    }
    assert sides(client, "two")["Otherwise"] == {"/id/statement/one", "/id/statement/three"}
    assert sides(client, "four") == {"Otherwise": {"/id/statement/one"}}


def test_words_without_a_kept_text_stand_in_their_places(client: FlaskClient) -> None:
    """Where a build keeps no text, the passages of the graph are shown, with gaps, and as a quotation."""
    tree = html.fromstring(client.get("/page/statement/one").text)
    assert tree.xpath("//*[contains(@class, 'said-by')]/text()") == ["It rains"]
    assert tree.xpath("//blockquote//*[contains(@class, 'said-by')]")
    tree = html.fromstring(client.get("/page/article/a").text)
    assert [piece.text for piece in tree.xpath("//p[@class='text']/*[@data-c]")] == [
        "[…]",
        "It rains",
        "[…]",
        "Nay",
        "[…]",
    ]


@pytest.mark.parametrize("path", ["statement/one", "statement/two", "article/a"])
def test_harmful_names_stay_words(client: FlaskClient, path: str) -> None:
    """Markup in a name is shown as it stands, also where names stand in attributes."""
    tree = html.fromstring(client.get(f"/page/{path}").text)
    assert not tree.xpath("//@onclick")
    assert HARM in tree.text_content()
