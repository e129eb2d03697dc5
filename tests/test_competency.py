"""The graph of the seed article answers the questions as a person does who reads the article."""

import hashlib
from pathlib import Path

import pytest
from expected_answers import (
    CASES,
    KNOWN,
    Cells,
    complaints,
    expected,
    folded,
    known_misses,
    read_table,
    rows_of,
)

import queries
from kg.sources import load, shipped_reports

SEVERAL = {"CQ28", "CQ29", "CQ30"}  # asked of several articles: test_several_sources.py
QUESTIONS = sorted({f"CQ{number:02}" for number in range(1, 31)} - SEVERAL)
FIXTURES = {"report": "built", "article": "article_built"}
SEED = "daily-sabah-2023-12-06"
BY_QUESTION = {query.question: query for query in queries.load().values()}

ROW_FOR_ROW = ("CQ01", "CQ02", "CQ03", "CQ04", "CQ05", "CQ06", "CQ13", "CQ14", "CQ15", "CQ16", "CQ23")

each_question = pytest.mark.parametrize("question", QUESTIONS)
each_kind = pytest.mark.parametrize("kind", sorted(FIXTURES))


def test_answers_are_written_for_the_questions_of_one_article() -> None:
    """Twenty-seven questions have answers, and each of them expects something of both kinds of source."""
    assert sorted(path.stem for path in CASES.glob("CQ*.tsv")) == QUESTIONS
    assert all(expected(question, kind) for question in QUESTIONS for kind in FIXTURES)


def test_each_known_miss_has_its_reason() -> None:
    """And each is of a question that is asked."""
    rows = read_table(CASES / KNOWN)
    assert all(row["reason"] for row in rows)
    assert {row["question"] for row in rows} <= set(QUESTIONS)


@each_question
def test_answers_name_columns_that_the_query_has(question: str) -> None:
    """A column that the query does not select would be compared with nothing."""
    select = BY_QUESTION[question].text.partition("SELECT")[2].partition("WHERE")[0]
    columns = {name.strip("()") for name in select.split()}
    assert {f"?{name}" for answer in expected(question, "article") for name in answer.cells} <= columns


@each_kind
@each_question
def test_expected_words_stand_in_the_source(question: str, kind: str, request: pytest.FixtureRequest) -> None:
    """The words by which an answer is known are short, and the source has them."""
    text = folded(_text(kind, request))
    for answer in expected(question, kind):
        choices = [folded(choice).strip("…") for choice in answer.cells.get("text", "*").split(" | ")]
        assert choices == ["*"] or any(choice in text for choice in choices), str(answer)
        assert all(len(choice.split()) < 9 for choice in choices)


@each_kind
@each_question
def test_the_graph_answers_as_a_reader_of_the_article_does(
    question: str, kind: str, request: pytest.FixtureRequest
) -> None:
    """What the query finds is what a person found; what is known to differ is listed with its reason."""
    rows = _rows(BY_QUESTION[question], kind, request)
    found = complaints(expected(question, kind), rows)
    assert found == known_misses(question, kind), "\n".join(found)


@each_kind
@pytest.mark.parametrize("question", ROW_FOR_ROW)
def test_no_answer_comes_twice(question: str, kind: str, request: pytest.FixtureRequest) -> None:
    """Where the rows are facts rather than passages, there are no more rows than facts."""
    assert len(_rows(BY_QUESTION[question], kind, request)) <= len(expected(question, kind))


@each_kind
def test_the_hash_of_a_claim_is_that_of_its_words(kind: str, request: pytest.FixtureRequest) -> None:
    """A reader who holds the words can check that they are the ones meant."""
    rows = _rows(queries.load()["provenance-of-a-claim"], kind, request)
    assert rows
    assert all(row["textHash"] == hashlib.sha256(row["text"].encode()).hexdigest() for row in rows)


def _rows(query: queries.Query, kind: str, request: pytest.FixtureRequest) -> list[Cells]:
    """What the query finds in one source, whatever other sources the graph holds."""
    rows = rows_of(request.getfixturevalue(FIXTURES[kind]).store, query.text)
    return [row for row in rows if row["source"].startswith(f"{kind}/{SEED}")]


def _text(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "report":
        return load(next(p for p in shipped_reports() if p.stem == SEED)).source.text
    shared: Path = request.getfixturevalue("shared")
    return load(shared / "articles" / "dailysabah-2023-12-06.txt").source.text
