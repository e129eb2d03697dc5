"""The ontology as it is served: pages about terms, and RDF at every address."""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Built
from flask.testing import FlaskClient
from rdflib import OWL, RDF, SH, Graph, URIRef
from server_graph import CASES, put

import ontology
import queries
from kg.closure import infer
from kg.formats import RDF_FORMATS
from kg.store import DataFolder
from kg.triples import to_lines
from kg.vocab import CAMEO, CONTEXT, DEFAULT_BASE, MODE, NS, PAX, PLOVER, PREFIXES, REL, VAL
from server.app import create_app
from server.engine.local import StoreEngine
from server.reference.layout import drawings
from server.reference.modelled import modelled
from server.reference.picture import pictures
from server.reference.terms import modules

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ITSELF = "https://w3id.org/parley/ns"
DOCUMENTS = {"/ns": ontology.load, "/shapes": ontology.shapes, "/ns/alignments": ontology.alignments}
NONE = "none in the graph that is served here, and none is modelled"
LARGEST_PAGE = 300_000  # bytes


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the small graph."""
    folder = DataFolder(Path(tmp_path_factory.mktemp("data")))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, str]:
    """Every page about the ontology, by its address."""
    addresses = [
        "/ns",
        "/ns/0.1.0",
        "/ns/alignments",
        "/shapes",
        *(f"/ns/module/{m.name}" for m in modules()),
    ]
    return {address: _page(client, address) for address in addresses}


def _page(client: FlaskClient, address: str) -> str:
    answer = client.get(address, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    assert len(answer.data) < LARGEST_PAGE
    return " ".join(answer.text.split())


class _Reader(HTMLParser):
    """The ids of a page, the addresses that its links lead to, and those that a browser fetches by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids, self.links, self.fetched = list[str](), set[str](), set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.ids += [told["id"]] if "id" in told else []
        if tag == "a":
            self.links.add(told["href"])
        elif "src" in told or (tag == "link" and told.get("rel") not in ("alternate", "canonical")):
            self.fetched.add(told.get("src") or told["href"])


def test_every_term_has_its_place_on_the_first_page(pages: dict[str, str]) -> None:
    """The IRI of a term, looked up on the web, leads to the term: its last part is an anchor of /ns."""
    ids = set(_Reader(pages["/ns"]).ids)
    terms = {str(s) for s in ontology.load().subjects() if str(s).startswith(str(NS))}
    assert {iri.removeprefix(str(NS)) for iri in terms} <= ids
    lists = {REL: "relation", VAL: "value", PLOVER: "plover", PAX: "pax"}
    lists |= {CAMEO: "cameo", MODE: "plover-mode", CONTEXT: "plover-context"}
    for namespace, prefix in lists.items():
        found = {str(s) for s in ontology.load().subjects(RDF.type) if str(s).startswith(str(namespace))}
        assert {f"{prefix}-" + iri.removeprefix(str(namespace)) for iri in found} <= ids


def test_every_link_within_the_pages_leads_somewhere(client: FlaskClient, pages: dict[str, str]) -> None:
    """No link of these pages to this site is dead, anchors included, and no anchor stands twice."""
    readers = {address: _Reader(page) for address, page in pages.items()}
    for reader in readers.values():
        assert len(set(reader.ids)) == len(reader.ids)
        for link in sorted(reader.links):
            address, _, anchor = link.partition("#")
            if address in readers and anchor:
                assert anchor in readers[address].ids, link
            elif not address:
                assert anchor in reader.ids, link
    outside = {link.partition("#")[0] for reader in readers.values() for link in reader.links}
    asked = {f"/queries/{name}" for name in queries.load()}
    for link in sorted(link for link in outside - asked - readers.keys() if link.startswith("/")):
        assert client.get(link, headers=BROWSER).status_code in (200, 303), link


def test_pages_fetch_nothing_from_elsewhere(pages: dict[str, str]) -> None:
    """A browser asks nobody else for anything, and needs no script and no inline style."""
    for page in pages.values():
        assert all(re.match(r"/(?!/)", address) for address in _Reader(page).fetched)
        assert "<script" not in page
        assert " style=" not in page


