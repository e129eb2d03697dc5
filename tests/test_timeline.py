"""The timeline and the wording on made-up talks: how times, states and claims are drawn, who says what."""

import csv
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import html
from server_graph import CASES, put

from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

ROWS = [*csv.DictReader((CASES / "timeline.tsv").read_text("utf-8").splitlines(), delimiter="\t")]
HARM = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
LONG = "א" * 300
_PROLOGUE = """
@base <https://w3id.org/parley/id/> .
@prefix parley: <https://w3id.org/parley/ns#> .
@prefix val: <https://w3id.org/parley/value/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_SHARED = f"""
<article/a> a parley:Article ; dcterms:publisher <organisation/morning> .
<organisation/morning> rdfs:label "Morning" .
<span/a> parley:spanOf <article/a> ; parley:exactText "words" ; parley:startOffset 0 ; parley:endOffset 5 .
<person/rema> a parley:Person ; rdfs:label "Rema Doll" ; parley:represents <state/borvia> .
<state/borvia> a parley:State ; rdfs:label "Borvia" . <state/ardenia> a parley:State ; rdfs:label "Ardenia" .
<statement/s> a parley:Statement ; rdfs:label "Rema Doll denies it" ; parley:hasSpeaker <person/rema> ;
  parley:saidAt <time/day> ; parley:firstEvidence <span/a> .
<process/p> a parley:PeaceProcess ; rdfs:label "Process" ; parley:hasParty <state/ardenia>, <state/borvia> ;
  parley:addresses <event/season> .
<format/f> a parley:NegotiationFormat ; rdfs:label "Track" ; parley:trackOf <process/p> ;
  parley:hasRound <event/refused>, <event/cancelled> .
<event/day> parley:hasParticipant <state/ardenia>, <state/borvia> .
<event/season> parley:hasPlace <place/x> . <event/month> parley:hasPlace <place/x> .
<event/month> parley:evidence <span/a> .
<place/x> a parley:Place ; rdfs:label "{{harm}}" .
<https://w3id.org/parley/loaded/anti-terror> skos:inScheme <https://w3id.org/parley/loaded> ;
  rdfs:label "anti-terror" ; skos:scopeNote "Neutral wording: military." .
<label/one> a parley:AttributedLabel ; parley:labels <event/month> ; parley:usedBy <person/rema> ;
  parley:literalForm "anti-terror measures" ; parley:firstEvidence <span/a> ; parley:evidence <span/a> .
<label/two> a parley:AttributedLabel ; parley:labels <event/month> ; parley:literalForm "lightning strike" ;
  parley:usedBy <organisation/morning> ; parley:firstEvidence <span/a> ; parley:evidence <span/a> .
<label/three> a parley:AttributedLabel ; parley:labels <place/x> ; parley:literalForm "{LONG}" ;
  parley:usedBy <state/ardenia> ; dcterms:source <javascript:alert(3)> .
"""


def _thing(row: Mapping[str, str]) -> str:
    """One row of the cases as triples."""
    days = "".join(
        f'parley:{bound} "{row[bound]}"^^xsd:date ; ' for bound in ("earliest", "latest") if row[bound]
    )
    sure = f"parley:factuality val:factuality-{row['factuality']} ; " if row["factuality"] else ""
    said = "parley:allegedIn <statement/s> ; " if row["factuality"] not in ("", "asserted") else ""
    stage = "agreementStage" if row["class"] == "Agreement" else "eventStatus"
    return (
        f"<event/{row['name']}> a parley:{row['class']} ; parley:hasTime <time/{row['name']}> ; {sure}{said}"
        f'parley:{stage} val:{row["status"]} ; rdfs:label "Thing {row["name"]}" ; '
        f"parley:reportedIn <article/a> ; parley:firstEvidence <span/a> . "
        f"<time/{row['name']}> parley:precision val:precision-{row['precision']} ; {days}"
        f'parley:edtf "{row["edtf"]}" .\n'
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph with a thing for each case."""
    folder = DataFolder(tmp_path_factory.mktemp("timeline"))
    shared = _SHARED.replace("{harm}", HARM.replace('"', '\\"'))
    put(folder, "one", f"{_PROLOGUE}<http://e/g> {{ {shared}{''.join(map(_thing, ROWS))} }}")
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


def _page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


@pytest.fixture(scope="module")
def timeline(client: FlaskClient) -> html.HtmlElement:
    """The page with everything on it."""
    return _page(client, "/timeline")


def _row(page: html.HtmlElement, name: str) -> html.HtmlElement:
    (row,) = page.xpath(f"//li[.//span[@class='what'][normalize-space()='Thing {name}']]")
    return row


def test_every_case_is_drawn_once(timeline: html.HtmlElement) -> None:
    """Fourteen things, fourteen rows of the picture, and as many of the table."""
    assert len(ROWS) == 14
    assert len(timeline.xpath("//section[contains(@class, 'lane')]//li")) == 14
    assert len(timeline.xpath("//section[@class='rows']//tbody")) == 14


