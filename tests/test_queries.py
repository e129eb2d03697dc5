"""The shipped queries: well-formed, told apart by their headers, and found to find what they ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from expected_answers import rows_of
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

import queries

QUESTIONS = {f"CQ{number:02}" for number in range(1, 31)}
# Every parameter without a default that has the name of a column: which is narrowed to a value of it.
FREE = [
    (query.name, parameter.name)
    for query in queries.load().values()
    for parameter in query.parameters
    if parameter.default is None and f"?{parameter.name}" in query.text.partition("WHERE")[0].split()
]
# Four that only several sources can answer, one that asks what no class can, and what pictures draw.
BEYOND = {
    *("timeline", "wording", "ties", "places", "voices"),
    *("denials", "events-in-several-outlets", "stances-on-one-proposition", "terms-never-used"),
    "conflict-party-relays",
}
WHERE_GIVEN = """\
#+ summary: What is told.
#+ param: thing iri The thing.
#+ param: day date The day.
SELECT ?s WHERE {
  #| thing: VALUES ?thing { $thing } ?thing ?p ?o .
  #| day: FILTER($day > ?o)
  ?s ?p ?o
}
"""
MADE_UP = Path(__file__).parent / "cases" / "queries.ttl"


@pytest.fixture(scope="module")
def made_up() -> Store:
    """Invented talks between invented states, as two outlets report them."""
    store = Store()
    store.load(path=str(MADE_UP), format=RdfFormat.TURTLE)
    return store


def test_every_competency_question_has_one_query() -> None:
    """Thirty questions, thirty queries, one each; the others go beyond one source or beyond the classes."""
    asked = [query.question for query in queries.load().values() if query.question]
    assert sorted(asked) == sorted(QUESTIONS)
    assert {name for name, query in queries.load().items() if not query.question} == BEYOND


@pytest.mark.parametrize("name", sorted(queries.load()))
def test_a_query_finds_what_it_asks_for_in_made_up_talks(name: str, made_up: Store) -> None:
    """Each query has rows on a graph that holds an instance of what it asks for."""
    assert rows_of(made_up, queries.load()[name].text)


@pytest.mark.parametrize("name", sorted(queries.load()))
def test_the_order_of_rows_is_the_same_each_time(name: str, made_up: Store) -> None:
    """A query orders its rows by something that does not depend on how the store came to be."""
    again = Store()
    for quad in sorted(made_up, key=str, reverse=True):
        again.add(quad)
    text = queries.load()[name].text
    assert "ORDER BY" in text
    assert rows_of(again, text) == rows_of(made_up, text)


@pytest.mark.parametrize("name", sorted(queries.load()))
def test_a_query_gives_the_words_that_say_so(name: str) -> None:
    """Rows that rest on words of a source carry them, their offsets and the source; counts, the source."""
    select = queries.load()[name].text.partition("SELECT")[2].partition("WHERE")[0]
    wanted = ["?source"] if "COUNT(" in select else ["?text", "?start", "?end", "?source"]
    assert all(variable in select.split() for variable in wanted)


def test_a_track_has_its_own_mediators_only(made_up: Store) -> None:
    """A mediator stands beside the track itself or beside one of its rounds, never beside another track."""
    rows = rows_of(made_up, queries.load()["tracks-and-mediators"].text)
    assert {(row["track"], row["setting"], row["mediator"]) for row in rows} == {
        ("format/x", "format/x", "state/usa"),
        ("format/x", "round/x", "person/rema-doll"),
        ("format/y", "format/y", "state/borvia"),
    }


def test_a_side_s_own_words_are_no_relay(made_up: Store) -> None:
    """A mediator's words through a side's office are found; a side's own, joint ones and a stranger's not."""
    rows = rows_of(made_up, queries.load()["conflict-party-relays"].text)
    assert {(row["statement"], row["mediator"], row["side"], row["talks"]) for row in rows} == {
        ("statement/relayed", "person/obrien", "state/ardenia", "format/x")
    }


def test_only_the_first_words_of_each_source_are_shown(made_up: Store) -> None:
    """A refusal that several passages of one source tell is one row, with the passage that comes first."""
    rows = rows_of(made_up, queries.load()["refused-rounds"].text)
    assert [(row["text"], row["start"], row["source"]) for row in rows] == [
        ("first words", "0", "article/one")
    ]


def test_a_parameter_takes_another_value(made_up: Store) -> None:
    """The statements of another speaker come out when the query is bound to that name."""
    query = queries.load()["statements-by-speaker"]
    assert [parameter.name for parameter in query.parameters] == ["name", "stance", "modality"]
    assert {row["speaker"] for row in rows_of(made_up, query.bind(name="Rema Doll"))} == {"person/rema-doll"}


@pytest.mark.parametrize(("name", "parameter"), FREE, ids="-".join)
def test_a_value_for_a_free_variable_keeps_the_rows_that_have_it(
    name: str, parameter: str, made_up: Store
) -> None:
    """With a value of a column, a query gives its rows with that value, in their order, and no others."""
    query = queries.load()[name]
    whole = list(_rows(made_up, query.text))
    value = next(row[parameter] for row in whole if row[parameter])
    assert isinstance(value, NamedNode)
    declared = next(one for one in query.parameters if one.name == parameter)
    given = value.value.removeprefix(declared.space)
    assert [*_rows(made_up, query.bind(**{parameter: given}))] == [
        row for row in whole if row[parameter] == value
    ]


def _rows(store: Store, text: str) -> Iterator[dict[str, object]]:
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name] for name in names}


def test_days_bound_what_is_told(made_up: Store) -> None:
    """Of what has a time those rows stay whose time meets the days that are given."""
    query = queries.load()["imprecise-dates"]
    rows = rows_of(made_up, query.text)
    ((first, last),) = {(row["earliest"], row["latest"]) for row in rows}
    assert first < last
    for days, there in (
        ({"from": last}, True),
        ({"to": first}, True),
        ({"from": first, "to": last}, True),
        ({"from": "2999-01-01"}, False),
        ({"to": "1000-01-01"}, False),
    ):
        assert rows_of(made_up, query.bind(**days)) == (rows if there else []), days


def test_accusations_against_one(made_up: Store) -> None:
    """Only those stay whose accused is the one that is given."""
    query = queries.load()["accusations"]
    accused = {row["accused"] for row in rows_of(made_up, query.text)} - {"-"}
    assert accused
    for one in accused:
        rows = rows_of(made_up, query.bind("https://w3id.org/parley/", against=one))
        assert {row["accused"] for row in rows} == {one}


def test_speakers_with_few_statements_are_left_out(made_up: Store) -> None:
    """The least number of statements that is given bounds the rows."""
    query = queries.load()["statements-per-speaker"]
    counts = sorted(int(row["statements"]) for row in rows_of(made_up, query.text))
    least = counts[-1]
    rows = rows_of(made_up, query.bind(least=str(least)))
    assert len(rows) == counts.count(least) < len(counts)


def test_parts_of_an_answer(made_up: Store) -> None:
    """A limit and an offset give that part of the rows; the count is that of all."""
    for query in queries.load().values():
        rows = rows_of(made_up, query.text)
        assert rows_of(made_up, queries.paged(query.text, 2, 1)) == rows[1:3]
        assert rows_of(made_up, queries.counted(query.text)) == [{"n": str(len(rows))}]


def test_a_value_cannot_break_out_of_its_literal(made_up: Store) -> None:
    """Quotation marks and backslashes in a value stay part of the value."""
    text = queries.load()["statements-by-speaker"].bind(name='x" } ?a ?b ?c . { "\\')
    assert rows_of(made_up, text) == []


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ({}, []),
        ({"thing": "http://e/a"}, ["VALUES ?thing { <http://e/a> } ?thing ?p ?o ."]),
        (
            {"thing": ["http://e/a", "http://e/$day"]},
            ["VALUES ?thing { <http://e/a> <http://e/$day> } ?thing ?p ?o ."],
        ),
        ({"day": "2023-09-19"}, ['FILTER("2023-09-19"^^<http://www.w3.org/2001/XMLSchema#date> > ?o)']),
    ],
)
def test_a_line_counts_once_a_value_is_given(values: dict[str, str | list[str]], pattern: list[str]) -> None:
    """What follows `#| name:` is part of the query, with the value; without one the line is gone."""
    query = queries.parse("two", WHERE_GIVEN)
    inside = query.bind(**values).partition("WHERE {\n")[2].partition("\n}")[0].splitlines()
    assert [line.strip() for line in inside] == [*pattern, "?s ?p ?o"]
    assert list(_rows(Store(), query.text)) == list(_rows(Store(), query.bind(**values))) == []


def test_an_unknown_parameter_is_refused() -> None:
    """The message names the parameters that the query has."""
    with pytest.raises(ValueError, match="no parameter colour: its parameters are name, stance, modality"):
        queries.load()["statements-by-speaker"].bind(colour="red")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "0 summaries"),
        ("#+ summary: a\n#+ author: b\n", "line 2: not a header line"),
        ("#+ summary: a\n#+ param: x The x.\nSELECT * {}", "parameter x needs a kind"),
        ("#+ summary: a\n#+ param: x iri The x.\nSELECT * {}", "parameter x needs a default"),
        ("#+ summary: a\n#+ param: x enumeration X.\nSELECT ?x WHERE {\n}", "'#\\+ choices: x …'"),
        ("#+ summary: a\n#+ example: x y\nSELECT * {}", "no param, for x"),
        ("#+ summary: a\nSELECT * WHERE {\n#| x: ?s ?p $x\n}", "no param, for x"),
    ],
)
def test_a_wrong_header_is_refused(text: str, message: str) -> None:
    """A header that the loader does not understand is an error that says where."""
    with pytest.raises(ValueError, match=message):
        queries.parse("wrong", text)
