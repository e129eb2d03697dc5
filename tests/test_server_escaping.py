"""What strangers write, in the data or in an address, is shown on pages as it stands and never as markup."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import url_for
from flask.testing import FlaskClient
from lxml import html
from server_graph import CASES, put

from kg.store import DataFolder
from server import urls
from server.app import create_app
from server.engine.local import StoreEngine

SIGN = "<script>alert('x')</script>"
HARM = f"\"'>{SIGN}<img src=x onerror=alert(1)>&amp;"
ID = "https://w3id.org/parley/id/"
LONG = "x" * 300
ODD = "https://℀.example/1"  # a host that Python's `urlsplit` refuses and IRIs may have
TURNED = "سلام"  # from right to left
_LITERAL = HARM.replace('"', '\\"')
THINGS = (CASES / "harm.ttl").read_text("utf-8").replace("HARM", _LITERAL).replace("LONG", LONG)
TRIG = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix parley: <https://w3id.org/parley/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <{ID}> .
<http://e/g> {{
  <{ID}state/x> a <https://w3id.org/parley/ns#State> ; rdfs:label "{_LITERAL}"@en ;
    rdfs:comment "{_LITERAL}" ; skos:exactMatch <{ODD}> .
  <{ID}state/y> <https://w3id.org/parley/ns#about> <{ID}state/x> .
  {THINGS.replace("TURNED", TURNED)}
  <javascript:alert(1)> rdfs:seeAlso <javascript:alert(2)> .
}}
"""


def asked(query: str) -> str:
    return f"/sparql?query={quote(query)}"


# Pages, and whether what is harmful is to be read on them.
PAGES = {
    "an answer": (asked(f'SELECT ("{_LITERAL}" AS ?x) {{}}'), True),
    "a label": (asked("SELECT ?name { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name }"), True),
    "all data": (asked("SELECT * { ?s ?p ?o }"), True),
    "triples": (asked("CONSTRUCT WHERE { ?s ?p ?o }"), True),
    "a boolean": (asked(f'ASK {{ FILTER("{_LITERAL}" != "") }}'), True),
    "a syntax error": (asked(f"SELECT * {{ {HARM}"), True),
    "an unknown prefix": (asked("SELECT * { ?s script:alert ?o }"), False),
    "SERVICE": (asked(f'SELECT * {{ SERVICE <http://e/> {{ ?s ?p "{_LITERAL}" }} }}'), True),
    "a comment": (asked(f"ASK {{}} # {HARM}"), True),
    "an unknown field": (f"/sparql?{quote(SIGN)}=1", True),
    "a format": (f"/sparql?query=ASK%7B%7D&format={quote(SIGN)}", True),
    "a thing": ("/page/state/x", True),
    "what points at it": ("/page/state/y", True),
    "a track": ("/page/format/x", True),
    "a round": ("/page/round/x", True),
    "an event": ("/page/event/x", True),
    "a corridor": ("/page/corridor/x", True),
    "a person": ("/page/person/x", True),
    "the network": ("/network", True),
    "the map": ("/map", True),
    "the voices": ("/voices?by=about", True),
    "a thing that is not there": (f"/page/state/{quote(SIGN)}", False),
    "a path": (f"/{quote(SIGN)}", False),
    "a dump": (f"/dumps/{quote('<b>x')}", True),
    "a parameter": (f"/queries/statements-by-speaker?name={quote(HARM)}", True),
    "an unknown parameter": (f"/queries/statements-by-speaker?{quote(SIGN)}=1", True),
    "words of a question": (f"/queries/?q={quote(HARM)}", True),
    "a field of a recipe": (f"/cookbook/who-refused-talks?refuser={quote(HARM)}", True),
    "a process": (f"/?process={quote(HARM)}", True),
    "a facet": (f"/statements?speaker={quote(HARM)}", True),
    "a pattern": (f"/fragments?object={quote(chr(34) + HARM + chr(34))}", True),
    "a pattern of nothing": (f"/fragments?subject={quote(HARM)}", True),
    "fragments": ("/fragments", True),
    "a search": (f"/search?q={quote(HARM)}", True),
    "what a search found": ("/search?q=alert", True),
    "a kind": (f"/search?q=alert&kind={quote(SIGN)}", True),
    "a preview": ("/reconcile/preview?id=state/x", True),
    "a preview of nothing": (f"/reconcile/preview?id={quote(SIGN)}", True),
    "a part": (f"/page/state/x?part={quote(SIGN)}", False),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph with harmful labels."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", TRIG)
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


@pytest.mark.parametrize("page", PAGES)
def test_nothing_becomes_markup(client: FlaskClient, page: str) -> None:
    """No element, no handler and no address of script comes from it, and a reader sees what it is."""
    path, shown = PAGES[page]
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.mimetype == "text/html", answer.text
    tree = html.fromstring(answer.text)
    data = tree.xpath("//script[@type='application/ld+json']/text()")
    beside = tree.xpath("//script[@type='application/json']/text()")
    ours = tree.xpath("//script[starts-with(@src, '/static/') or starts-with(@src, '/assets/')][not(text())]")
    # What is data is read and never run, and what runs is a file of ours.
    assert len(tree.xpath("//script")) == len(data) + len(beside) + len(ours)
    assert all(json.loads(told) for told in beside)
    assert not tree.xpath("//img[@src='x'] | //@onerror")
    for told in data:
        assert HARM in json.loads(told).get("rdfs:label", {}).get("@value", HARM)
    assert not [link for link in tree.xpath("//@href | //@src | //@action") if not _harmless(link)]
    seen = tree.text_content() + "".join(tree.xpath("//input/@value"))
    assert ("alert" in seen or "<b>x" in seen) or not shown
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def _harmless(link: str) -> bool:
    return not link.strip().lower().startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize("path", [asked(f"SELECT (<{ODD}> AS ?x) {{}}"), "/page/state/x"])
def test_any_host_can_be_shown(client: FlaskClient, path: str) -> None:
    """A page links to what IRIs allow, also where Python cannot take the name of the host."""
    tree = html.fromstring(client.get(path, headers={"Accept": "text/html"}).text)
    assert ODD in tree.xpath("//main//a/@href")


@pytest.mark.parametrize(
    "slug", ["a", "a b", "(kind)", "%2F?#[]", "Ünï-ℓ", "!$&'()*+,:;=@", "{x}|^`\\", TURNED]
)
@pytest.mark.parametrize("root", ["", "/below"])
def test_addresses_of_things_are_those_of_their_routes(client: FlaskClient, slug: str, root: str) -> None:
    """What fills the path of a route is written as the router writes it, below a prefix too."""
    environ = {"SCRIPT_NAME": root}
    with client.application.test_request_context("/", environ_overrides=environ):
        for kind in ("state", "(slug)"):
            assert urls.entity(kind, slug) == url_for("entities.thing", kind=kind, slug=slug)
            assert urls.page(kind, slug, 2) == url_for("entities.page", kind=kind, slug=slug, part=2)
        assert urls.picture("map", "csv") == url_for("pictures.picture", name="map", extension="csv")
        assert urls.vocabulary() == url_for("vocabulary.terms")
        assert urls.vocabulary().startswith(f"{root}/")
