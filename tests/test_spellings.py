"""Spellings: a name is one thing's however it is transliterated, and the rules confuse no two things."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kg import known
from kg.model import Citation, Source
from kg.reading import Index, read
from kg.reading.names.spellings import foldings, spelled, variants

CASES = Path(__file__).parent / "cases" / "spellings.tsv"
ROWS = list(csv.DictReader(CASES.read_text("utf-8").splitlines(), delimiter="\t"))


@cache
def index() -> Index:
    return known.index()


def test_no_case_went_missing() -> None:
    """Every row of the case file is a test."""
    assert len(ROWS) == 34


@pytest.mark.parametrize("row", ROWS, ids=[row["written"] for row in ROWS])
def test_a_spelling_leads_to_the_thing(row: dict[str, str]) -> None:
    """A name is read as the listed thing's in this spelling too; where no key is given, as nothing's."""
    text = f"The two sides heard that {row['written']} was far away."
    found = read(Source("article", Citation(""), text, "0" * 64, "case"), index()).entities
    assert {entity.key for entity in found if entity.known} == ({row["key"]} if row["key"] else set())


def test_the_rules_make_no_name_of_two_things() -> None:
    """No spelling that the rules make from one listed thing is one that they make from another."""
    makers: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    names = index().lexicon.names
    for form, readings in names.items():
        for variant in variants(form, {name.type for name in readings}):
            makers[variant].add(frozenset(name.key for name in readings))
    assert not {form: keys for form, keys in makers.items() if len(keys) > 1 and form not in names}


def test_a_listed_name_keeps_its_reading() -> None:
    """The rules add forms; what the data list is read as they say."""
    names = index().lexicon.names
    assert not spelled(names).keys() & names.keys()


def test_plain_letters() -> None:
    """Marks are dropped, and sounded where news does so; letters of other alphabets stay."""
    assert foldings("Əliyev") == ("Aliyev", "Eliyev")
    assert foldings("Şuşa") == ("Susa", "Shusha")
    assert foldings("Goris") == ("Goris",)
    assert foldings("Горис") == ("Горис",)