def test_the_first_page_says_what_the_ontology_is(pages: dict[str, str]) -> None:
    """Title, version, prior version, licence, creator, citation, abstract, namespaces, changes and policy."""
    page = pages["/ns"]
    for shown in (
        "<h1>Parley ontology of reported conflict and peace talks</h1>",
        "News mixes what happened",
        '<dt>Version IRI</dt><dd><a href="https://w3id.org/parley/ns/0.2.0">',
        '<dt>Prior version</dt><dd><a href="https://w3id.org/parley/ns/0.1.0">',
        "https://creativecommons.org/licenses/by/4.0/",
        "<dt>Creator</dt><dd>The Parley contributors</dd>",
        "version 0.2.0. https://w3id.org/parley/ns/0.2.0",
        "<code>http://www.w3.org/ns/prov#</code>",
        '<h2 id="what-changed">Changes since 0.1.0</h2>',
        "a post may serve a region",
        "no term is removed",
        "not registered yet",
    ):
        assert shown in page, shown


def test_a_term_is_told_of_in_full(pages: dict[str, str]) -> None:
    """An entry has axioms, other terms, properties, rules, alignments, questions and an example."""
    entry = _entry(pages["/ns/module/negotiation"], "StalledFormat")
    assert re.search(r"EquivalentTo</dt> <dd><a [^>]+>NegotiationFormat</a> <span class=\"word\">and", entry)
    assert (
        'and</span> <span class="word">(</span><a href="/ns/module/negotiation#hasRound">hasRound</a>'
        in entry
    )
    assert '<a href="/queries/stalled-formats">stalled-formats</a> (CQ03)' in entry
    entry = _entry(pages["/ns/module/negotiation"], "MediatorRole")
    assert re.search(r'<dt>Has, as what is broader</dt> <dd>.*#roleHeldBy">roleHeldBy</a>', entry)
    assert "exactly 1" in entry
    assert "role is played in one track, round or agreement: give one parley:roleIn.”" in entry
    assert re.search(r'close to</span> <a href="http://semanticweb[^"]+Role">sem:Role</a>', entry)
    entry = _entry(pages["/ns/module/statements"], "hasSpeaker")
    assert re.search(r'<a href="/id/statement/\w+">[^<]+</a> <code>hasSpeaker</code> <a href="/id/', entry)
    assert "none in the graph that is served here" in _entry(pages["/ns/module/actors"], "isoNumeric")


def _entry(page: str, name: str) -> str:
    found = re.search(rf'<section class="entry" aria-labelledby="{name}">.*?</section>', page)
    assert found, name
    return found[0]


def test_questions_stand_at_the_terms_that_they_use(pages: dict[str, str]) -> None:
    """Each competency question is linked from some term."""
    text = " ".join(pages.values())
    for query in queries.load().values():
        assert f'<a href="/queries/{query.name}">' in text, query.name


def test_every_term_has_an_example(built: Built) -> None:
    """Each class and property has an example, from the shipped graph or modelled, but those listed."""
    listed = tomllib.loads((CASES / "without-example.toml").read_text("utf-8"))
    without = {name: reason for reason, names in listed.items() for name in names.split()}
    sections = dict[str, str]()
    with create_app(StoreEngine(built.folder)).test_client() as client:
        for module in modules():
            page = _page(client, f"/ns/module/{module.name}")
            sections |= dict(re.findall(r'<h2 id="(\w+)">(.*?)</section>', page))
    assert sections.keys() == {term.name for module in modules() for term in module.terms}
    told = {
        name: re.findall(r"<dt>Example</dt> <dd>(.*?)</dd>", section) for name, section in sections.items()
    }
    modelled = {name for name, (dd,) in told.items() if "<pre>" in dd}
    assert {name for name, (dd,) in told.items() if NONE in dd} == without.keys()
    assert all(re.search(r"<pre>[^<]*\bparley:" + name + r"\b.*</pre>", told[name][0]) for name in modelled)
    assert all('(<a href="http' in told[name][0] for name in modelled)
    assert (len(modelled), len(without), len(sections)) == (166, 4, 370)


