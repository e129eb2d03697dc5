"""Tests of what the server tells from the tokens of a query."""

import time
import tomllib

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from server_graph import CASES

from server.engine.contract import EVERYTHING, QuerySyntaxError, ServiceRefused
from server.engine.evaluate import evaluate
from server.query_text import read, volatile
from server.query_tokens import position

CALLS = tomllib.loads((CASES / "service-calls.toml").read_text("utf-8"))
FORMS = {
    "SELECT * {}": "select",
    "select*{}": "select",
    "ASK{}": "ask",
    "PREFIX select: <http://e/> ASK { select:a ?p ?o }": "ask",
    "# SELECT\nCONSTRUCT WHERE { ?s ?p ?o }": "construct",
    "BASE <http://e/ask> DESCRIBE <a>": "describe",
    "INSERT DATA { <http://e/a> <http://e/b> 1 }": "update",
    "PREFIX e: <http://e/> DELETE WHERE { e:a ?p ?o }": "update",
    "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }": "update",
    "LOAD <http://e/g>": "update",
    "": "",
    "hello": "",
}


def test_case_counts() -> None:
    """No case was lost."""
    assert (len(CALLS["refused"]), len(CALLS["allowed"]), len(FORMS)) == (18, 11, 12)


@pytest.mark.parametrize("text", CALLS["refused"])
def test_service_is_found(text: str) -> None:
    """Every spelling of a call to another endpoint that the engine would follow is found."""
    assert read(text).service_at is not None


@pytest.mark.parametrize("text", CALLS["allowed"])
def test_the_word_service_is_no_call(text: str) -> None:
    """The word in strings, comments, IRIs, names and variables is none; the engine runs all these queries."""
    assert read(text).service_at is None
    ox.Store().query(text)


@pytest.mark.parametrize(("text", "form"), FORMS.items())
def test_form(text: str, form: str) -> None:
    """The form of a query is told before it runs, whatever its prologue and comments say."""
    assert read(text).form == form


def test_iris_are_cut_as_the_engine_cuts_them() -> None:
    """A character that the engine takes in an IRI never ends one here, which could hide what follows."""
    for code in (*range(1, 0x250), 0x2028, 0xE000, 0xFFFD, 0x1F600):
        text = f"SELECT (<http://e/{chr(code)}#> AS ?x) {{ SERVICE <http://h/> {{}} }}"
        harmless = text.replace("SERVICE <http://h/>", "")
        assert read(text).service_at is not None or not _parses(harmless), hex(code)


def _parses(text: str) -> bool:
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    return True


def test_graphs_named_by_the_query() -> None:
    """FROM and FROM NAMED are seen as keywords only, however close they stand; names stay as written."""
    for text, default, named in (
        ("SELECT * FROM <http://e/g> FROM e:h {}", ("<http://e/g>", "e:h"), ()),
        ("SELECT * FROM NAMED <http://e/g> from named e:h {}", (), ("<http://e/g>", "e:h")),
        ("ASKFROM<http://e/g>FROMNAMED<http://e/h>{}", ("<http://e/g>",), ("<http://e/h>",)),
        ("SELECT ?from { ?from <http://e/from> 'FROM' } # FROM <http://e/g>", (), ()),
    ):
        assert (read(text).default, read(text).named) == (default, named)


def test_prologue() -> None:
    """What stands before the form of a query has its prefixes and its base."""
    assert read("PREFIX select: <http://e/> # ask\nASK {}").prologue == "PREFIX select: <http://e/> # ask\n"
    assert read("hello").prologue == ""


def test_undeclared_prefixes() -> None:
    """Prefixes that are used and not declared are named."""
    found = read("PREFIX a: <http://e/> SELECT * { a:b c:d _:e . a:b a ?x }").undeclared
    assert [(token.text, token.start) for token in found] == [("c:d", 37)]


def test_position() -> None:
    """Lines and columns count from 1."""
    assert (position("ab\ncd", 0), position("ab\ncd", 4)) == ((1, 1), (2, 2))


