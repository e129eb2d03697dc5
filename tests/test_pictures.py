"""Pictures: page, table, CSV and JSON tell the same rows, by the same filters."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from conftest import Built
from flask.testing import FlaskClient
from lxml import html

import queries
from server import lookups
from server.app import create_app
from server.engine.local import StoreEngine
from server.pictures.shown import PICTURES

each_picture = pytest.mark.parametrize("name", PICTURES)
PEOPLE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def engine(built: Built) -> StoreEngine:
    """The graph of the shipped reports."""
    return StoreEngine(built.folder)


@pytest.fixture(scope="module")
def client(engine: StoreEngine) -> Iterator[FlaskClient]:
    """A client of that graph."""
    with create_app(engine).test_client() as client:
        yield client


def things(name: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """How many things rows tell of, where the question finds things; else how many rows there are."""
    picture = PICTURES[name]
    by_things = "# the things of a part" in queries.load()[picture.query].text
    return len({row[picture.key or ""] for row in rows}) if by_things else len(rows)


@each_picture
def test_a_picture_keeps_to_its_question(name: str, engine: StoreEngine) -> None:
    """Columns and the key are variables of its question, filters its parameters, options those of filters."""
    picture = PICTURES[name]
    query = queries.load()[picture.query]
    variables = query.text.partition("SELECT")[2].partition("WHERE")[0].split()
    assert {f"?{column.name}" for column in picture.columns} <= {*variables}
    assert picture.key is None or f"?{picture.key}" in variables
    assert {filter_ for filter_, _ in picture.filters} == {one.name for one in picture.parameters}
    if picture.options:
        listed = {row["field"].value for row in lookups.select(engine, picture.options, limit=60)}
        assert listed <= {filter_ for filter_, _ in picture.filters}


@each_picture
def test_page_csv_and_json_have_the_same_rows(name: str, client: FlaskClient) -> None:
    """Each form has as many rows as the header or the caption says, under the names of the question."""
    there = list(csv.DictReader(io.StringIO(client.get(f"/{name}.csv").text)))
    told = client.get(f"/{name}.json")
    counted = told.json["counted"]
    assert told.json["total"] == (len({row[counted] for row in there}) if counted else len(there))
    assert told.json["total"] == int(told.headers["Parley-Total"]) == things(name, there) > 0
    assert len(told.json["rows"]) == len(there)
    assert [*told.json["rows"][0]] == [*there[0]]
    page = html.fromstring(client.get(f"/{name}", headers=PEOPLE).text)
    assert (
        page.xpath("//section[@class='rows']//caption")[0].text_content().split()[0]
        == f"{things(name, there):,}"
    )
    (block,) = page.xpath("//script[@id='rows']/text()") or ["null"]
    assert json.loads(block) == (told.json["rows"][: PICTURES[name].on_a_page] if block != "null" else None)


@each_picture
def test_a_part_leads_to_the_next(name: str, client: FlaskClient) -> None:
    """A limit gives a part, with links to those beside it, on the page too."""
    part = client.get(f"/{name}.json?limit=1&offset=1")
    assert things(name, part.json["rows"]) == 1
    assert part.json["previous"] == f"/{name}.json?limit=1"
    assert 'rel="next"' in "".join(part.headers.getlist("Link")) or part.json["total"] == 2
    page = html.fromstring(client.get(f"/{name}?limit=1&offset=1", headers=PEOPLE).text)
    assert page.xpath("//a[@rel='prev']/@href") == [f"/{name}?limit=1"]


@each_picture
def test_every_filter_narrows_the_picture(name: str, client: FlaskClient) -> None:
    """Each filter has a field in the form; its example is taken, and stays in the permalink and the data."""
    form = html.fromstring(client.get(f"/{name}", headers=PEOPLE).text).xpath("//form[@class='filters']")[0]
    for parameter in PICTURES[name].parameters:
        assert form.xpath(f"//*[@name='{parameter.name}'][@id='{parameter.name}']"), parameter.name
        asked = {parameter.name: parameter.example or parameter.choices[0]}
        answer = client.get(f"/{name}", query_string=asked, headers=PEOPLE)
        assert answer.status_code == 200, answer.text
        page = html.fromstring(answer.text)
        assert any(parameter.name in link for link in page.xpath("//dd/a[contains(@href, '.csv')]/@href"))
        chosen = page.xpath(f"//*[@name='{parameter.name}']/@value | //option[@selected]/@value")
        assert asked[parameter.name] in [*chosen, *page.xpath("//option[@selected]/text()")]


@each_picture
def test_a_value_leaves_rows_of_the_whole(name: str, client: FlaskClient) -> None:
    """With the example of a filter that asks something of rows, some rows are left, in their order."""
    whole = _lines(client, name)
    for parameter in queries.load()[PICTURES[name].query].parameters:
        if parameter.default is None:
            rows = _lines(client, name, **{parameter.name: parameter.example or ""})
            left = iter(whole)
            assert all(row in left for row in rows), parameter.name
            assert rows, parameter.name


def _lines(client: FlaskClient, name: str, **fields: str) -> list[list[str]]:
    _, *rows = csv.reader(io.StringIO(client.get(f"/{name}.csv", query_string=fields).text))
    return rows


@each_picture
@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [("colour=red", 400, "colour"), ("limit=0", 400, "limit"), ("format=turtle", 406, None)],
)
def test_what_a_picture_refuses(
    name: str, client: FlaskClient, asked: str, status: int, field: str | None
) -> None:
    """A field that there is not, a wrong value and a wrong form are refused, with the field named."""
    answer = client.get(f"/{name}?{asked}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json.get("parameter")) == (status, field)


@each_picture
def test_nothing_is_drawn_where_there_is_nothing(name: str, client: FlaskClient) -> None:
    """A part beyond the end has no picture and no table, and says so and where the rest is."""
    answer = client.get(f"/{name}?offset=100000", headers=PEOPLE)
    page = html.fromstring(answer.text)
    assert not page.xpath("//main//svg | //main//table")
    assert "Nothing is drawn" in page.xpath("//p[@class='nothing']")[0].text_content()
    assert client.get(f"/{name}.xml").status_code == 404


def test_wording_leads_to_other_accounts_of_a_thing(client: FlaskClient) -> None:
    """What other outlets tell of perhaps the same operation stands beside its terms, with their words."""
    address = "/wording?thing=event/military-operation-karabakh-2023-09-0b7aa014"
    page = html.fromstring(client.get(address, headers=PEOPLE).text)
    told = [one.text_content() for one in page.xpath("//div[@class='account']")]
    assert len(told) == 2
    assert all("perhaps the same:" in one for one in told)
    assert any("TRT World" in one for one in told)
