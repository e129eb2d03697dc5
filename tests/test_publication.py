"""FOOPS!'s tests that ask the web, on the ontology as a real server publishes it, whole and broken."""

import re
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from kg.published import TESTS, Fetched, find
from kg.vocab import DEFAULT_BASE

ITSELF = "https://w3id.org/parley/ns"
Fetching = Callable[[str, str], Fetched]


@pytest.fixture(scope="module")
def fetch(small: httpx.Client) -> Fetching:
    """Looks addresses at w3id.org up on the server under test, as they will be once w3id.org knows them."""

    def fetched(address: str, media_type: str) -> Fetched:
        answer = small.get(address.removeprefix(DEFAULT_BASE), headers={"Accept": media_type})
        return Fetched(
            answer.status_code, answer.headers.get("content-type", "").partition(";")[0], answer.content
        )

    return fetched


def test_the_served_ontology_passes(fetch: Fetching) -> None:
    """A real server of Parley passes each of FOOPS!'s tests that ask the web."""
    assert find(ITSELF, fetch) == []


def _gone(answer: Fetched) -> Fetched:
    return replace(answer, status=404)


# How a publication can be broken, with what is asked for where it is, and which tests find that.
BROKEN: dict[str, tuple[str, Callable[[Fetched], Fetched], set[str]]] = {
    "CN1": ("/ns text/html", _gone, {"CN1", "DOC1"}),
    "DOC1": ("/ns text/html", lambda answer: replace(answer, body=b"<p>soon</p>"), {"DOC1"}),
    "RDF1": ("/ns text/turtle", lambda answer: replace(answer, body=answer.body[:-20]), {"RDF1"}),
    "URI1": ("/ns (text/turtle|application/.*)", _gone, {"CN1", "RDF1", "URI1", "VER2"}),
    "URI2": (
        "/ns text/turtle",
        lambda answer: replace(answer, body=answer.body.replace(b"parley/ns>", b"parley/vocabulary>")),
        {"URI2", "VER2"},
    ),
    "VER2": ("/ns/0.1.0 .*", _gone, {"VER2"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_publication_is_caught(name: str, fetch: Fetching) -> None:
    """Each test finds a server that fails in the way that the test is about, and tells which IRI."""
    where, spoil, expected = BROKEN[name]

    def spoiled(address: str, media_type: str) -> Fetched:
        answer = fetch(address, media_type)
        asked = f"/{address.removeprefix(DEFAULT_BASE)} {media_type}"
        return spoil(answer) if re.fullmatch(where, asked) else answer

    found = find(ITSELF, spoiled)
    assert {one.check for one in found} == expected
    assert {one.node for one in found} == {ITSELF}


def test_every_test_of_the_web_is_proven() -> None:
    """No test goes without a broken publication."""
    assert list(BROKEN) == [test.name for test in TESTS]
    assert len(TESTS) == 6
