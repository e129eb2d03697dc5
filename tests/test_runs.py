"""Sorting on disk: the same as sorting in memory, with nothing left behind."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import runs, union

LINES = st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), max_size=9))


@pytest.fixture(autouse=True)
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few lines fill a run, so that most examples have several."""
    monkeypatch.setattr(runs, "_RUN", 5)


@given(LINES)
def test_runs_are_merged_in_order(groups: list[list[str]]) -> None:
    """However the lines are divided, they come back as `sorted` has them, from a folder left empty."""
    with TemporaryDirectory() as folder:
        assert list(runs.in_order(groups, Path(folder))) == sorted(line for group in groups for line in group)
        assert not any(Path(folder).iterdir())


@given(LINES)
def test_files_keep_lines_whole(groups: list[list[str]]) -> None:
    """Lines with U+2028, U+0085 and the like are read back as the lines that were written."""
    content = [line for group in groups for line in group]
    with TemporaryDirectory() as folder:
        runs.write(content, Path(folder, "lines"))
        assert list(runs.lines(Path(folder, "lines"))) == content


def test_the_union_has_each_triple_once() -> None:
    """A triple that two graphs share comes once; one that opens like another stays apart."""
    lines = ['<a:s> <a:p> "x <y" .', '<a:s> <a:p> "x" .', '<a:s> <a:p> "x" .']
    assert list(union.of(lines)) == ['<a:s> <a:p> "x <y" .', '<a:s> <a:p> "x" .']
