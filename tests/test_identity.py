"""Accounts of one happening in different reports are joined as a person joins them, and no others are."""

import pytest

from bench import identity, marked

# Pairs that are found; raise these with the reader and the rules of kg/links.
FOUND = {
    "as marked: same": 1,
    "as marked: same or possible": 12,
    "as read: same": 0,
    "as read: same or possible": 1,
}


@pytest.fixture(scope="module")
def scores() -> dict[str, identity.Score]:
    return identity.scores()


def test_every_row_names_an_event_of_the_gold() -> None:
    """A row of the table stands for something: the place where the evidence of a marked event starts."""
    rows = identity.happenings()
    starts = {(one.report, span.start) for one in marked.tellings(rows) for span in one.evidence}
    assert rows.keys() <= starts
    assert len(rows) == 48


@pytest.mark.parametrize("name", sorted(FOUND))
def test_pairs_are_found(name: str, scores: dict[str, identity.Score]) -> None:
    """Of the fourteen pairs at least as many are found as were before."""
    assert scores[name].so == 14
    assert scores[name].both >= FOUND[name]


@pytest.mark.parametrize("name", ["as marked: same", "as marked: same or possible", "as read: same"])
def test_no_pair_is_found_that_is_none(name: str, scores: dict[str, identity.Score]) -> None:
    """What is linked is of one happening; what the reader got wrong may at most be possibly so."""
    assert scores[name].both == scores[name].found
