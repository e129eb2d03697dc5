"""/search and /suggest: what they find, in which forms, and what they refuse."""

import csv
import io
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Əliyev", "person/ilham-aliyev"),
        ("azerbai", "state/azerbaijan"),
        ("looks forward to", "statement/quiet"),
    ],
)
def test_things_are_found_by_names_and_by_what_was_said(small: httpx.Client, text: str, first: str) -> None:
    """Letters with marks fold, a word may be begun only, and the words of a statement lead to it."""
    found = small.get("/search", params={"q": text, "format": "json"}).json()
    assert found["results"][0]["id"] == first
    assert found["total"] == sum(found["kinds"].values()) >= 1


@pytest.mark.parametrize("text", ["Алиев", "Aliev", "Əliyev", "Aliev Ilham", "ilham al"])
def test_a_name_is_found_in_other_spellings(small: httpx.Client, text: str) -> None:
    """Words that sound the same are found, in whichever letters, by both search and suggestions."""
    found = small.get("/search", params={"q": text, "format": "json"}).json()
    suggested = small.get("/suggest", params={"q": text}).json()
    assert found["results"][0]["id"] == "person/ilham-aliyev"
    assert suggested[1][0] == "Ilham Aliyev"


def test_a_search_is_paged_and_counted(small: httpx.Client) -> None:
    """Pages are disjoint, what is counted is what comes, and beyond the end there is nothing."""
    whole = small.get("/search?q=a&limit=100&format=json").json()
    pages = [small.get(f"/search?q=a&limit=3&page={page}&format=json").json() for page in (1, 2)]
    listed = [one["id"] for page in pages for one in page["results"]]
    assert listed == [one["id"] for one in whole["results"]][:6]
    assert pages[0]["total"] == whole["total"] == len(whole["results"])
    assert small.get(f"/search?q=a&limit=3&page={pages[0]['pages'] + 1}").status_code == 404
    of_kind = small.get("/search?q=a&kind=state&format=json").json()
    assert {one["kind"] for one in of_kind["results"]} == {"state"}
    assert of_kind["total"] == whole["kinds"]["state"]


def test_a_search_comes_as_page_table_and_data(small: httpx.Client) -> None:
    """The same rows in each form; the page has a link to the next ones and to the other forms."""
    page = small.get("/search?q=france", headers={"Accept": "text/html"})
    table = [*csv.DictReader(io.StringIO(small.get("/search?q=france", headers={"Accept": "text/csv"}).text))]
    data = small.get("/search?q=france", headers={"Accept": "application/json"}).json()
    assert [row["id"] for row in table] == [row["id"] for row in data["results"]]
    assert all(f'href="/id/{row["id"]}"' in page.text for row in table)
    assert "format=csv" in page.text


@pytest.mark.parametrize("address", ["/search?q=", "/suggest?q=", "/reconcile/suggest/entity?prefix="])
def test_hostile_words_are_words(small: httpx.Client, address: str) -> None:
    """Operators, wildcards, markup and long texts are looked for as they stand, soon, and shown escaped."""
    for text in (
        SCRIPT,
        '" OR names:*',
        "* " * 400,
        "a* " * 300,
        "NEAR(",
        "\0",
        "'; DROP TABLE name; --",
    ):
        given = small.get(address + quote(text), headers={"Accept": "text/html"})
        assert given.status_code == 200, text
        assert SCRIPT not in given.text or given.headers["Content-Type"] == "application/x-suggestions+json"
        assert given.elapsed.total_seconds() < 20


@pytest.mark.parametrize("address", ["/search?q=", "/suggest?q=", "/reconcile?queries="])
def test_a_megabyte_in_the_address_ends_soon(small: httpx.Client, address: str) -> None:
    """It is answered, or refused as too long or as what is no JSON; nobody waits for it."""
    server = small.base_url
    connection = HTTPConnection(server.host, server.port, timeout=20)
    with closing(connection):
        connection.request("GET", address + "a*%20" * 200_000, headers={"Accept": "application/json"})
        assert connection.getresponse().status in (200, 400, 414, 431)


@pytest.mark.parametrize(
    "wrong",
    ["page=0", "page=x", "page=99999999999", "limit=0", "limit=1001", "format=song", "knd=state", "kind=%FF"],
)
def test_what_no_page_has_is_refused(small: httpx.Client, wrong: str) -> None:
    """A number that is none, or too large, is 400."""
    assert small.get(f"/search?q=a&{wrong}").status_code == 400


def test_a_browser_can_add_the_search(small: httpx.Client) -> None:
    """Each page names a description, whose addresses find and suggest."""
    assert 'rel="search" href="/opensearch.xml"' in small.get("/queries/").text
    described = ElementTree.fromstring(small.get("/opensearch.xml").text)
    templates = [
        url.attrib["template"] for url in described.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    ]
    found, suggested = (
        small.get(one.replace("{searchTerms}", "Fran"), headers={"Accept": "*/*"}) for one in templates
    )
    assert "France" in found.text
    assert suggested.json()[0] == "Fran"
    assert suggested.json()[1][0] == "France"
    assert suggested.json()[3][0].endswith("/id/state/france")
