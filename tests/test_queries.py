"""The shipped queries: well-formed, told apart by their headers, and found to find what they ask for."""

from pathlib import Path

import pytest
from expected_answers import rows_of
from pyoxigraph import RdfFormat, Store

import queries

QUESTIONS = {f"CQ{number:02}" for number in range(1, 31)}
BEYOND = {"denials", "events-in-several-outlets", "stances-on-one-proposition", "terms-never-used"}
MADE_UP = Path(__file__).parent / "cases" / "queries.ttl"


@pytest.fixture(scope="module")
def made_up() -> Store:
    """Invented talks between invented states, as two outlets report them."""
    store = Store()
    store.load(path=str(MADE_UP), format=RdfFormat.TURTLE)
    return store


def test_every_competency_question_has_one_query() -> None:
    """Thirty questions, thirty queries, one each; the others are such as only several sources can answer."""
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


def test_only_the_first_words_of_each_source_are_shown(made_up: Store) -> None:
    """A refusal that several passages of one source tell is one row, with the passage that comes first."""
    rows = rows_of(made_up, queries.load()["refused-rounds"].text)
    assert [(row["text"], row["start"], row["source"]) for row in rows] == [
        ("first words", "0", "article/one")
    ]


def test_a_parameter_takes_another_value(made_up: Store) -> None:
    """The statements of another speaker come out when the query is bound to that name."""
    query = queries.load()["statements-by-speaker"]
    assert [parameter.name for parameter in query.parameters] == ["name"]
    assert {row["speaker"] for row in rows_of(made_up, query.bind(name="Rema Doll"))} == {"person/rema-doll"}


def test_a_value_cannot_break_out_of_its_literal(made_up: Store) -> None:
    """Quotation marks and backslashes in a value stay part of the value."""
    text = queries.load()["statements-by-speaker"].bind(name='x" } ?a ?b ?c . { "\\')
    assert rows_of(made_up, text) == []


def test_an_unknown_parameter_is_refused() -> None:
    """The message names the parameters that the query has."""
    with pytest.raises(ValueError, match="no parameter colour: its parameters are name"):
        queries.load()["statements-by-speaker"].bind(colour="red")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "0 summaries"),
        ("#+ summary: a\n#+ author: b\n", "line 2: not a header line"),
        ("#+ summary: a\n#+ param: x The x.\nSELECT * {}", "parameter x needs a description and a default"),
    ],
)
def test_a_wrong_header_is_refused(text: str, message: str) -> None:
    """A header that the loader does not understand is an error that says where."""
    with pytest.raises(ValueError, match=message):
        queries.parse("wrong", text)
