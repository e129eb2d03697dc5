"""The shipped questions over HTTP: typed values, forms of answers, parts of them, and what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from server_graph import CASES, put
from werkzeug.test import TestResponse

import queries
from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

IRI = "https://w3id.org/parley/id/"
KINDS = {
    "json": "application/json",
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/html",
}
ADDRESS = "/queries/statements-by-speaker"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the small graph."""
    folder = DataFolder(Path(tmp_path_factory.mktemp("data")))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


def _problem(answer: TestResponse) -> dict[str, object]:
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), answer.text
    told: dict[str, object] = answer.json
    return told


@pytest.mark.parametrize("extension", KINDS)
def test_an_answer_comes_by_ending_by_name_and_by_accept(client: FlaskClient, extension: str) -> None:
    """The three ways to ask for a form give the same rows in that form."""
    by_ending = client.get(f"/queries/refused-rounds.{extension}")
    by_name = client.get(f"/queries/refused-rounds?format={extension}")
    by_accept = client.get("/queries/refused-rounds", headers={"Accept": KINDS[extension]})
    assert {answer.mimetype for answer in (by_ending, by_name, by_accept)} == {KINDS[extension]}
    assert by_name.data == by_accept.data
    assert extension == "html" or by_ending.data == by_name.data
    assert b"Ilham Aliyev" in by_ending.data


def test_rows_of_json_have_numbers_and_nulls(client: FlaskClient) -> None:
    """One object a row, with every column: numbers as numbers, IRIs as text, null where there is nothing."""
    (row,) = client.get("/queries/refused-rounds.json").json
    assert row["round"] == f"{IRI}round/spain"
    assert (row["start"], row["end"], row["earliest"]) == (10, 25, None)
    told = client.get("/queries/refused-rounds.srj").json
    assert list(row) == told["head"]["vars"]


def test_values_narrow_the_rows(client: FlaskClient) -> None:
    """A thing can be named by its key or by its IRI; an empty field of a form is no value."""
    for value, count in (
        ("person/ilham-aliyev", 1),
        (f"{IRI}person/ilham-aliyev", 1),
        ("state/spain", 0),
        ("", 1),
    ):
        answer = client.get("/queries/refused-rounds.json", query_string={"refuser": value})
        assert len(answer.json) == count, value
    assert len(client.get(f"{ADDRESS}.json?name=&stance=").json) == 0  # of the default: no statement is whole


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("events-on-a-day", "day", "2023-02-30"),
        ("events-on-a-day", "day", "6 December"),
        ("refused-rounds", "refuser", "x> } ?a ?b ?c . { <y"),
        ("statements-by-speaker", "stance", "accuses"),
        ("statements-per-speaker", "least", "many"),
        ("refused-rounds", "limit", "0"),
        ("refused-rounds", "limit", "10001"),
        ("refused-rounds", "offset", "-1"),
        ("refused-rounds", "offset", "1e3"),
    ],
)
def test_a_wrong_value_names_its_parameter(client: FlaskClient, name: str, field: str, value: str) -> None:
    """400 as problem details says which parameter, and what to give instead."""
    answer = client.get(f"/queries/{name}.csv", query_string={field: value}, headers={"Accept": "text/csv"})
    told = _problem(answer)
    assert told["type"] == "https://w3id.org/parley/problem#wrong-value"
    assert told["parameter"] == field
    assert str(told["mend"]).casefold().startswith("give ")


def test_a_name_stands_for_the_one_thing_that_has_it(client: FlaskClient) -> None:
    """People write names where a key is asked for; where one is of no one thing, the fault says what may be
    meant."""
    for name in ("Ilham Aliyev", "aliyev, ilham", "İlham Əliyev"):
        answer = client.get("/queries/refused-rounds.json", query_string={"refuser": name})
        assert (answer.status_code, len(answer.json)) == (200, 1), name
    json_wanted = {"Accept": "application/json"}
    told = _problem(client.get("/queries/refused-rounds?refuser=Ilham", headers=json_wanted))
    assert "person/ilham-aliyev (Ilham Aliyev)" in str(told["mend"])
    told = _problem(client.get("/queries/refused-rounds?refuser=qqqq", headers=json_wanted))
    assert "absolute IRI" in str(told["mend"])


