"""What the reader finds in the seed article and in its report is what the tables in cases/seed say."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import seed_readings
from seed_coverage import COVERAGE, FACTS, OUTCOMES, outcome, outcomes, places, share
from seed_readings import CASES, Row, read_rows, rows_of
from seed_selectors import Selector

from kg.identifiers import slug
from kg.model import Reading, Span

OUTLET = "Daily Sabah"
# Facts found of each hundred; raise these with the reader.
FLOORS = {"article": 78, "report": 75}
PARAGRAPH = re.compile(r"\S[^\n]*")

each_text = pytest.mark.parametrize("name", sorted(FLOORS))


@pytest.fixture(scope="module")
def facts() -> dict[str, Row]:
    """The facts that a person found in the article, by their ids."""
    return {fact["id"]: fact for fact in read_rows(FACTS)}


@pytest.fixture(scope="module")
def coverage() -> list[Row]:
    """Which of them the readings state."""
    return read_rows(COVERAGE)


@each_text
def test_the_reading_is_the_expected_one(name: str, request: pytest.FixtureRequest) -> None:
    """Every reading, its offsets and its values; `tests/renew_seed.py` writes them again for review."""
    found, expected = rows_of(_reading(name, request)), read_rows(CASES / f"{name}.tsv")
    assert [row for row in found if row not in expected] == []
    assert found == expected


@each_text
def test_facts_are_found_or_missed_as_recorded(
    name: str, coverage: list[Row], request: pytest.FixtureRequest
) -> None:
    """A fact recorded as found is stated at its place with its values; one recorded as missed is nowhere."""
    reading = _reading(name, request)
    now = {row["id"]: outcomes(row, {name: reading})[name] for row in coverage}
    assert now == {row["id"]: row[name] for row in coverage}


@each_text
def test_the_share_of_facts_found_does_not_fall(name: str, coverage: list[Row]) -> None:
    """Of the 160 facts, at least so many of each hundred are read with all their values."""
    percent = share(coverage, name)
    print(f"{name}: {percent:.1f} % of {len(coverage)} facts")
    assert percent >= FLOORS[name]


def test_every_fact_is_accounted_for(facts: dict[str, Row], coverage: list[Row]) -> None:
    """Each fact has one row, in order, and a reason exactly where it is not found in both texts."""
    assert [row["id"] for row in coverage] == list(facts)
    for row in coverage:
        assert {row[name].split()[0] for name in FLOORS} <= OUTCOMES, row["id"]
        assert bool(row["reason"]) == ({row["article"], row["report"]} != {"found"}), row["id"]


def test_selectors_ask_for_what_the_facts_say(facts: dict[str, Row], coverage: list[Row]) -> None:
    """Who says so, with which stance and modality, through whom and when: no selector asks for less."""
    unasked = {row["id"]: [*_unasked(facts[row["id"]], row["selector"])] for row in coverage}
    assert {number: names for number, names in unasked.items() if names} == {}


@each_text
def test_every_condition_of_a_fact_counts(
    name: str, facts: dict[str, Row], coverage: list[Row], request: pytest.FixtureRequest
) -> None:
    """A fact that is found is not found with any other value, nor at a place where its words do not stand."""
    reading = _reading(name, request)
    for row in coverage:
        if row[name] != "found":
            continue
        selector = Selector.parse(row["selector"])
        there = places(facts[row["id"]]["offsets"] if name == "article" else row["report_offsets"])
        beyond = [Span(len(reading.source.text), len(reading.source.text) + 1)]
        assert outcome(selector, [*there, *beyond], reading) != "found", row["id"]
        for condition in selector.conditions:
            other = Selector(selector.kind, {**selector.conditions, condition: frozenset({"another"})})
            assert outcome(other, there, reading) != "found", (row["id"], condition)


def test_report_offsets_point_into_the_paragraph_that_restates_the_fact(
    facts: dict[str, Row], coverage: list[Row]
) -> None:
    """The report has the article's paragraphs without its title; only the title's request is not restated."""
    text = seed_readings.reading_of(seed_readings.report()).source.text
    bounds = [match.span() for match in PARAGRAPH.finditer(text)]
    for row in coverage:
        paragraph = int(facts[row["id"]]["paragraph"])
        for place in places(row["report_offsets"]):
            first, last = bounds[paragraph - 2] if paragraph > 1 else (0, len(text))
            assert first <= place.start < place.end <= last, row["id"]
    assert [row["id"] for row in coverage if row["report"] == "unstated"] == ["F001"]


def test_the_tables_hold_no_sentence_of_the_article(shared: Path) -> None:
    """Nine words in a row of an article are in none of the tables."""
    tables = [str(path) for path in sorted(CASES.glob("*.tsv"))]
    tool = [sys.executable, str(shared / "tools" / "verbatim"), *tables]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert (len(tables), done.returncode, done.stdout) == (3, 0, "")


def _reading(name: str, request: pytest.FixtureRequest) -> Reading:
    if name == "report":
        return seed_readings.reading_of(seed_readings.report())
    return seed_readings.reading_of(seed_readings.article(request.getfixturevalue("shared")))


def _unasked(fact: Row, text: str) -> Iterator[str]:
    """The columns of a fact that its selector does not ask for."""
    conditions = Selector.parse(text).conditions
    for column, condition, wanted in _asked(fact):
        if {value.rpartition("/")[2] for value in conditions.get(condition, ())} != wanted:
            yield column
    # A relay has the day of the words that it carries, which the facts about these words ask for.
    if fact["about"] != "relay" and fact["when"].removeprefix("../") not in text:
        yield "when"


def _asked(fact: Row) -> Iterator[tuple[str, str, set[str]]]:
    """Column, condition and the last parts of the values that the condition must have."""
    by = {slug(name) if name != "unnamed" else "-" for name in fact["asserted_by"].split("; ")}
    if fact["about"] == "statement":
        yield "asserted_by", "speaker", by
        yield "stance", "stance", {fact["stance"]}
        yield "modality", "modality", {fact["modality"]}
        if fact["relayed_by"]:
            yield "relayed_by", "through", {slug(fact["relayed_by"])}
    elif fact["about"] == "label":
        yield "asserted_by", "user", by if fact["asserted_by"] != OUTLET else {"-"}
    elif fact["about"] == "event":
        told = fact["asserted_by"] == OUTLET
        yield ("modality", "factuality", {fact["modality"]}) if told else ("asserted_by", "by", by)
