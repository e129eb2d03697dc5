"""Tests of counting and cutting rows in serialised answers, against what parses them."""

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.engine import cutting
from server.engine.contract import TooLarge

_SYNTAXES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRICKS = (
    *("}},{", "{}", '},{"x":{', '"', "\\", "\r\n", "\n", "\t", ","),
    *("<result>", "</result>", "]}}", "é", ""),
)
_PRINTED = st.characters(exclude_categories=("C",))  # XML cannot hold control characters
_TEXTS = st.lists(st.one_of(st.sampled_from(_TRICKS), st.text(_PRINTED, max_size=3)), max_size=4).map("".join)
_TERMS = st.one_of(
    st.none(),
    _TEXTS.filter(lambda text: ("\0" not in text and text.isprintable()) or text in _TRICKS).map(ox.Literal),
    st.integers().map(ox.Literal),
    st.just(ox.NamedNode("http://e/,")),
)
_ROWS = st.lists(st.tuples(_TERMS, _TERMS), max_size=8)


def _answer(rows: list[tuple[ox.Literal | ox.NamedNode | None, ...]], name: str) -> bytes:
    cells = ("(" + " ".join("UNDEF" if term is None else str(term) for term in row) + ")" for row in rows)
    found = ox.Store().query(f"SELECT * {{ VALUES (?v1 ?été) {{ {' '.join(cells)} }} }}")
    return found.serialize(format=_SYNTAXES[name]) or b""


def _parsed(content: bytes, name: str) -> list[list[str]]:
    solutions = ox.parse_query_results(content, format=_SYNTAXES[name])
    assert isinstance(solutions, ox.QuerySolutions)
    return [[str(solution[variable]) for variable in solutions.variables] for solution in solutions]


@pytest.mark.parametrize("name", _SYNTAXES)
@given(rows=_ROWS)
def test_rows_are_counted(name: str, rows: list[tuple[ox.Literal | None, ...]]) -> None:
    """Whatever stands in the terms, a row is a row and nothing else is one."""
    content = _answer(rows, name)
    assert cutting.count(name, content) == len(rows)
    for limit in range(len(rows) + 2):
        assert cutting.more_than(limit, name, content) == (len(rows) > limit)


@pytest.mark.parametrize("name", ["json", "xml"])
@given(rows=_ROWS.filter(len), data=st.data())
def test_a_cut_answer_has_the_first_rows(
    name: str, rows: list[tuple[ox.Literal | None, ...]], data: st.DataObject
) -> None:
    """It parses, has as many rows as were wanted, in their order, and says in itself that it is cut."""
    content, kept = _answer(rows, name), data.draw(st.integers(0, len(rows)))
    cut = cutting.cut(name, content, kept, "more than that")
    assert _parsed(cut, name) == _parsed(content, name)[:kept]
    assert b"parley:cut" in cut
    assert b"more than that" in cut
    assert cutting.count(name, cut) == kept


@pytest.mark.parametrize("name", ["json", "xml"])
@given(rows=_ROWS.filter(len), data=st.data())
def test_an_answer_that_breaks_off_is_cut_at_its_last_whole_row(
    name: str, rows: list[tuple[ox.Literal | None, ...]], data: st.DataObject
) -> None:
    """What a full disk or a limit on bytes leaves becomes an answer of whole rows again."""
    content = _answer(rows, name)
    start = content.index(b"bindings" if name == "json" else b"<results>") + 12
    broken = content[: data.draw(st.integers(start, len(content)))]
    cut = cutting.cut(name, broken, None, "more bytes")
    found = _parsed(cut, name)
    assert found == _parsed(content, name)[: len(found)]
    closing = len(b"]}}" if name == "json" else b"</results></sparql>")
    ends = [len(_answer(rows[:number], name)) - closing for number in range(1, len(rows) + 1)]
    whole = sum(end <= len(broken) for end in ends)
    assert whole - 1 <= len(found) <= whole  # the last one is known to be whole by what follows it


def test_json_says_why_in_a_member_of_its_own() -> None:
    """A program finds the reason beside `head` and `results`."""
    rows = [(ox.Literal("a"), None), (ox.Literal("b"), None)]
    told = json.loads(cutting.cut("json", _answer(rows, "json"), 1, "more than 1 rows"))
    assert told["parley:cut"] == "more than 1 rows"
    assert len(told["results"]["bindings"]) == 1


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_tables_have_no_place_to_say_so(name: str) -> None:
    """CSV and TSV hold rows and nothing else, so a part of them would look whole: they are refused."""
    with pytest.raises(TooLarge, match="Ask for JSON or XML"):
        cutting.cut(name, _answer([(ox.Literal("a"), None)], name), 0, "more than 0 rows")


def test_a_term_that_breaks_off_is_no_end_of_a_row() -> None:
    """What looks like the end of a row inside a string that was cut off is still inside that string."""
    content = _answer([(ox.Literal("a"), None), (ox.Literal("}},{"), None)], "json")
    broken = content[: content.rindex(b"}},{") + 4]
    assert _parsed(cutting.cut("json", broken, None, "more bytes"), "json") == [['"a"', "None"]]
