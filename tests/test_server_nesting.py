"""Queries that nest or chain without end are refused before the engine, whose stack they would overflow."""

import time
from urllib.parse import urlencode
from urllib.request import urlopen

import httpx
import pytest
from command_line import parley
from conftest import Built
from pyoxigraph import Store

from server.engine.contract import EVERYTHING, QuerySyntaxError
from server.engine.evaluate import evaluate
from server.nesting import DEEPEST, LONGEST, TooNested, refuse_nested

PROBLEM = {"Accept": "application/json"}

# name, before, what repeats, the middle, what closes each, after
DEEP = {
    "groups": ("SELECT * ", "{", "?s ?p ?o", "}", ""),
    "optional": ("SELECT * { ?s ?p ?o ", "OPTIONAL { ", "?s ?p ?o", "}", "}"),
    "minus": ("SELECT * { ?s ?p ?o ", "MINUS { ?s ?p ?o ", "", "}", "}"),
    "exists": ("SELECT * { ?s ?p ?o ", "FILTER EXISTS { ?s ?p ?o ", "", "}", "}"),
    "selects": ("SELECT * ", "{ SELECT * ", "{ ?s ?p ?o }", "}", ""),
    "blank nodes": ("SELECT * { ", "[ ?p ", "1", "]", " ?q ?r }"),
    "lists": ("SELECT * { ", "(", "1", ")", " ?q ?r }"),
    "parentheses": ("SELECT * { FILTER ", "(", "1", ")", " }"),
    "sums": ("SELECT * { FILTER ", "(1+", "1", ")", " }"),
    "functions": ("SELECT * { FILTER ", "STR(", "1", ")", " }"),
    "paths": ("SELECT * { ?s ", "(", "<http://e/p>", ")*", " ?o }"),
    "inverse paths": ("SELECT * { ?s ", "^(", "<http://e/p>", ")", " ?o }"),
    "not": ("SELECT * { FILTER (", "!", "1", "", ") }"),
    "not, in groups": ("SELECT * { FILTER ", "(!!!!!", "1", ")", " }"),
    "not, of functions": ("SELECT * { FILTER (", "!!!!!BOUND(", "?s", ")", ") }"),
    "minus signs": ("SELECT * { FILTER (", "- ", "1", "", ") }"),
    "plus signs": ("SELECT * { FILTER (", "+ ", "1", "", ") }"),
    "carets": ("SELECT * { ?s ", "^", "<http://e/p>", "", " ?o }"),
    "triple terms": ("SELECT * { ", "<<( ?s ?p ", "1", ")>>", " ?q ?r }"),
    "reified triples": ("SELECT * { ", "<< ?s ?p ", "1", ">>", " ?q ?r }"),
    "annotations": ("SELECT * { ?s ?p ?o ", "{| ?p ", "1", "|}", " }"),
    "after what may be an IRI": ("SELECT * { FILTER (?a<'>' && ", "(", "1", ")", "') }"),
    "in what may be an IRI": ("SELECT * { FILTER (?a<", "(", "1", ")", ">?b) }"),
}
CHAINS = {
    "or": ("SELECT * { FILTER (", "?s||", "1) }"),
    "and": ("SELECT * { FILTER (", "?s&&", "1) }"),
    "plus": ("SELECT * { FILTER (", "?s+", "1) }"),
    "union": ("SELECT * { ", "{ ?s ?p ?o } UNION ", "{} }"),
    "filter": ("SELECT * { ?s ?p ?o ", "FILTER(?s) ", "}"),
    "having": ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING ", "(1)", ""),
}
FLAT = {
    "brackets in strings": "SELECT * { ?s ?p '" + "{([!" * DEEPEST + "' }",
    "brackets in comments": "SELECT * { # " + "{([!" * DEEPEST + "\n }",
    "brackets side by side": "SELECT * { " + "{ ?s ?p [] } UNION { FILTER(!(?s)) } " * DEEPEST + " }",
    "rows of values": "SELECT * { VALUES (?s ?p) { " + "(1 2)\n" * 3 * LONGEST + " } }",
    "IRIs with a hash": "SELECT * { " + "<http://e/s#a> <http://e/p> (1) .\n" * LONGEST + " }",
}