def test_unknown_and_repeated_parameters_are_refused(client: FlaskClient) -> None:
    """400 lists the parameters that there are; a parameter comes once."""
    json_wanted = {"Accept": "application/json"}
    told = _problem(client.get("/queries/refused-rounds?refusers=x", headers=json_wanted))
    assert told["parameter"] == "refusers"
    assert told["known"] == ["refuser", "from", "to", "limit", "offset", "format"]
    twice = client.get("/queries/refused-rounds?limit=1&limit=1", headers=json_wanted)
    assert _problem(twice)["parameter"] == "limit"


def test_there_are_no_other_endings(client: FlaskClient) -> None:
    """404 lists the endings; a page that would be too long is a 400."""
    answer = client.get("/queries/refused-rounds.pdf")
    assert (answer.status_code, "json, srj, srx, csv, tsv, html" in answer.text) == (404, True)
    assert client.get("/queries/refused-rounds.html?limit=501").status_code == 400


def test_parts_lead_to_one_another(client: FlaskClient) -> None:
    """A part says how many rows there are, and where the parts before and after it are, with all values."""
    first = client.get("/queries/statements-per-speaker.json?limit=1&least=1")
    assert first.headers["Parley-Total"] == "2"
    assert (
        first.headers["Link"] == '</queries/statements-per-speaker.json?limit=1&least=1&offset=1>; rel="next"'
    )
    second = client.get("/queries/statements-per-speaker.json?limit=1&least=1&offset=1")
    assert second.headers["Link"] == '</queries/statements-per-speaker.json?limit=1&least=1>; rel="prev"'
    whole = client.get("/queries/statements-per-speaker.json?least=1")
    assert first.json + second.json == whole.json
    assert "Parley-Total" not in whole.headers
    beyond = client.get("/queries/statements-per-speaker.json?limit=1&least=1&offset=7")
    assert (beyond.json, beyond.headers["Parley-Total"]) == ([], "2")
    assert 'offset=1>; rel="prev"' in beyond.headers["Link"]


def test_a_page_has_the_form_and_the_way_to_the_same_answer(client: FlaskClient) -> None:
    """What was given stands in the form, in the links to data, in the permalink and in the query."""
    page = client.get(f"{ADDRESS}?name=Nobody%3C%22&stance=accuse", headers={"Accept": "text/html"}).text
    assert 'value="Nobody&lt;&#34;"' in page
    assert '<option value="accuse" selected>accuse</option>' in page
    assert f'href="{ADDRESS}.csv?name=Nobody%3C%22&amp;stance=accuse"' in page
    assert f"http://localhost{ADDRESS}?name=Nobody%3C%22&amp;stance=accuse" in page
    assert "VALUES (?stance) { (&lt;https://w3id.org/parley/value/stance-accuse&gt;) }" in page
    beyond = client.get("/queries/refused-rounds?offset=9", headers={"Accept": "text/html"}).text
    assert "1 row: none is left after 9" in " ".join(beyond.split())


def test_every_question_answers_with_its_examples(client: FlaskClient) -> None:
    """Each shipped question runs with an example for each of its parameters at once."""
    for query in queries.load().values():
        values = {parameter.name: parameter.example for parameter in query.parameters}
        answer = client.get(f"/queries/{query.name}.srj", query_string=values)
        assert answer.status_code == 200, answer.text
        assert isinstance(
            ox.parse_query_results(answer.data, format=ox.QueryResultsFormat.JSON), ox.QuerySolutions
        )
        assert json.loads(answer.data)["head"]["vars"]