@pytest.mark.parametrize("case", ROWS, ids=[row["name"] for row in ROWS])
def test_a_time_is_drawn_as_exactly_as_it_is_told(timeline: html.HtmlElement, case: dict[str, str]) -> None:
    """Only a day is a point; all else is a stretch whose open ends fade; status and claim have signs."""
    row = _row(timeline, case["name"])
    (strip,) = row.xpath(".//svg[contains(@class, 'strip')]")
    bars = strip.xpath("./rect[contains(@class, 'bar')]")
    assert bool(bars) == (case["shape"] == "bar")
    faded = [bar.get("mask", "url(#m-none)") for bar in bars]
    assert faded == [f"url(#m-{case['fade']})"] * len(bars)
    signs = strip.xpath("./svg/@class | ./rect/@class")
    assert signs
    assert all(case["state"] in sign.split() for sign in signs)
    assert all(("claimed" in sign.split()) == (case["factuality"] == "alleged") for sign in signs)
    told = " ".join(row.xpath("string(.//div[@class='tells'])").split())
    assert case["tells"] in told


def test_things_stand_on_the_lane_of_their_track_or_beside_their_process(timeline: html.HtmlElement) -> None:
    """Rounds stand on their track; what two parties take part in, or happens at its conflict, beside it."""
    lanes = {
        lane.get("class"): {"".join(x.itertext()).strip() for x in lane.xpath(".//span[@class='what']")}
        for lane in timeline.xpath("//section[contains(@class, 'lane')]")
    }
    assert [*lanes] == ["lane track", "lane process", "lane none"]
    assert lanes["lane track"] == {"Thing refused", "Thing cancelled"}
    assert lanes["lane process"] == {"Thing day", "Thing month", "Thing season"}
    assert "inferred" in timeline.xpath("string(//section[@class='lane process']/h2)")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("process=process/p", {"refused", "cancelled", "day", "month", "season"}),
        ("track=format/f", {"refused", "cancelled"}),
        ("kind=MilitaryOperation", {"month", "lasting"}),
        ("from=2023-12-01", {"window", "until", "since"}),
        ("to=2020-12-31", {"season", "until"}),
        ("claimant=person/rema&kind=Encounter", {"until", "claimed"}),
        ("outlet=organisation/evening", set()),
    ],
)
def test_a_filter_leaves_what_fits(client: FlaskClient, asked: str, found: set[str]) -> None:
    """Of each filter the rows are those that have the value, with open times kept where they may fit."""
    rows = client.get(f"/timeline.json?{asked}").json["rows"]
    assert {row["item"].rpartition("/")[2] for row in rows} == found


def test_statements_come_where_they_are_asked_for(client: FlaskClient) -> None:
    """A statement stands on a lane of its own, with its speaker, as said."""
    page = _page(client, "/timeline?statements=yes")
    (row,) = page.xpath("//section[@class='lane spoken']//li")
    assert "3 October 2023 said by Rema Doll" in " ".join(row.xpath("string(.//div)").split())


def test_wording_shows_who_calls_a_thing_what(client: FlaskClient) -> None:
    """Under the neutral label stand the term of a side, marked as taking one, and that of an outlet."""
    page = _page(client, "/wording?thing=event/month")
    (row,) = page.xpath("//table[@class='wordings']/tbody[not(@class)]/tr")
    label, said, written = (" ".join(cell.text_content().split()) for cell in row)
    assert label == "Thing month"
    assert said == "Borvia anti-terror measures Rema Doll 1 passagetakes a side; a neutral word: military"
    assert row.xpath(".//a[contains(@class, 'loaded')]/text()") == ["anti-terror measures"]
    assert written.startswith("Morning lightning strike 1 passage")
    assert "never names it without such a term" in written
    links = _row(_page(client, "/timeline"), "month").xpath(".//a/@href")
    assert unquote(links[-1]) == "/wording?thing=https://w3id.org/parley/id/event/month"


@pytest.mark.parametrize("address", ["/timeline?statements=yes", "/wording", f"/wording?thing={HARM[:8]}x"])
def test_what_strangers_wrote_stays_text(client: FlaskClient, address: str) -> None:
    """No label becomes an element or an address of script; one from right to left says so."""
    page = html.fromstring(client.get(address, headers={"Accept": "text/html"}).text)
    assert not page.xpath("//script[not(@src)] | //img | //@onerror | //@style")
    assert not [link for link in page.xpath("//@href") if link.lower().startswith("javascript")]
    if address == "/wording":
        assert page.xpath("//tbody/tr/th[@dir='auto'][contains(., 'alert(1)')]")
        assert page.xpath("//*[@dir='auto'][contains(., $long)]", long=LONG)
