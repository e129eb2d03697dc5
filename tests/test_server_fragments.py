"""Triple and quad pattern fragments: what they hold, how they lead on, and what is refused."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from server_graph import CASES, put

from kg.formats import RDF_FORMATS
from kg.store import DataFolder
from server.app import create_app
from server.engine.local import StoreEngine

HYDRA = "http://www.w3.org/ns/hydra/core#"
VOID = "http://rdfs.org/ns/void#"
SITE = "http://localhost"
PLACES = ("subject", "predicate", "object", "graph")


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """The small graph."""
    return list(ox.parse((CASES / "server.trig").read_text("utf-8"), ox.RdfFormat.TRIG))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the small graph."""
    folder = DataFolder(Path(tmp_path_factory.mktemp("data")))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


def _written(term: object) -> str:
    """A term in Hydra's explicit representation."""
    if isinstance(term, ox.NamedNode):
        return term.value
    assert isinstance(term, ox.Literal)
    if term.language:
        return f'"{term.value}"@{term.language}'
    plain = term.datatype.value.endswith("#string")
    return f'"{term.value}"' if plain else f'"{term.value}"^^{term.datatype.value}'


def _found(client: FlaskClient, address: str) -> tuple[set[ox.Quad], dict[str, str]]:
    """The matches of a part, and what it says of itself, by the last part of the property."""
    answer = client.get(address, headers={"Accept": "application/trig"})
    assert answer.status_code == 200, answer.text
    page = ox.NamedNode(f"{SITE}{address}")
    told: dict[str, str] = {}
    matches = set[ox.Quad]()
    for quad in ox.parse(answer.data, ox.RdfFormat.TRIG):
        if quad.graph_name != ox.NamedNode(f"{page.value}#metadata"):
            matches.add(quad)
        elif quad.subject == page and quad.predicate.value.startswith((HYDRA, VOID)):
            told[quad.predicate.value.rpartition("#")[2]] = quad.object.value  # type: ignore[union-attr]
    return matches, told


def test_all_parts_hold_all_triples_once(client: FlaskClient, quads: list[ox.Quad]) -> None:
    """Without a pattern the parts lead through every triple, each once, whichever graphs have it."""
    wanted = {quad.triple for quad in quads}
    seen, address = list[ox.Triple](), "/fragments"
    while address:
        matches, told = _found(client, address)
        assert int(told["totalItems"]) == int(told["triples"]) == len(wanted) > 100
        seen += [quad.triple for quad in matches]
        address = told.get("next", "").removeprefix(SITE)
    assert len(seen) == len(wanted)
    assert set(seen) == wanted
    assert told["previous"] == told["first"] == f"{SITE}/fragments?page=1"


@pytest.mark.parametrize("with_graphs", [False, True], ids=["triples", "quads"])
def test_a_pattern_finds_what_matches(client: FlaskClient, quads: list[ox.Quad], with_graphs: bool) -> None:
    """Whichever places a pattern binds, it finds what a plain comparison finds, and says how much that is."""
    places = PLACES if with_graphs else PLACES[:3]
    everything = {(*quad.triple, quad.graph_name)[: len(places)] for quad in quads}
    asked = 0
    for quad in quads[::29]:
        parts = (*quad.triple, quad.graph_name)[: len(places)]
        for bound in product((True, False), repeat=len(places)):
            wanted = {
                other
                for other in everything
                if all(not b or one == own for b, one, own in zip(bound, other, parts, strict=True))
            }
            if len(wanted) > 100:
                continue
            fields = {name: _written(term) for b, name, term in zip(bound, places, parts, strict=True) if b}
            address = f"/fragments{'/quads' if with_graphs else ''}?{urlencode(fields)}"
            matches, told = _found(client, address)
            assert {(*one.triple, one.graph_name)[: len(places)] for one in matches} == wanted, address
            assert int(told["totalItems"]) == len(wanted)
            asked += 1
    assert asked > 25


def test_the_default_graph_of_quads_is_all_together(client: FlaskClient) -> None:
    """What the description names as the default graph stands for the triples of all graphs, each once."""
    address = "/fragments/quads?graph=" + "http%3A%2F%2Flocalhost%2Ffragments%2Fquads%23default-graph"
    matches, told = _found(client, address)
    assert {str(quad.graph_name) for quad in matches} == {"DEFAULT"}
    assert told["totalItems"] == _found(client, "/fragments")[1]["totalItems"]


