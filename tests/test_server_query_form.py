"""Tests of the form of a query, told from its beginning."""

import time
from pathlib import Path

import pytest

import queries
from server.protocol.query_form import query_form
from server.query_text import read

SUITE = "w3c/sparql"
FORMS = {
    "SELECT * {}": "select",
    "  # ASK\n\tSelect*{}": "select",
    "ASKFROM<g>{}": "ask",
    "BASE<http://e/#a>ASK{}": "ask",
    "PREFIX : <http://e/> PREFIX a.b: <http://e/>CONSTRUCT WHERE {}": "construct",
    "prefix:<http://e/>describe:x": "describe",
    "PREFIX #c\n a: #d\n <http://e/> #e\n SELECT * {}": "select",
    'VERSION "1.2" ASK {}': "ask",
    "VERSION'1.2'PREFIX select:<http://e/>ASK {}": "ask",
    "BASE <x> INSERT DATA {}": "update",
    "LOAD <x>": "update",
    "WITH <g> DELETE {} WHERE {}": "update",
    "": "",
    "SELEC * {}": "",
    "{ SELECT * {} }": "",
    "PREFIX a <x> SELECT * {}": "select",  # no query, which the engine says better
    "PREFIX a: ASK {}": "",
    "BASE ASK {}": "",
}


@pytest.mark.parametrize("text", FORMS)
def test_form(text: str) -> None:
    """The form is that of the first word past the declarations."""
    assert query_form(text) == FORMS[text]


def test_forms_of_shipped_queries() -> None:
    """Every shipped query has the form that its tokens tell."""
    texts = [query.text for query in queries.load().values()]
    assert len(texts) > 10
    assert [query_form(text) for text in texts] == [read(text).form for text in texts]


def test_forms_of_the_suite(shared: Path) -> None:
    """Every text of the W3C's suites that may parse has the form that its tokens tell."""
    files = [path for ending in ("rq", "ru") for path in (shared / SUITE).rglob(f"*.{ending}")]
    sound = [path for path in files if "bad" not in path.name]
    assert len(sound) > 1000
    texts = [(str(path), path.read_bytes().decode("utf-8", "replace")) for path in sound]
    told = {name: (query_form(text), read(text).form) for name, text in texts}
    assert {name: forms for name, forms in told.items() if forms[0] != forms[1]} == {}


@pytest.mark.parametrize(
    "junk",
    ["( ", "<", "'", "a.", "a:..", "# \n", "PREFIX a: ", "PREFIX a:<b>", "BASE<", "BASE<a> ", 'VERSION "'],
)
def test_no_text_takes_long(junk: str) -> None:
    """A megabyte of anything is judged at once."""
    start = time.perf_counter()
    query_form(junk * (1_000_000 // len(junk)) + ":")
    assert time.perf_counter() - start < 1  # seconds
