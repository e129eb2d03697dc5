"""Lists with facets: what is on them, what choosing does, parts of them, and what is refused."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import Built
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from kg.vocab import NS
from ontology import load as ontology
from server import lists
from server.app import create_app
from server.engine.local import StoreEngine

IRI = "https://w3id.org/parley/id/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# What everything on a list has, and nothing else: a property, and where that is the type, its value.
ON = {
    "actors": (TYPE, f"{NS}Agent"),
    "formats": (TYPE, f"{NS}NegotiationFormat"),
    "mediators": (TYPE, f"{NS}Mediator"),
    "corridors": (TYPE, f"{NS}Corridor"),
    "events": (f"{NS}factuality", None),
    "statements": (TYPE, f"{NS}Statement"),
    "reports": (f"{NS}characters", None),
}
each_list = pytest.mark.parametrize("name", ON)


@pytest.fixture(scope="module")
def client(lone: Built) -> Iterator[FlaskClient]:
    """A client of the graph of one report."""
    with create_app(StoreEngine(lone.folder)).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def told(client: FlaskClient) -> dict[str, Any]:
    """The first part of each list."""
    return {name: client.get(f"/{name}.json").json for name in ON}


def test_fields_offer_what_the_ontology_has() -> None:
    """There are seven lists; the choices of their fields are classes and values of the ontology."""
    known = {str(subject) for subject in ontology().subjects()}
    assert list(lists.load()) == list(ON)
    assert len(ON) == 7
    for list_ in lists.load().values():
        for field in list_.fields:
            offered = {field.parameter.space + choice for choice in field.parameter.choices}
            assert offered <= known, f"{list_.name}: {sorted(offered - known)}"
            assert field.name not in ("sort", "limit", "offset", "format")


@each_list
def test_a_list_has_every_such_thing_once(name: str, client: FlaskClient, lone: Built) -> None:
    """CSV holds all that the graph has; the parts that JSON comes in are the same, in the same order."""
    prop, value = ON[name]
    quads = lone.store.quads_for_pattern(None, NamedNode(prop), NamedNode(value) if value else None)
    answer = client.get(f"/{name}.csv")
    rows = [row["iri"] for row in csv.DictReader(io.StringIO(answer.text))]
    assert sorted(rows) == sorted({str(quad.subject)[1:-1] for quad in quads})
    assert int(answer.headers["Parley-Total"]) == len(rows) > 0
    parts, address = list[str](), f"/{name}.json?limit=1000"
    while address:
        part = client.get(address).json
        parts += [item["iri"] for item in part["items"]]
        address = part["next"]
    assert parts == rows
    columns = answer.text.partition("\r\n")[0].split(",")
    assert len(set(columns)) == len(columns)


def test_parts_of_a_table_lead_to_one_another(client: FlaskClient) -> None:
    """CSV with a limit says where the parts before and after are."""
    answer = client.get("/statements.csv?limit=2&offset=2")
    assert answer.text.count("\r\n") == 3
    assert [*answer.headers.getlist("Link")] == [
        '</statements.csv?limit=2>; rel="prev"',
        '</statements.csv?limit=2&offset=4>; rel="next"',
    ]


@each_list
def test_a_facet_says_what_choosing_gives(name: str, client: FlaskClient, told: dict[str, Any]) -> None:
    """Of each facet, the list that its first value gives has as many things as the facet says."""
    assert any(facet["values"] for facet in told[name]["facets"].values())
    for field, facet in told[name]["facets"].items():
        for value in facet["values"][:1]:
            chosen = client.get(f"/{name}.json?{urlencode({field: value['write'], 'limit': 1})}").json
            assert chosen["total"] == value["count"], (field, value)
            shown = chosen["items"][0].get(field)
            assert shown is None or value["value"] in {one["value"] for one in shown}


def test_facets_count_within_what_was_chosen(client: FlaskClient) -> None:
    """A choice narrows the other facets, while its own goes on to offer the rest."""
    whole = client.get("/statements.json").json
    stance = whole["facets"]["stance"]["values"][0]
    chosen = client.get(f"/statements.json?stance={stance['write']}").json
    assert chosen["facets"]["stance"] == whole["facets"]["stance"]
    assert sum(one["count"] for one in chosen["facets"]["modality"]["values"]) == stance["count"]
    modality = chosen["facets"]["modality"]["values"][0]
    both = client.get(f"/statements.json?stance={stance['write']}&modality={modality['write']}").json
    assert both["total"] == modality["count"] < whole["total"]
    assert all(item["words"]["text"] for item in both["items"])


def test_things_are_named_and_in_order(client: FlaskClient) -> None:
    """Labels go from a to z, without regard to capitals, or the other way; other orders count."""
    named = client.get("/actors.json?sort=label").json["items"]
    labels = [item["label"].lower() for item in named]
    assert labels == sorted(labels)
    turned = client.get("/actors.json?sort=-label&limit=3").json["items"]
    assert turned[0]["label"].lower() > labels[-1]
    speakers = client.get("/actors.json?sort=-statements&limit=2").json["items"]
    counts = [client.get(f"/statements.json?speaker={one['iri']}").json["total"] for one in speakers]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0
    days = [
        item["date"][0]["value"]
        for item in client.get("/events.json?sort=-date").json["items"]
        if item["date"]
    ]
    assert days == sorted(days, reverse=True)


def test_a_page_can_be_browsed(client: FlaskClient) -> None:
    """A page has the facets as links, what was chosen, the data, and the parts before and after."""
    page = client.get("/statements?stance=assert&limit=2&offset=2", headers={"Accept": "text/html"}).text
    assert "Chosen: <b>assert</b>" in page
    assert 'href="/statements?limit=2">any</a>' in page
    assert 'href="/statements.csv?stance=assert"' in page
    assert 'rel="prev" href="/statements?stance=assert&amp;limit=2"' in page
    assert 'rel="next" href="/statements?stance=assert&amp;limit=2&amp;offset=4"' in page
    assert 'class="passage report brief"' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/statements.json?stance=shout", 400, "stance"),
        ("/statements.json?year=MMXXIII", 400, "year"),
        ("/statements.json?speaker=a%20b", 400, "speaker"),
        ("/statements.json?sort=loudness", 400, "sort"),
        ("/statements.json?limit=1001", 400, "limit"),
        ("/statements.json?colour=red", 400, "colour"),
        ("/statements.json?stance=assert&stance=deny", 400, "stance"),
        ("/statements.xml", 404, None),
        ("/statements?format=pdf", 400, None),
        ("/statements?format=turtle", 406, None),
    ],
)
def test_what_a_list_refuses(client: FlaskClient, address: str, status: int, field: str | None) -> None:
    """A wrong value, field or form is answered with problem details that name the field."""
    answer = client.get(address, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json.get("parameter") == field


def test_a_list_may_be_empty(client: FlaskClient) -> None:
    """A value that nothing has, and a part beyond the end, give no items and the number that there is."""
    nobody = client.get("/statements.json?speaker=person/nobody").json
    assert (nobody["total"], nobody["items"], nobody["next"]) == (0, [], None)
    beyond = client.get("/reports.json?offset=1000").json
    assert (beyond["total"], beyond["items"], beyond["previous"]) == (1, [], "/reports.json")
    assert client.get("/reports.csv?offset=1000").text.count("\n") == 1
