"""Things that reviewers merged, renamed or removed keep an address that says what became of them."""

import tomllib
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from rdflib import DC, DCTERMS, OWL, SKOS, XSD, Literal
from server_graph import CASES, put

from kg import retired
from kg.errors import AuthorityError
from kg.formats import RDF_FORMATS
from kg.store import DataFolder
from kg.vocab import Base
from server.app import create_app
from server.engine.local import StoreEngine

HEAD = "thing\tend\tsuccessor\tdate\treason\twho"
BROKEN = tomllib.loads((CASES / "dereferencing" / "tables.toml").read_text("utf-8"))["broken"]
ENDED = {"/id/person/nobody": 410, "/page/person/nobody": 410, "/page/state/old": 200}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph in which three things have ended."""
    folder = DataFolder(tmp_path_factory.mktemp("retired"))
    put(folder, "one", (CASES / "dereferencing" / "retired.trig").read_text("utf-8"))
    with create_app(StoreEngine(folder)).test_client() as client:
        yield client


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["says"])
def test_a_broken_table_says_where(case: dict[str, str]) -> None:
    """A row that breaks a rule ends in one line that names the file, the line and how to mend it."""
    with pytest.raises(AuthorityError) as found:
        retired.parse("\n".join([HEAD, *case["rows"]]))
    assert str(found.value).startswith("kg/retired.tsv, ")
    assert case["says"] in str(found.value)
    assert len(BROKEN) == 10


def test_the_table_as_triples() -> None:
    """A row says that the IRI is deprecated, what replaces it, when, why and who decided."""
    rows = retired.parse(f"{HEAD}\nstate/old\tmerged\tstate/new\t2026-11-20\tthe same state\tA. Reviewer\n")
    old = Base().id("state/old")
    assert set(retired.graph(rows, Base())) == {
        (old, OWL.deprecated, Literal(True)),
        (old, DCTERMS.isReplacedBy, Base().id("state/new")),
        (old, DCTERMS.modified, Literal("2026-11-20", datatype=XSD.date)),
        (old, SKOS.changeNote, Literal("merged: the same state", lang="en")),
        (old, DC.contributor, Literal("A. Reviewer")),
    }


def test_the_shipped_table_is_sound() -> None:
    """The table that ships keeps its rules, and another head does not."""
    assert retired.graph(retired.shipped(), Base()) is not None
    with pytest.raises(AuthorityError, match="line 1: the columns are"):
        retired.parse("iri\twhy\n")


def test_a_merged_thing_leads_to_its_successor(client: FlaskClient) -> None:
    """The address of a merged thing moves for good, one step at a time, whatever form is asked for."""
    for accept in ("text/html", "text/turtle", "*/*"):
        for old, new in (("/id/state/old", "/id/state/new"), ("/id/state/older", "/id/state/old")):
            answer = client.get(old, headers={"Accept": accept})
            assert (answer.status_code, answer.headers["Location"]) == (301, new)
    last = client.get("/id/state/older", headers={"Accept": "text/html"}, follow_redirects=True)
    assert (last.status_code, last.request.path) == (200, "/page/state/new")


@pytest.mark.parametrize("path", ENDED)
def test_a_page_says_what_became_of_a_thing(client: FlaskClient, path: str) -> None:
    """The page has the reason, the day and who decided; it is 410 where nothing takes the place."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (ENDED[path], "text/html")
    told = ("no such person &lt;b&gt;", "2026-11-21", "B. Reviewer")
    for text in (
        told if "nobody" in path else ("the same state", "2026-11-20", 'href="/id/state/new">New</a>')
    ):
        assert text in answer.text


@pytest.mark.parametrize("row", RDF_FORMATS, ids=lambda row: row.name)
def test_data_say_what_became_of_a_thing(client: FlaskClient, row: object) -> None:
    """In every syntax: 410 with the triples for what was removed, 200 for what was merged."""
    assert isinstance(row, type(RDF_FORMATS[0]))
    gone = client.get("/id/person/nobody", headers={"Accept": row.media_type})
    merged = client.get(f"/data/state/old.{row.extension}")
    assert [(one.status_code, one.content_type) for one in (gone, merged)] == [
        (410, row.content_type),
        (200, row.content_type),
    ]
    for answer, wanted in ((gone, OWL.deprecated), (merged, DCTERMS.isReplacedBy)):
        assert isinstance(row.writer, RdfFormat)
        assert str(wanted) in {quad.predicate.value for quad in parse(answer.data, row.writer)}
