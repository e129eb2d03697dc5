"""The lexicon: what the reader is told about names, seats of government and titles."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg import authority
from kg.lexicon import Lexicon
from kg.vocab import Base

CASES = Path(__file__).parent / "cases" / "lexicon.tsv"
ROWS = list(csv.DictReader(CASES.read_text("utf-8").splitlines(), delimiter="\t"))


@cache
def shipped() -> Lexicon:
    return authority.lexicon(Base())


def test_no_case_went_missing() -> None:
    """Every row of the case file is a test."""
    assert len(ROWS) == 43


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['form']}-{row['how']}-{row['key']}" for row in ROWS])
def test_a_form_has_its_reading(row: dict[str, str]) -> None:
    """A surface form is read as this name, alias, demonym or metonym of this thing."""
    readings = {(name.how, name.key, name.place_key or "") for name in shipped().names[row["form"]]}
    assert (row["how"], row["key"], row["place"]) in readings


def test_the_city_comes_before_what_it_stands_for() -> None:
    """The readings of one form are listed name, alias, metonym, demonym, then by key."""
    assert [name.how for name in shipped().names["Baku"]] == ["name", "metonym"]


def test_every_reading_is_of_a_known_thing() -> None:
    """Each key of a reading has a label and the type that the reading states."""
    lexicon = shipped()
    names = [name for readings in lexicon.names.values() for name in readings]
    assert all(lexicon.types[name.key] == name.type and lexicon.labels[name.key] for name in names)
    assert {name.type for name in names} == {
        *("State", "Place", "Person", "Organisation", "IntergovernmentalOrganisation"),
        *("NonStateGroup", "TerritorialAuthority", "TransportCorridor", "NegotiationFormat"),
    }


def test_capitals_lead_to_their_states() -> None:
    """A capital leads to the state whose capital it is; a city that only stands for one does not."""
    capitals = shipped().capitals
    assert capitals["place/baku"] == "state/azerbaijan"
    assert "place/jerusalem" not in capitals
    assert "place/the-hague" not in capitals


def test_titles_name_a_body_only_where_the_title_does() -> None:
    """An assistant secretary of state serves the United States; a president may serve anybody."""
    of = {title.form: title.of for title in shipped().titles}
    assert of["assistant secretary of state"] == of["secretary of state"] == "state/united-states"
    assert of["president"] is None
    assert of["foreign minister"] is None


def test_longer_titles_come_first() -> None:
    """A reader that takes the first title that fits takes the longest."""
    lengths = [len(title.form) for title in shipped().titles]
    assert lengths == sorted(lengths, reverse=True)


def test_another_base_changes_no_key() -> None:
    """Keys do not depend on where the instances live."""
    assert authority.lexicon(Base("https://example.org/id/kb/")).names == shipped().names


HOLDERS = Path(__file__).parent / "cases" / "holders.tsv"
HELD = list(csv.DictReader(HOLDERS.read_text("utf-8").splitlines(), delimiter="\t"))


def test_no_holder_went_missing() -> None:
    """Every row of the file of holders is a test."""
    assert len(HELD) == 56


@pytest.mark.parametrize("row", HELD, ids=[f"{row['office']}-{row['of']}-{row['on']}" for row in HELD])
def test_an_office_has_its_holder_on_a_day(row: dict[str, str]) -> None:
    """An office of a state or body leads to who held it on the day, or to nobody."""
    on = date.fromisoformat(row["on"]) if row["on"] else None
    assert shipped().holder(row["office"], row["of"], on) == (row["holder"] or None)
