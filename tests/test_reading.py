"""What a careful reader reads in short texts about many conflicts, and what such a reader does not."""

import pytest
from reading_cases import Case, cases, complaints

from kg import known
from kg.reading import Index, read

CASES = list(cases())
AT_LEAST = 2300
WITH_ABSENT = 705  # cases that say what must not be read


@pytest.fixture(scope="module")
def index() -> Index:
    return known.index()


def test_no_case_is_lost() -> None:
    """A file that is not read any more would pass unseen."""
    assert len(CASES) >= AT_LEAST
    assert sum(case.nothing or bool(case.absent) for case in CASES) >= WITH_ABSENT
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_text_gives_what_a_careful_reader_reads_in_it(case: Case, index: Index) -> None:
    """A known miss is a text that is still read wrongly: once read rightly, its mark is to go."""
    wrong = complaints(case, read(case.source, index))
    if case.known_miss:
        assert wrong, f"{case.name} is read rightly now: take out its known_miss"
    else:
        assert not wrong, "\n".join([case.name, case.source.text, *wrong])
