"""The reconciliation service against the schemas of its specification, names, and what OpenRefine asks."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from server_graph import CASES

FOLDER = CASES / "reconciliation"
# What OpenRefine's server and the browser that shows it send.
REFINE = {"User-Agent": "OpenRefine/3.10", "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
BROWSER = {"Accept": "application/json, text/javascript, */*; q=0.01", "Origin": "http://127.0.0.1:3333"}
SCRIPT = {"Accept": "*/*", "Referer": "http://127.0.0.1:3333/"}
FRAME = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(server_url: str) -> Iterator[httpx.Client]:
    """A client of a server of the shipped reports."""
    with httpx.Client(base_url=server_url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def manifest(client: httpx.Client) -> dict[str, Any]:
    """What the service says when somebody adds it, which later requests go by."""
    given = client.get("/reconcile", headers=BROWSER)
    assert given.headers["Access-Control-Allow-Origin"] == "*"
    assert given.headers["Content-Type"] == "application/json"
    told: dict[str, Any] = given.json()
    return told


@pytest.fixture(scope="module")
def valid(shared: Path) -> Any:
    """Checks content against a schema of the specification by its name."""
    folder = shared / "reconciliation" / "0.2" / "schemas"
    whole = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    # The manifest refers to a schema of OpenAPI for authentication, which we have none of.
    apart = [
        (
            "http://swagger.io/v2/schema.json",
            {"definitions": {"securityDefinitions": {"additionalProperties": {}}}},
        )
    ]
    named = [(content["$id"], content) for content in whole.values() if "$id" in content]
    registry: Registry[Any] = Registry().with_resources(
        [(iri, Resource(content, DRAFT7)) for iri, content in (*apart, *named)]
    )

    def check(content: Any, name: str) -> None:
        Draft7Validator(whole[f"{name}.json"], registry=registry).validate(content)

    return check


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return [*csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def post(client: httpx.Client, field: str, content: Any) -> httpx.Response:
    return client.post("/reconcile", data={field: json.dumps(content, ensure_ascii=False)}, headers=REFINE)


def answers(client: httpx.Client, **queries: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    given = post(client, "queries", queries).raise_for_status().json()
    return {name: answer["result"] for name, answer in given.items()}


@cache
def named(client: httpx.Client) -> dict[str, Any]:
    """The answers to the table of names, in one batch."""
    queries = {
        str(at): {"query": row["query"]}
        | ({"type": row["type"], "type_strict": "any"} if row["type"] else {})
        for at, row in enumerate(rows("names.tsv"))
    }
    given: dict[str, Any] = post(client, "queries", queries).raise_for_status().json()
    return given


NAMES = rows("names.tsv")


def test_the_table_is_whole() -> None:
    """No case is lost on the way."""
    assert len(NAMES) == 45
    assert len(rows("faults.tsv")) == 17


@pytest.mark.parametrize("at", range(len(NAMES)), ids=[f"{row['query']}-{row['type']}" for row in NAMES])
def test_a_name_finds_its_thing(client: httpx.Client, at: int) -> None:
    """The first candidate is what the name means, and it is a match where no doubt is left."""
    case, found = NAMES[at], named(client)[str(at)]["result"]
    assert (found[0]["id"] if found else "") == case["id"], found[:3]
    assert [one["match"] for one in found[:1]] == ([case["match"] == "yes"] if case["id"] else [])
    assert not any(one["match"] for one in found[1:])
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert all(0 <= one["score"] <= 100 and one["type"] for one in found)


def test_answers_keep_the_schema(client: httpx.Client, valid: Any) -> None:
    """A batch is answered as the specification says, with features that tell how a score came about."""
    valid(named(client), "reconciliation-result-batch")
    features = {one["id"]: one["value"] for one in named(client)["1"]["result"][0]["features"]}
    assert features["name_exact"] is True
    assert features["name_in_order"] is False
    assert features["mentions"] > 0


@pytest.mark.parametrize("case", rows("faults.tsv"), ids=lambda case: case["sent"])
def test_a_malformed_request_is_refused(client: httpx.Client, case: dict[str, str]) -> None:
    """What is wrong is told with its place, and nothing of how we are made."""
    given = client.post("/reconcile", data={case["field"]: case["sent"]}, headers=BROWSER)
    assert (given.status_code, given.headers["Access-Control-Allow-Origin"]) == (int(case["status"]), "*")
    assert case["told"] in given.json()["detail"]
    assert "Traceback" not in given.text


def test_deep_json_and_large_batches_are_refused(client: httpx.Client) -> None:
    """Nesting that would exhaust a parser is 400; more queries than a batch may have is 413."""
    deep = client.post("/reconcile", data={"queries": "[" * 100_000})
    assert (deep.status_code, "Traceback" in deep.text) == (400, False)
    many = post(client, "queries", {f"q{at}": {"query": "x"} for at in range(1_001)})
    assert many.status_code == 413
    hostile = post(client, "queries", {"q0": {"query": "* " * 100_000}})
    assert hostile.json() == {"q0": {"result": []}}


def test_an_empty_query_has_no_candidates(client: httpx.Client) -> None:
    """OpenRefine sends what stands in a cell; nothing in it is no fault."""
    found = answers(client, a={"query": ""}, b={"query": "  "}, c={}, d={"query": None})
    assert found == {"a": [], "b": [], "c": [], "d": []}


def test_types_hold_candidates_together(client: httpx.Client) -> None:
    """`any` wants one of the types, `all` each, `should` prefers them and matches no other."""
    found = answers(
        client,
        should={"query": "France", "type": "Person", "type_strict": "should"},
        any={"query": "France", "type": ["Person", "State"], "type_strict": "any"},
        all={"query": "France", "type": ["Person", "State"], "type_strict": "all"},
        iri={"query": "France", "type": "https://w3id.org/parley/ns#State", "type_strict": "any"},
        prefixed={"query": "France", "type": "parley:State", "limit": 1},
    )
    assert not any(one["match"] for one in found["should"])
    assert found["any"][0]["id"] == "state/france"
    assert found["all"] == []
    assert found["iri"][0]["match"] is True
    assert [one["id"] for one in found["prefixed"]] == ["state/france"]


def test_properties_decide_between_namesakes(client: httpx.Client) -> None:
    """A value, by name, by identifier or of several, raises what has it; what contradicts is no match."""
    pyongyang = {"pid": "capital", "v": "Pyongyang"}
    found = answers(
        client,
        bare={"query": "Korea"},
        text={"query": "Korea", "properties": [pyongyang]},
        entity={
            "query": "Korea",
            "properties": [{"pid": "capital", "v": {"id": "place/seoul", "name": "Seoul"}}],
        },
        two={"query": "Korea", "properties": [pyongyang, {"pid": "isoCode", "v": ["KP", "KR"]}]},
        against={"query": "France", "properties": [{"pid": "capital", "v": "Rome"}]},
        unknown={"query": "France", "properties": [{"pid": "noSuchThing", "v": "x"}]},
        alone={"properties": [{"pid": "capital", "v": {"id": "place/baku"}}]},
        word={"properties": [{"pid": "isoCode", "v": "az"}]},
    )
    first = {name: (one[0]["id"], one[0]["match"]) for name, one in found.items()}
    assert first["bare"][1] is False
    assert first["text"] == ("state/north-korea", True)
    assert first["entity"] == ("state/south-korea", True)
    assert first["two"] == ("state/north-korea", False)  # it has one of the two codes
    assert first["against"] == ("state/france", False)
    assert first["unknown"] == ("state/france", False)
    assert first["alone"] == first["word"] == ("state/azerbaijan", True)
    assert found["against"][0]["score"] < 90


def test_a_batch_of_a_thousand_rows_is_answered(client: httpx.Client, valid: Any) -> None:
    """What the manifest allows is answered whole, each row as if it were alone."""
    asked = [row["query"] for row in NAMES]
    batch = {f"q{at}": {"query": asked[at % len(asked)], "limit": 3} for at in range(1_000)}
    given = post(client, "queries", batch).raise_for_status().json()
    valid(given, "reconciliation-result-batch")
    assert list(given) == list(batch)
    assert given["q0"] == given[f"q{len(asked)}"]


def test_the_document_tells_all(client: httpx.Client) -> None:
    """docs/reconciliation.md names each feature that is sent, and each address that it names answers."""
    told = (CASES.parents[1] / "docs" / "reconciliation.md").read_text("utf-8")
    features = {one["id"] for one in named(client)["0"]["result"][0]["features"]}
    table = told.partition("| feature | is |")[2].partition("\n\n")[0]
    assert features | {"property_…"} == set(re.findall(r"`([a-z_…]+)`", table))
    addresses = set(re.findall(r"^\| `(/[^`]*)`", told, re.MULTILINE))
    assert len(addresses) == 9
    fields = {"id": "state/france", "prefix": "fra"}
    suggested = {"q": "fra"}
    wanted = {one: {"id": "capital"} if "property" in one else fields for one in addresses}
    wanted |= {one: suggested for one in ("/search", "/suggest") if one in addresses}
    assert all(client.get(one, params=given).status_code == 200 for one, given in wanted.items())


def test_the_examples_of_the_specification_are_answered(
    client: httpx.Client, shared: Path, valid: Any
) -> None:
    """Whatever is valid there is answered by the schema, by POST and by GET, though nothing of it is ours."""
    examples = shared / "reconciliation" / "0.2" / "examples"
    kinds = {
        "queries": ("reconciliation-query-batch", "reconciliation-result-batch"),
        "extend": ("data-extension-query", "data-extension-response"),
    }
    asked = [
        (field, path.read_text("utf-8"), answered)
        for field, (kind, answered) in kinds.items()
        for path in sorted((examples / kind / "valid").glob("*.json"))
    ]
    assert len(asked) == 6
    for field, text, answered in asked:
        posted = client.post("/reconcile", data={field: text}, headers=REFINE)
        got = client.get("/reconcile", params={field: text}, headers=BROWSER)
        assert posted.status_code == got.status_code == 200
        assert posted.json() == got.json()
        valid(got.json(), answered)


class TestAsOpenRefineAsks:
    """The requests of OpenRefine's source, in the order in which a user causes them.

    ReconciliationManager, GuessTypesOfColumnCommand, StandardReconConfig, the suggest widget, recon-renderer,
    the dialog that adds columns, ReconciledDataExtensionJob (OpenRefine, master of August 2026).
    """

    def test_the_manifest(
        self, client: httpx.Client, manifest: dict[str, Any], valid: Any, server_url: str
    ) -> None:
        """It keeps the schema, and its addresses are those under which we were asked."""
        valid(manifest, "manifest")
        assert "0.2" in manifest["versions"]
        assert manifest["batchSize"] == 1_000
        assert manifest["view"]["url"].startswith(server_url)
        for type_ in manifest["defaultTypes"]:
            known = client.get("/reconcile/suggest/type", params={"prefix": type_["name"]}).json()["result"]
            assert (type_["id"], type_["name"]) in {(one["id"], one["name"]) for one in known}

    def test_adding_it_without_cors(self, client: httpx.Client, manifest: dict[str, Any]) -> None:
        """A browser that got no JSON asks again by a script."""
        given = client.get("/reconcile", params={"callback": "jQuery36_1700", "_": "1700"}, headers=SCRIPT)
        assert given.headers["Content-Type"].startswith("text/javascript")
        called = re.fullmatch(r"/\*\*/jQuery36_1700\((.*)\);", given.text)
        assert called is not None
        assert json.loads(called[1]) == manifest

    def test_guessing_the_type_of_a_column(self, client: httpx.Client) -> None:
        """Ten cells are sampled; the commonest of the first types is that of the column."""
        cells = [
            "Armenia",
            "Azerbaijan",
            "France",
            "Spain",
            "Iran",
            "Sudan",
            "Egypt",
            "Qatar",
            "Israel",
            "Kenya",
        ]
        found = answers(client, **{f"q{at}": {"query": cell, "limit": 3} for at, cell in enumerate(cells)})
        firsts = [one[0]["type"][0]["id"] for one in found.values()]
        assert max(set(firsts), key=firsts.count) == "State"
        assert all(len(one) <= 3 for one in found.values())

    def test_reconciling_a_batch(self, client: httpx.Client, valid: Any) -> None:
        """The server posts a form in UTF-8 with the type that should be, and cells of other columns."""
        row = {
            "query": "Pashinian, N.",
            "type": "Person",
            "type_strict": "should",
            "properties": [{"pid": "represents", "v": {"id": "state/armenia", "name": "Armenia"}}],
        }
        given = post(client, "queries", {"q0": row, "q1": {"query": "€ no such name"}}).json()
        valid(given, "reconciliation-result-batch")
        assert (given["q0"]["result"][0]["id"], given["q0"]["result"][0]["match"]) == (
            "person/nikol-pashinyan",
            True,
        )
        assert given["q1"]["result"] == []

    @pytest.mark.parametrize("encode", [quote, lambda text: quote(text, safe="")], ids=["URI", "component"])
    def test_viewing_and_previewing(
        self, client: httpx.Client, manifest: dict[str, Any], encode: Any
    ) -> None:
        """The id goes into the address as it is or encoded whole; a preview may stand in anybody's frame."""
        view = client.get(manifest["view"]["url"].replace("{{id}}", encode("state/france")), headers=FRAME)
        assert (view.status_code, view.headers["Location"]) == (303, "/page/state/france")
        shown = client.get(
            manifest["preview"]["url"].replace("{{id}}", encode("state/france")), headers=FRAME
        )
        assert shown.status_code == 200
        assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in shown.headers
        assert "<script" not in shown.text
        assert "France" in shown.text

    @pytest.mark.parametrize(
        ("what", "typed", "first"),
        [
            ("entity", "Ilham Al", "person/ilham-aliyev"),
            ("type", "stat", "State"),
            ("property", "capi", "capital"),
        ],
    )
    def test_suggesting(
        self, client: httpx.Client, manifest: dict[str, Any], valid: Any, what: str, typed: str, first: str
    ) -> None:
        """What is typed goes as `prefix`, the next page by `cursor`, and a suggestion flies out by its id."""
        told = manifest["suggest"][what]
        address = told["service_url"] + told["service_path"]
        plural = {"entity": "entities", "type": "types", "property": "properties"}[what]
        given = client.get(address, params={"prefix": typed}, headers=BROWSER).json()
        valid(given, f"suggest-{plural}-response")
        assert given["result"][0]["id"] == first
        whole = client.get(address, params={"prefix": ""}, headers=BROWSER).json()
        if what != "entity":
            more = client.get(
                address, params={"prefix": "", "cursor": whole["cursor"]}, headers=BROWSER
            ).json()
            assert not {one["id"] for one in whole["result"]} & {one["id"] for one in more["result"]}
        flyout = told["flyout_service_url"] + told["flyout_service_path"].replace(
            "${id}", quote(first, safe="")
        )
        flown = client.get(flyout, params=None, headers=BROWSER).json()
        assert flown["id"] == first
        assert flown["html"].startswith("<div>")

    def test_proposing_properties(self, client: httpx.Client, manifest: dict[str, Any], valid: Any) -> None:
        """The dialog that adds columns puts the type into the address as it is; with none it asks for all."""
        proposed = manifest["extend"]["propose_properties"]
        address = proposed["service_url"] + proposed["service_path"]
        given = client.get(f"{address}?type=State", headers=BROWSER).json()
        valid(given, "data-extension-property-proposal")
        assert {"capital", "isoCode", "skos:altLabel"} <= {one["id"] for one in given["properties"]}
        assert len(client.get(f"{address}?type=", headers=BROWSER).json()["properties"]) == 50
        assert len(client.get(f"{address}?type=State&limit=2", headers=BROWSER).json()["properties"]) == 2

    def test_adding_columns(self, client: httpx.Client, valid: Any) -> None:
        """Things come as cells that are reconciled, numbers as numbers, dates with their time and zone."""
        asked = {
            "ids": ["state/armenia", "tenure/none", "article/nothing"],
            "properties": [
                {"id": "capital"},
                {"id": "isoCode", "settings": {"limit": "1"}},
                {"id": "schema:latitude"},
                {"id": "skos:altLabel", "settings": {"count": "on"}},
                {"id": "capital", "settings": {"content": "id"}},
            ],
        }
        given = post(client, "extend", asked).raise_for_status().json()
        valid(given, "data-extension-response")
        row = given["rows"]["state/armenia"]
        assert row["capital"] == [{"str": "place/yerevan"}]  # the later settings of one property count
        assert row["isoCode"] == [{"str": "AM"}]
        assert isinstance(row["schema:latitude"][0]["float"], float)
        assert isinstance(row["skos:altLabel"][0]["int"], int)
        assert given["rows"]["tenure/none"]["isoCode"] == []

    def test_adding_dates_and_things(self, client: httpx.Client, valid: Any) -> None:
        """A date is a moment that OffsetDateTime reads; a thing has id and name, a column its class."""
        found = client.get("/reconcile/suggest/entity", params={"prefix": "Daily Sabah"}).json()["result"]
        report = next(
            one["id"] for one in client.get("/search?q=Report+that&kind=report&format=json").json()["results"]
        )
        asked = {
            "ids": [report, "state/armenia"],
            "properties": [{"id": "dcterms:date"}, {"id": "capital"}],
        }
        given = post(client, "extend", asked).raise_for_status().json()
        valid(given, "data-extension-response")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", given["rows"][report]["dcterms:date"][0]["date"])
        assert given["rows"]["state/armenia"]["capital"] == [{"id": "place/yerevan", "name": "Yerevan"}]
        assert {one["id"]: one.get("type", {}).get("id") for one in given["meta"]}["capital"] == "Place"
        assert found


@pytest.mark.parametrize("name", ["alert(1)//", "a b", "x;y", "é", "<script>", "a" * 65])
def test_a_callback_is_the_name_of_a_function(client: httpx.Client, name: str) -> None:
    """Whatever else somebody puts there would run in their reader's page."""
    assert client.get("/reconcile", params={"callback": name}).status_code == 400


def test_other_origins_are_told_that_they_may(client: httpx.Client) -> None:
    """A preflight is answered, and answers with faults are open too."""
    asked = {"Origin": "http://127.0.0.1:3333", "Access-Control-Request-Method": "POST"}
    for path in ("/reconcile", "/reconcile/suggest/entity", "/reconcile/properties"):
        given = client.options(path, headers=asked)
        assert given.status_code < 300
        assert given.headers["Access-Control-Allow-Origin"] == "*"
    gone = client.get("/reconcile/preview?id=state/atlantis", headers=BROWSER)
    assert (gone.status_code, gone.headers["Access-Control-Allow-Origin"]) == (404, "*")
