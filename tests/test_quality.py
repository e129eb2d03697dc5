"""/quality is computed: each check finds what it is named after, and of ours only what we know of fails."""

import tomllib
from pathlib import Path
from typing import Any

import httpx
import pytest
from rdflib import Graph, URIRef

import queries
from kg.pitfalls import find

CASES = tomllib.loads((Path(__file__).parent / "cases" / "dataset.toml").read_text("utf-8"))
NAMES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "void": "http://rdfs.org/ns/void#",
}
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMES.items())


def spoiled(take: str = "", add: str = "") -> Graph:
    """The sound description without one property, and with more."""
    graph = Graph().parse(data=PREFIXES + CASES["sound"], format="turtle")
    if take:
        prefix, _, name = take.partition(":")
        assert (None, URIRef(NAMES[prefix] + name), None) in graph
        graph.remove((None, URIRef(NAMES[prefix] + name), None))
    return graph.parse(data=PREFIXES + add, format="turtle")


def test_a_sound_description_passes() -> None:
    """No metric finds fault with a description that has all they ask for."""
    assert find(spoiled(), queries.dataset()) == []


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["metric"])
def test_a_poor_description_is_caught(case: dict[str, Any]) -> None:
    """The metric finds the case that is named after it, and no others but those that the case names."""
    found = find(spoiled(case.get("take", ""), case.get("add", "")), queries.dataset())
    assert {one.check for one in found} == {case["metric"], *case.get("others", ())}


def test_every_metric_has_a_case() -> None:
    """None of the thirteen goes without."""
    assert {case["metric"] for case in CASES["case"]} == set(queries.dataset())
    assert len(queries.dataset()) == 13


def test_what_is_served_fails_only_in_what_we_know(server_url: str) -> None:
    """All checks pass on the shipped graph; what is minor: no DOI, and relations without an inverse."""
    told = httpx.get(f"{server_url}/quality", params={"format": "json"}, timeout=60).json()
    failed = {
        check["name"]: check["minor"]
        for section in told["sections"]
        for check in section["checks"]
        if not check["passed"]
    }
    assert failed == {"OM3": True, "P13": True}
    assert [len(section["checks"]) for section in told["sections"]] == [4, 16, 20, 29]
    seen = {check["name"]: check["seen"] for check in told["sections"][0]["checks"]}
    assert int(seen["dereferencing"].partition(" ")[0]) >= 20


def test_the_page_has_a_row_for_each_check(server_url: str) -> None:
    """People see the same on a page, which a client that has it is not sent again."""
    page = httpx.get(f"{server_url}/quality", headers={"Accept": "text/html"}, timeout=60)
    assert page.text.count('<th scope="row">') == 4 + 16 + 20 + 29
    known = {"Accept": "text/html", "If-None-Match": page.headers["ETag"]}
    assert httpx.get(f"{server_url}/quality", headers=known).status_code == 304
