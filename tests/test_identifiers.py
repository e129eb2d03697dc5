"""Keys of things: valid in an IRI, stable, and told apart by content."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import digest, names_of, slug, source_slug, time_key
from kg.model import Citation, TimeSpan

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EDTF = st.text("0123456789-/.X~?%", min_size=1)


@given(st.text())
def test_a_slug_is_words_joined_by_hyphens(text: str) -> None:
    """Whatever the text, its slug can stand in an IRI."""
    assert SLUG.fullmatch(slug(text))


@given(st.text())
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    """A slug does not change by being made again."""
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Türkiye", "turkiye"), ("Côte d'Ivoire", "cote-divoire"), ("Bəhram Łuk", "bahram-luk"), ("平和", "x")],
)
def test_letters_are_folded_as_news_folds_them(text: str, wanted: str) -> None:
    """Accents and letters of other Latin alphabets become plain ones."""
    assert slug(text) == wanted


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), min_size=1, max_size=4
    )
)
def test_a_digest_keeps_parts_apart(parts: list[str]) -> None:
    """Moving a border between parts, or adding one, changes the hash."""
    assert digest(*parts) != digest(*parts, "")
    assert re.fullmatch(r"[0-9a-f]{12}", digest(*parts))


@given(EDTF)
def test_the_key_of_a_time_can_stand_in_an_iri(edtf: str) -> None:
    """No sign of EDTF that has a meaning in IRIs is left in a key."""
    assert re.fullmatch(r"time/[a-z0-9.-]+", time_key(TimeSpan(None, None, "open", edtf)))


@pytest.mark.parametrize(
    ("edtf", "wanted"),
    [
        ("2023-11-20", "time/2023-11-20"),
        ("2023-12-06/2023-12-31", "time/2023-12-06--2023-12-31"),
        ("2020-09/..", "time/2020-09--open"),
        ("2020-23~", "time/2020-23-approximately"),
    ],
)
def test_keys_of_times_are_readable(edtf: str, wanted: str) -> None:
    """A time is found where one looks for it."""
    assert time_key(TimeSpan(None, None, "open", edtf)) == wanted


def test_names_of_keys_are_sorted() -> None:
    """Who is named first in a text does not matter."""
    assert names_of(["state/azerbaijan", "state/armenia"]) == names_of(["state/armenia", "state/azerbaijan"])


@given(st.text(min_size=1), st.dates())
def test_a_source_is_named_by_its_citation(title: str, day: date) -> None:
    """The same citation gives the same valid slug whatever the text; another date gives another."""
    citation = Citation(title, "The Post", date=day)
    assert source_slug(citation, "a" * 64) == source_slug(citation, "b" * 64)
    assert SLUG.fullmatch(source_slug(citation, "a" * 64))
    assert source_slug(citation, "") != source_slug(Citation(title, "The Post"), "")
