"""The shipped report restates the seed article in other words; the list of facts points into the article."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from expected_answers import read_table

from kg.sources import Loaded, load, shipped_reports
from ontology import load as load_ontology

FACTS = Path(__file__).parent / "cases" / "seed-facts.tsv"
SEED = "articles/dailysabah-2023-12-06.txt"
ABOUT = {
    *("entity", "post", "statement", "event", "format", "round", "refusal", "mediation"),
    *("status", "corridor", "label", "agreement", "date", "relay"),
}
PARAGRAPH = re.compile(r"\S[^\n]*")
QUOTED = re.compile(r'"([^"]+)"')


@pytest.fixture(scope="module")
def report() -> Loaded:
    """The report that restates the seed article."""
    (path,) = [path for path in shipped_reports() if path.stem == "daily-sabah-2023-12-06"]
    return load(path)


@pytest.fixture(scope="module")
def article(shared: Path) -> str:
    """The text of the seed article, as the file has it."""
    return load(shared / SEED).source.text


def test_the_report_cites_what_it_restates(report: Loaded) -> None:
    """Title, publisher, day and licence are in the header, and nothing that is not known for sure."""
    citation = report.source.citation
    assert (report.source.kind, report.licence) == ("report", "CC-BY-4.0")
    assert (citation.publisher, citation.date) == ("Daily Sabah", date(2023, 12, 6))
    assert citation.title == "Azerbaijan wants US to consider ‘new realities’ in peace talks with Armenia"
    assert (citation.author, citation.url) == (None, None)


def test_the_report_has_the_articles_paragraphs(report: Loaded, article: str) -> None:
    """One paragraph for each of the article, whose first line is the title that the header has."""
    assert len(_paragraphs(report.source.text)) == len(_paragraphs(article)) - 1


def test_names_and_quoted_terms_stand_in_the_same_paragraph_as_in_the_article(
    report: Loaded, article: str
) -> None:
    """A term in quotation marks is exact, shorter than nine words, and in its place."""
    pairs = zip(_paragraphs(report.source.text), _paragraphs(article)[1:], strict=True)
    for ours, theirs in pairs:
        for term in QUOTED.findall(ours):
            assert len(term.split()) < 9
            assert term.rstrip(",.") in theirs


@pytest.mark.parametrize(
    "words",
    [
        "Baku",
        "Washington",
        "on Wednesday",
        "last month",
        "in October",
        "in September",
        "by the end of the year",
    ],
)
def test_the_report_keeps_what_a_reader_has_to_resolve(words: str, report: Loaded, article: str) -> None:
    """Capitals that stand for states and dates that depend on the day of publication are not spelled out."""
    assert words.lower() in report.source.text.lower()
    assert words.lower().removeprefix("on ") in article.lower()


def test_the_report_shares_no_sentence_with_the_article(shared: Path) -> None:
    """Neither the report nor the list of facts has nine words in a row from an article."""
    tool = [sys.executable, str(shared / "tools" / "verbatim"), *map(str, shipped_reports()), str(FACTS)]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_facts_are_numbered_and_use_the_values_of_the_ontology() -> None:
    """160 facts, each about something known, with a modality and, where somebody speaks, a stance."""
    facts = read_table(FACTS)
    values = {str(node).rpartition("/")[2] for node in load_ontology().subjects()}
    assert [fact["id"] for fact in facts] == [f"F{number:03}" for number in range(1, 161)]
    assert {fact["about"] for fact in facts} == ABOUT
    assert all(f"modality-{fact['modality']}" in values for fact in facts)
    assert all(f"stance-{fact['stance']}" in values for fact in facts if fact["stance"])
    assert all(fact["stance"] for fact in facts if fact["about"] == "statement")


def test_facts_point_into_the_paragraph_that_states_them(article: str) -> None:
    """Offsets are code points of the article's file; every paragraph states some fact."""
    bounds = [match.span() for match in PARAGRAPH.finditer(article)]
    facts = read_table(FACTS)
    for fact in facts:
        first, last = bounds[int(fact["paragraph"]) - 1]
        for start, end in (map(int, pair.split("-")) for pair in fact["offsets"].split(";")):
            assert first <= start < end <= last, fact["id"]
    assert {int(fact["paragraph"]) for fact in facts} == set(range(1, len(bounds) + 1))


def _paragraphs(text: str) -> list[str]:
    return PARAGRAPH.findall(text)
