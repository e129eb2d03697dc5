"""Tests of content negotiation on the routes that offer a choice."""

import tomllib
from operator import itemgetter
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat
from server_graph import CASES

from kg.formats import RDF_FORMATS, Format
from server.negotiation import choose, weighted

TABLE = tomllib.loads((CASES / "negotiation.toml").read_text("utf-8"))["case"]
SELECT = "/sparql?query=SELECT * { ?s a ?c } LIMIT 1"
CONSTRUCT = "/sparql?query=CONSTRUCT WHERE { ?s a ?c }"
FORMATS = {
    ("SELECT * {}", "json"): "application/sparql-results+json",
    ("SELECT * {}", "xml"): "application/sparql-results+xml",
    ("SELECT * {}", "csv"): "text/csv; charset=utf-8",
    ("ASK {}", "tsv"): "text/tab-separated-values; charset=utf-8",
    ("ASK {}", "text/csv"): "text/csv; charset=utf-8",
    ("SELECT * {}", "html"): "text/html; charset=utf-8",
    ("CONSTRUCT WHERE {?s a ?o}", "turtle"): "text/turtle; charset=utf-8",
    ("CONSTRUCT WHERE {?s a ?o}", "nt"): "application/n-triples",
    ("DESCRIBE <http://e/>", "json-ld"): "application/ld+json",
    ("DESCRIBE <http://e/>", "JSON"): "application/ld+json",
    ("CONSTRUCT WHERE {?s a ?o}", "rdf"): "application/rdf+xml",
    ("CONSTRUCT WHERE {?s a ?o}", "trig"): "application/trig",
    ("CONSTRUCT WHERE {?s a ?o}", "nq"): "application/n-quads",
    ("CONSTRUCT WHERE {?s a ?o}", "csv"): "406",
    ("SELECT * {}", "turtle"): "406",
    ("CONSTRUCT WHERE {?s a ?o}", "n3"): "text/turtle; charset=utf-8",
    ("CONSTRUCT WHERE {?s a ?o}", "rdf+xml"): "application/rdf+xml",
    ("CONSTRUCT WHERE {?s a ?o}", "json-ld"): "application/ld+json",
    ("SELECT * {}", "n3"): "406",
    ("SELECT * {}", "pdf"): "400",
}
_ACCEPTS = st.text('abq=;,/*" .01+\\')  # characters that the grammar of Accept gives a meaning


def test_case_counts() -> None:
    """No case was lost."""
    assert (len(TABLE), len(FORMATS)) == (15, 20)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["says"])
def test_solutions(small: httpx.Client, case: dict[str, Any]) -> None:
    """A SELECT comes in the format that Accept likes best, or 406."""
    answer = small.get(SELECT, headers=_accept(case))
    assert (_kind(answer) if answer.status_code == 200 else str(answer.status_code)) == case["solutions"]
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["says"])
def test_graphs(small: httpx.Client, case: dict[str, Any]) -> None:
    """A CONSTRUCT comes in the format that Accept likes best, or 406."""
    answer = small.get(CONSTRUCT, headers=_accept(case))
    assert (_kind(answer) if answer.status_code == 200 else str(answer.status_code)) == case["thing"]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["says"])
def test_things(small: httpx.Client, case: dict[str, Any]) -> None:
    """The address of a thing leads to the representation that Accept likes best, or 406."""
    answer = small.get("/id/state/france", headers=_accept(case))
    assert answer.status_code == (406 if case["thing"] == "406" else 303)
    assert "Accept" in answer.headers["Vary"]
    if answer.status_code == 303:
        found = small.get(answer.headers["Location"])
        assert (found.status_code, _kind(found)) == (200, case["thing"])


@pytest.mark.parametrize(("query", "name"), FORMATS)
def test_format_field(small: httpx.Client, query: str, name: str) -> None:
    """`format=` wins over Accept; a format for the other kind of answer is 406, an unknown one 400."""
    fields = {"query": query, "format": name}
    answer = small.get("/sparql", params=fields, headers={"Accept": "text/html"})
    assert FORMATS[query, name] in (answer.headers["Content-Type"], str(answer.status_code))


def test_refusal_lists_what_there_is(small: httpx.Client) -> None:
    """406 names every media type on offer, for people and for programs."""
    answer = small.get(SELECT, headers={"Accept": "image/png"})
    assert _kind(answer) == "application/problem+json"
    assert "text/csv" in answer.json()["offers"]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), max_codepoint=255)) | _ACCEPTS)
def test_no_accept_header_is_a_fault_of_the_server(small: httpx.Client, accept: str) -> None:
    """Whatever stands in Accept, an answer or a refusal comes, never 500; and so for a fault's own form."""
    for place in (SELECT, CONSTRUCT, "/id/state/france", "/id/state/nowhere", "/queries/refused-rounds"):
        assert small.get(place, headers=_raw(accept)).status_code < 500


_NAMES = st.sampled_from([name for row in RDF_FORMATS for name in (row.media_type, *row.aliases)])
_RANGES = _NAMES | st.sampled_from(("*/*", "text/*", "application/*", "image/*", "text/html"))
_WEIGHTS = st.sampled_from(("", ";q=0", ";q=0.3", "; Q=0.30", ";q=1.0", ";charset=utf-8;q=0.8"))


@settings(deadline=None)
@given(st.lists(st.tuples(_RANGES, _WEIGHTS).map("".join), min_size=1, max_size=6).map(", ".join))
def test_a_choice_is_legal(header: str) -> None:
    """What is sent is accepted by some range and refused by none that names it; 406 only if all are."""
    found = choose(header, RDF_FORMATS)
    accepted = {row.name for row in RDF_FORMATS if _accepts(header, row)}
    assert found.name in accepted if found else not accepted


def _accepts(header: str, row: Format[RdfFormat]) -> bool:
    """As section 12.5.1 of RFC 9110 has it: the most special range counts, for its type or an alias of it."""
    qualities = dict(sorted(weighted(header), key=itemgetter(1)))
    family = row.media_type.partition("/")[0] + "/*"
    own = next((qualities[name] for name in (row.media_type, family, "*/*") if name in qualities), 0.0)
    return max([own, *(qualities.get(name, 0.0) for name in row.aliases)]) > 0


@pytest.mark.parametrize("accept", [";;;", ";", ",", ";q=1", "/", '"', "text/html;q=", ";;;, text/csv"])
def test_malformed_ranges_are_ignored(small: httpx.Client, accept: str) -> None:
    """A range that breaks the grammar counts for nothing; those beside it still count."""
    assert small.get(SELECT, headers={"Accept": accept}).status_code == (200 if "csv" in accept else 406)


def _raw(accept: str) -> list[tuple[bytes, bytes]]:
    """The header as bytes; blanks at its ends are not part of a value, and clients refuse to send them."""
    return [(b"accept", accept.strip().encode("latin-1"))]


def _kind(answer: httpx.Response) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


def _accept(case: dict[str, Any]) -> dict[str, str]:
    return {"Accept": case["accept"]} if "accept" in case else {}
