"""The graph of the shipped reports answers as a person does who has read them side by side.

Whoever wrote the answers has not read the reports that are kept aside, so their rows are left out.
"""

from pathlib import Path

import pytest
from conftest import Built
from expected_answers import Cells, complaints, expected, folded, known_misses, read_table, rows_of

import queries
from kg.sources import load, shipped_reports
from server.pictures.shown import PICTURES

CASES = Path(__file__).parent / "cases" / "several-sources"
ASIDE = Path(__file__).parent.parent / "bench" / "extraction" / "kept-aside"
# What competency.tsv asks of several articles, what only several sources can answer, what no class can. What
# pictures are drawn from has tests of its own.
_DRAWN = {picture.query for picture in PICTURES.values()}
ASKED = sorted(
    name
    for name, query in queries.load().items()
    if query.question in {"CQ28", "CQ29", "CQ30", None} and name not in _DRAWN
)

each_query = pytest.mark.parametrize("name", ASKED)


@pytest.fixture(scope="module")
def aside() -> set[str]:
    """The keys of the reports that are kept aside."""
    return kept_aside()


def kept_aside() -> set[str]:
    """The same outside of a test."""
    names = {path.name.removesuffix(".gold.json") for path in ASIDE.glob("*.gold.json")}
    assert len(names) == 5
    return {load(path).source.key for path in shipped_reports() if path.stem in names}


def test_answers_are_written_for_every_question_of_several_sources() -> None:
    """Eight queries have answers, and each row of the known misses gives its reason."""
    assert sorted(path.stem for path in CASES.glob("*.tsv") if path.stem != "known-misses") == ASKED
    assert len(ASKED) == 8
    assert all(row["reason"] for row in read_table(CASES / "known-misses.tsv"))


@each_query
def test_answers_name_columns_that_the_query_has(name: str) -> None:
    """A column that the query does not select would be compared with nothing."""
    select = queries.load()[name].text.partition("SELECT")[2].partition("WHERE")[0].split()
    assert {f"?{column}" for answer in expected(name, "reports", CASES) for column in answer.cells} <= set(
        select
    )


@each_query
def test_expected_words_stand_in_a_report(name: str) -> None:
    """The words by which an answer is known are in one of the reports."""
    texts = [folded(load(path).source.text) for path in shipped_reports()]
    for answer in expected(name, "reports", CASES):
        choices = [folded(choice).strip("…") for choice in answer.cells.get("text", "*").split(" | ")]
        assert choices == ["*"] or any(choice in text for choice in choices for text in texts), str(answer)


@each_query
def test_the_graph_answers_as_a_reader_of_the_reports_does(name: str, built: Built, aside: set[str]) -> None:
    """What the query finds is what a person found; what is known to differ is listed with its reason."""
    rows = [row for row in rows_of(built.store, queries.load()[name].text) if not _from(row, aside)]
    found = complaints(expected(name, "reports", CASES), rows)
    assert found == known_misses(name, "reports", CASES), "\n".join(found)


def _from(row: Cells, sources: set[str]) -> bool:
    return not sources.isdisjoint(row.values())