def _deep(name: str, times: int) -> str:
    before, opening, middle, closing, after = DEEP[name]
    return before + opening * times + middle + closing * times + after


@pytest.mark.parametrize("name", DEEP)
def test_deep_queries_are_refused(small: httpx.Client, name: str) -> None:
    """Every shape that nests is refused with 400 and its place, however deep, and not when it is shallow."""
    for times in (DEEPEST + 1, 3000, 10_000):
        answer = small.post("/sparql", data={"query": _deep(name, times)}, headers=PROBLEM)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert f"nested more than {DEEPEST} deep" in answer.json()["detail"]
        assert answer.json()["line"] == 1
    refuse_nested(_deep(name, 20))


@pytest.mark.parametrize("name", CHAINS)
def test_long_chains_are_refused(small: httpx.Client, name: str) -> None:
    """Every shape that chains is refused with 400 at a length that would overflow the stack."""
    before, link, after = CHAINS[name]
    answer = small.post("/sparql", data={"query": before + link * 3 * LONGEST + after}, headers=PROBLEM)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert f"more than {LONGEST} operators" in answer.json()["detail"]


@pytest.mark.parametrize("name", FLAT)
def test_what_is_long_and_not_deep_is_let_through(name: str) -> None:
    """Brackets in strings and comments, brackets side by side, long lists of values and of triples."""
    refuse_nested(FLAT[name])


@pytest.mark.parametrize("name", ["groups", "optional", "exists", "functions", "not", "parentheses"])
def test_the_deepest_that_is_let_through_is_safe(server_url: str, name: str) -> None:
    """A running server answers the deepest query of a shape, and goes on."""
    times = next(n for n in range(DEEPEST, 0, -1) if _passes(_deep(name, n)))
    assert times >= DEEPEST - 2
    asked = {"query": _deep(name, times).replace("?s ?p ?o", "?s <http://e/none> ?o")}
    with urlopen(f"{server_url}/sparql", urlencode(asked).encode(), timeout=30) as answer:
        assert answer.status == 200
    with urlopen(f"{server_url}/health", timeout=30) as answer:
        assert answer.status == 200


def _passes(text: str) -> bool:
    try:
        refuse_nested(text)
    except TooNested:
        return False
    return True


def test_command_line(built: Built) -> None:
    """`parley query` says so in one line, with exit code 2."""
    done = parley("query", "-", data=built.folder.path, stdin=_deep("groups", 3000).encode())
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"nested more than {DEEPEST} deep" in done.stderr


def test_a_text_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past so many words, numbers and signs a text is refused; a number is one, however long it is."""
    monkeypatch.setattr("server.nesting.MOST", 5_000)
    refuse_nested("SELECT * { VALUES ?n { " + "1234567 " * 4_900 + "} }")
    with pytest.raises(TooNested, match="more than 5,000 words, numbers and signs"):
        refuse_nested("SELECT * { VALUES ?n { " + "1 " * 5_001 + "} }")


@pytest.mark.parametrize("junk", ["<'", "<'#>"])
def test_long_junk_is_read_once(junk: str) -> None:
    """A text that calls SERVICE and does not parse takes little more than to see how deep it nests."""
    text = "SELECT * { ?s ?p ?o SERVICE <http://e/> { " + junk * (200_000 // len(junk))
    began = time.process_time()
    refuse_nested(text)
    nested = time.process_time() - began
    with pytest.raises(QuerySyntaxError):
        evaluate(Store(), text, EVERYTHING)
    assert time.process_time() - began < 2.8 * nested + 0.3  # seconds