def test_a_modelled_example_parses_and_is_told() -> None:
    """Each is a few lines of Turtle, and no line says more than the examples do with what follows."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    whole = Graph()
    for example in ontology.examples().values():
        whole += example.graph
    whole += infer(whole)
    for term in (term for module in modules() for term in module.terms):
        shown = modelled(term.iri)
        lines = shown.turtle.splitlines() if shown else []
        assert len(lines) <= 6, term.name
        for line in lines:
            (triple,) = Graph().parse(data=f"BASE <{DEFAULT_BASE}id/>\n{prefixes}{line}", format="turtle")
            assert triple in whole, line


@pytest.mark.parametrize("name", [module.name for module in modules()])
def test_a_diagram_shows_its_module(pages: dict[str, str], name: str) -> None:
    """Each class is a box that leads to its entry, each property is written, and words say the same."""
    page = pages[f"/ns/module/{name}"]
    drawn = re.search(r"<svg .*?</svg>", page)
    assert drawn
    module = next(one for one in modules() if one.name == name)
    for term in module.classes:
        assert re.search(f'<a href="/ns/module/{name}#{term.name}"> ?<rect', drawn[0]), term.name
    words = set(re.findall(r"\w+", " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", drawn[0]))))
    told = set(re.findall(r"\w+", " ".join(pictures()[name].sentences())))
    assert {term.name for term in module.properties} <= words & told


def test_boxes_of_a_diagram_do_not_overlap() -> None:
    """No box or label lies on another."""
    for name, drawing in drawings().items():
        for number, one in enumerate(drawing.placed):
            for other in drawing.placed[number + 1 :]:
                apart = (
                    one.x + one.width <= other.x
                    or other.x + other.width <= one.x
                    or one.y + one.height <= other.y
                    or other.y + other.height <= one.y
                )
                assert apart, (name, one.what, other.what)


@pytest.mark.parametrize("address", [*DOCUMENTS, "/ns/0.1.0", "/ns/0.2.0"])
def test_rdf_by_negotiation_and_by_ending(client: FlaskClient, address: str) -> None:
    """Each document comes in six syntaxes, by Accept and by ending, and all parse to its triples."""
    number = address.rpartition("/")[2]
    graph = ontology.versions().get(number) or DOCUMENTS.get(address, ontology.load)()
    for row in RDF_FORMATS:
        asked = client.get(address, headers={"Accept": row.media_type})
        ended = client.get(f"{address}.{row.extension}")
        assert asked.mimetype == ended.mimetype == row.media_type
        assert asked.data == ended.data
        assert len({quad.triple for quad in ox.parse(ended.data, row.writer)}) == len(graph)
    turtle = ox.parse(client.get(f"{address}.ttl").data, ox.RdfFormat.TURTLE)
    read = ox.Dataset(ox.Quad(*quad.triple) for quad in turtle)
    read.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert {f"{quad.triple} ." for quad in read} == set(to_lines(graph))


def test_a_page_names_its_data(client: FlaskClient) -> None:
    """The headers of a page lead to the same in each syntax of RDF."""
    for address in (*DOCUMENTS, "/ns/0.1.0"):
        told = client.get(address, headers=BROWSER).headers["Link"]
        links = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', told)
        assert links == [(f"{address}.{row.extension}", row.media_type) for row in RDF_FORMATS]


def test_what_is_not_there_is_refused(client: FlaskClient) -> None:
    """Unknown versions, modules and endings are not found; a type that nothing has is not acceptable."""
    for address in (
        "/ns/9.9.9",
        "/ns/module/weather",
        "/ns.pdf",
        "/ns/0.1.0.pdf",
        "/ns/shapes",
        "/shapes.exe",
    ):
        assert client.get(address).status_code == 404, address
    answer = client.get("/ns", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text
    assert "text/html" in answer.text


def test_shapes_are_told_in_words(pages: dict[str, str]) -> None:
    """Every shape stands on the page with every message."""
    page = (
        pages["/shapes"].replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    )
    shapes = ontology.shapes()
    ids = set(_Reader(page).ids)
    assert {
        str(s).partition("#")[2] for s in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)
    } <= ids
    for message in shapes.objects(None, SH.message):
        assert f"“{message}”" in page, message


def test_versions_name_each_other(client: FlaskClient) -> None:
    """What each version IRI leads to calls itself by that IRI."""
    for number in ("0.1.0", "0.2.0"):
        graph = Graph().parse(data=client.get(f"/ns/{number}.ttl").text, format="turtle")
        assert (URIRef(ITSELF), OWL.versionIRI, URIRef(f"{ITSELF}/{number}")) in graph
