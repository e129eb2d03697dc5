"""Tests of the cookbook and of the list of questions, its companion."""

from collections.abc import Iterator

import httpx
import pytest
from browsing import Browser
from lxml import html
from playwright.sync_api import Page

import queries
from server import cookbook

PAGE = {"Accept": "text/html"}
LEAST = 15  # recipes
USES = {"refusals", "mediators", "statements", "voices", "wording", "corridors", "time", "sources", "data"}


@pytest.fixture(scope="module")
def visitor(server_url: str) -> Iterator[httpx.Client]:
    """A client of the shipped graph."""
    with httpx.Client(base_url=server_url, timeout=60, headers=PAGE) as client:
        yield client


def test_there_is_a_recipe_for_each_use(visitor: httpx.Client) -> None:
    """The cookbook has recipes for all that people come for, each in plain words on one page."""
    recipes = cookbook.recipes()
    assert len(recipes) >= LEAST
    assert {recipe.group for recipe in recipes.values()} == USES
    listed = html.fromstring(visitor.get("/cookbook").text)
    links = {link.get("href"): link.text for link in listed.xpath("//main//li/a")}
    for name, recipe in recipes.items():
        assert links[f"/cookbook/{name}"] == recipe.question


@pytest.mark.parametrize("name", cookbook.recipes())
def test_recipe_has_a_live_answer(visitor: httpx.Client, name: str) -> None:
    """A recipe shows first rows, gives all of them as CSV, and says what to watch out for; or tells steps."""
    recipe = cookbook.recipes()[name]
    tree = html.fromstring(visitor.get(f"/cookbook/{name}").text)
    assert recipe.mind in tree.xpath("string(//section[@class = 'mind'])")
    if recipe.steps:
        assert len(tree.xpath("//ol[@class = 'steps']/li")) == len(recipe.steps)
        return
    shown = tree.xpath("//section[@aria-labelledby = 'answer']//article")
    assert 1 <= len(shown) <= 5
    (csv,) = tree.xpath("//a[. = 'Download as CSV']/@href")
    rows = visitor.get(csv, headers={"Accept": "text/csv"}).text.strip().splitlines()
    told = tree.xpath("string(//section[@aria-labelledby = 'answer']/p[@class = 'note'])")
    if recipe.query:
        assert told.startswith(f"{len(rows) - 1} row")
        assert "PREFIX parley:" in tree.xpath("string(//details//pre)")


def test_recipe_takes_other_values(visitor: httpx.Client) -> None:
    """What a reader sets changes the answer and its CSV, and a value or field that is none is refused."""
    tree = html.fromstring(visitor.get("/cookbook/who-refused-talks?refuser=person/ararat-mirzoyan").text)
    assert len(tree.xpath("//section[@aria-labelledby = 'answer']//article")) == 1
    assert tree.xpath("//a[. = 'Download as CSV']/@href") == [
        "/queries/refused-rounds.csv?refuser=person%2Fararat-mirzoyan"
    ]
    assert visitor.get("/cookbook/who-refused-talks?from=soon").status_code == 400
    assert visitor.get("/cookbook/who-refused-talks?nothing=1").status_code == 400
    assert visitor.get("/cookbook/how-to-fly").status_code == 404


def test_every_question_is_listed_once(visitor: httpx.Client) -> None:
    """All questions stand in groups, each once, with its explanation; words choose among them."""
    tree = html.fromstring(visitor.get("/queries/").text)
    links = tree.xpath("//main//dt/a/@href")
    assert sorted(links) == sorted(f"/queries/{name}" for name in queries.load())
    assert all(query.summary in tree.text_content() for query in queries.load().values())
    some = html.fromstring(visitor.get("/queries/?q=Refused rounds").text).xpath("//main//dt/a/@href")
    assert {"/queries/refused-rounds", "/queries/stalled-formats"} <= set(some)
    assert len(some) < len(links) / 2
    none = visitor.get("/queries/", params={"q": "<b>no such words"})
    assert "&lt;b&gt;no such words" in none.text


def test_names_can_be_chosen_in_fields(browser: Browser, server_url: str) -> None:
    """In a field for a thing, who types a name and chooses it gets the key that the question takes."""

    def typed(page: Page) -> str:
        field = page.get_by_label("Who refused.")
        field.type("mirzo")
        page.get_by_role("option").first.wait_for()
        field.press("ArrowDown")
        field.press("Enter")
        return field.input_value()

    assert browser.look(f"{server_url}/cookbook/who-refused-talks", typed) == "person/ararat-mirzoyan"