def test_the_form_leads_to_every_fragment(client: FlaskClient) -> None:
    """The description has the template with the property that each variable stands for, and the data set."""
    for address, variables in (("/fragments", PLACES[:3]), ("/fragments/quads", PLACES)):
        graph = list(
            ox.parse(client.get(address, headers={"Accept": "text/turtle"}).data, ox.RdfFormat.TURTLE)
        )
        values = {
            (quad.predicate.value, quad.object.value) for quad in graph if hasattr(quad.object, "value")
        }
        assert (f"{HYDRA}template", f"{SITE}{address}{{?{','.join(variables)}}}") in values
        assert {value for name, value in values if name == f"{HYDRA}variable"} == set(variables)
        assert len({value for name, value in values if name == f"{HYDRA}property"}) == len(variables)
        described = {
            (quad.subject.value, quad.predicate.value)
            for quad in graph
            if quad.object == ox.NamedNode(SITE + address)
        }
        assert ("https://w3id.org/parley/id/dataset/parley", f"{VOID}subset") in described
        assert any(
            name.endswith("/primaryTopic") and value.endswith("/dataset/parley") for name, value in values
        )
        (dataset,) = {quad.subject for quad in graph if quad.predicate.value == f"{HYDRA}search"}
        assert dataset == ox.NamedNode("https://w3id.org/parley/id/dataset/parley")


def test_a_fragment_comes_in_every_syntax_and_as_a_page(client: FlaskClient) -> None:
    """All syntaxes hold the same triples; a page shows them with a form and the ways on."""
    address = "/fragments?predicate=http%3A%2F%2Fwww.w3.org%2F2000%2F01%2Frdf-schema%23label"
    graphs = []
    for row in RDF_FORMATS:
        answer = client.get(address, headers={"Accept": row.media_type})
        assert answer.mimetype == row.media_type
        graphs.append({quad.triple for quad in ox.parse(answer.data, row.writer)})
    assert all(graph == graphs[0] for graph in graphs)
    page = client.get("/fragments", headers={"Accept": "text/html"}).text
    assert 'rel="next" href="http://localhost/fragments?page=2"' in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/fragments?subject=%22a%22",
        "/fragments?predicate=%22a%22",
        "/fragments?subject=_%3Ab0",
        "/fragments?object=http%3A%2F%2Fe%2Fnobody",
        "/fragments/quads?graph=%22a%22",
    ],
)
def test_what_nothing_matches_is_empty(client: FlaskClient, address: str) -> None:
    """A pattern that nothing can match is a fragment without triples, and no fault."""
    matches, told = _found(client, address)
    assert (matches, told["totalItems"]) == (set(), "0")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/fragments?subject=a%20b", 400),
        ("/fragments?object=%22a", 400),
        ("/fragments?object=%22a%22%40", 400),
        ("/fragments?object=%22a%22%5E%5Ex%20y", 400),
        ("/fragments?graph=http%3A%2F%2Fe%2Fg", 400),
        ("/fragments?page=0", 400),
        ("/fragments?page=x", 400),
        ("/fragments?page=3", 404),
        ("/fragments?subject=http%3A%2F%2Fe%2Fnobody&page=2", 404),
        ("/fragments?format=csv", 406),
        ("/fragments?format=pdf", 400),
    ],
)
def test_what_is_refused(client: FlaskClient, address: str, status: int) -> None:
    """Terms that are none, unknown fields and parts past the end are answered with problem details."""
    answer = client.get(address, headers={"Accept": "application/json" if status != 406 else "image/png"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize(
    "raw", ['object="a"', "object=%zz", "object=[", "object=é", "object=a|b^c", "page=1&object=%"]
)
def test_an_address_that_is_no_iri_does_no_harm(client: FlaskClient, raw: str) -> None:
    """Whatever stands in an address, the answer is one that parses, or says what is wrong."""
    answer = client.get(f"/fragments?{raw}", headers={"Accept": "application/n-quads"})
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or list(ox.parse(answer.data, ox.RdfFormat.N_QUADS))