CHANGING = ("NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "BNODE('a')")
BEFORE = ("", " ", "1+", "1+-", "!", "true&&", "'a',", "?x<", "?x<'>'||", "<http://e/>(", "# (\n", "''=")
GAPS = ("", " ", "\t\r\n", "#\n", "# NOW (\r", "#c\n #(\n", "\f", "\u00a0", "\u2028", "\ufeff")


@st.composite
def obfuscated(draw: st.DrawFn) -> str:
    """A call to a function whose value changes, in odd letters, with odd gaps, at odd places."""
    name, bracket, arguments = draw(st.sampled_from(CHANGING)).partition("(")
    letters = "".join(
        draw(st.sampled_from((c, c.lower(), f"\\u{ord(c):04x}", f"\\U{ord(c):08X}"))) for c in name
    )
    spelled = draw(st.sampled_from((name, name.title(), letters)))
    call = f"{spelled}{draw(st.sampled_from(GAPS))}{bracket}{draw(st.sampled_from(GAPS))}{arguments}"
    before = draw(st.sampled_from(BEFORE))
    return f"{before}{call})" if before.endswith(">(") else f"{before}{call}"


@settings(max_examples=400)
@given(obfuscated(), st.sampled_from(("SELECT (%s AS ?x) {}", "SELECT*{BIND(%s AS?x)}", "ASK{FILTER(%s)}")))
def test_what_changes_is_known(call: str, frame: str) -> None:
    """No spelling of a changing function that the engine takes passes for one that stays the same."""
    text = frame % call
    assert volatile(text) or not _parses(text)


@pytest.mark.parametrize("call", CHANGING)
def test_plain_calls_change(call: str) -> None:
    """The engine takes the plain calls, so that the property above is about something."""
    assert _parses(f"SELECT ({call} AS ?x) {{}}")
    assert volatile(f"SELECT ({call} AS ?x) {{}}")


@pytest.mark.parametrize("text", CALLS["refused"])
def test_what_another_server_says_may_change(text: str) -> None:
    """A query that calls another endpoint in any reading is never taken for one that stays the same."""
    assert volatile(text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT * { ?x foaf:knows ?now . ?now foaf:brand ?rand }",
        "SELECT ('now' AS ?x) { FILTER(CONTAINS(?uuid, 'Rand')) }",
        "SELECT (COUNT(*) AS ?uuid) { ?s <http://e/now> _:bnode }",
    ],
)
def test_what_stays_is_known(text: str) -> None:
    """Names that only contain those of changing functions keep no answer out of the cache."""
    assert not volatile(text)
    assert _parses(text)


JUNK = (
    "<a#b>",
    "<#>",
    "a1",
    "a.",
    "\\'",
    "\n\\'''(a<",
    "<'>\"a' \\'\\'\"",
    "service<a#> ",
    "@a-",
    "_:a.",
)


@pytest.mark.parametrize("piece", JUNK)
def test_junk_takes_no_longer_than_it_is_long(piece: str) -> None:
    """Four times the text takes about four times the time to judge, and not sixteen times."""
    short, long = (_seconds(piece * (size // len(piece))) for size in (4_000, 16_000))
    assert long < 8 * max(short, 0.02)


def _seconds(text: str) -> float:
    """Of the processor, the better of two: other work on the machine can only add to it."""
    found = []
    for _ in range(2):
        start = time.process_time()
        read.__wrapped__(text)
        found.append(time.process_time() - start)
    return min(found)


def test_escaped_keywords_do_not_parse() -> None:
    """SPARQL 1.1 (19.2) has escapes resolved first; the engine takes them in IRIs and strings alone."""
    for text in (
        r"SELECT * { \u0053ERVICE <http://127.0.0.1:9/> {} }",
        r"SELECT * { SERVICE \u003Chttp://127.0.0.1:9/> {} }",
        r"SELECT * { SERVICE\u0020<http://127.0.0.1:9/> {} }",
        r"SELECT (\u004eOW() AS ?x) {}",
        r"\u0053ELECT * {}",
        r"SELECT ('\u0027 AS ?x) {}",
    ):
        assert not _parses(text)
    assert [row["x"].value for row in ox.Store().query(r"SELECT ('\u0027' AS ?x) {}")] == ["'"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o . SERVICE SILENT <http://h/> { ?s ?p ?o } }",
        "PREFIX : <http://h/> ASK{servicesilent:x{}}",
        "SELECT*{?s ?p true service #c\n<http://h/>{ SERVICE ?x {} }}",
    ],
)
def test_service_is_refused_in_what_parses(text: str) -> None:
    """A call is refused in a query that parses; in a text that does not, the fault in it is what is told."""
    with pytest.raises(ServiceRefused):
        evaluate(ox.Store(), text, EVERYTHING)
    with pytest.raises(QuerySyntaxError):
        evaluate(ox.Store(), text.removesuffix("}"), EVERYTHING)
