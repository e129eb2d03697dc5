"""The texts that a build keeps beside its graph, for pages to show."""

from pathlib import Path

import pytest
from conftest import Built

from kg import library, texts
from kg.errors import StoreError
from kg.model import Source
from kg.store import DataFolder


@pytest.fixture
def copied(lone: Built, tmp_path: Path) -> DataFolder:
    """A data folder of one's own, with one report in it."""
    return DataFolder(lone.copied(tmp_path / "data"))


def test_a_build_keeps_each_text(built: Built) -> None:
    """Every source of the library is in the build, word for word, under its key; nothing else is."""
    held = library.load(built.folder.sources)
    assert len(held) == 14
    for text in held:
        assert built.generation.text(text.source.key) == text.source.text
    assert built.generation.text("report/of-nothing") is None


def test_a_build_without_texts_is_served(copied: DataFolder) -> None:
    """One that was made before texts were kept is as usable as before."""
    generation = copied.current()
    (generation.folder / texts.FILE).unlink()
    assert generation.readable
    assert generation.text(generation.manifest["built_from"][0]["key"]) is None


def test_damaged_texts_are_damage(copied: DataFolder) -> None:
    """A build whose texts cannot be read says so, and is one that a new build replaces."""
    generation = copied.current()
    key = generation.manifest["built_from"][0]["key"]
    (generation.folder / texts.FILE).write_bytes(b"SQLite format 3\0" + bytes(4000))
    assert not generation.readable
    with pytest.raises(StoreError, match="damaged"):
        generation.text(key)


def test_texts_are_read_from_a_folder_that_nobody_may_write(copied: DataFolder) -> None:
    """No lock and no journal is left beside the file."""
    generation = copied.current()
    folder = generation.folder
    before = {file.name for file in folder.iterdir()}
    folder.chmod(0o555)
    try:
        assert generation.text(generation.manifest["built_from"][0]["key"])
    finally:
        folder.chmod(0o755)
    assert {file.name for file in folder.iterdir()} == before


def test_a_full_disk_is_told(report_source: Source, tmp_path: Path) -> None:
    """Where texts cannot be written, the error is one of the system, as it is with other files of a build."""
    with pytest.raises(OSError, match="unable to open"):
        texts.write(tmp_path / "missing", [report_source])
