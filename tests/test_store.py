"""The data folder: generations that are whole or absent, one builder at a time, nothing lost on the way."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import durable, library
from kg.errors import NothingBuilt, StoreError, StoreLocked
from kg.library import Merged, Stored
from kg.model import Citation, Source
from kg.store import KEPT, LAYOUT, DataFolder, Generation
from kg.vocab import Base

QUAD = Quad(
    *map(NamedNode, ("https://e.org/s", "https://e.org/p")), Literal("o"), NamedNode("https://e.org/g")
)
MANIFEST = {"layout": LAYOUT, "base": "https://e.org/", "triples": 1, "graphs": {}, "built_from": []}


def make(folder: DataFolder, version: str) -> Generation:
    """A generation as the pipeline makes one, with a single quad."""
    with folder.lock(), folder.staging() as staged:
        store = Store(str(staged / "store"))
        store.add(QUAD)
        store.flush()
        del store
        (staged / "manifest.json").write_text(json.dumps(MANIFEST))
        made = folder.publish(staged, version)
        folder.switch(version)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_a_folder_without_a_graph_says_how_to_build_one(folder: DataFolder) -> None:
    """Asking for the current generation before any build names the command to run, and makes no folder."""
    with pytest.raises(NothingBuilt, match="parley build"):
        folder.current()
    assert not folder.path.exists()


def test_a_published_generation_is_current_and_can_be_read(folder: DataFolder) -> None:
    """What was written before the switch is what is served after it."""
    make(folder, "one")
    assert folder.current().version == "one"
    assert folder.is_current("one")
    assert list(folder.current().open()) == [QUAD]
    assert folder.current().base.iri == "https://e.org/"


def test_old_generations_go_and_the_open_one_stays_readable(folder: DataFolder) -> None:
    """A reader of the first generation still has its answer after more were built than are kept."""
    reader = make(folder, "v0").open()
    for number in range(1, KEPT + 2):
        make(folder, f"v{number}")
    assert [kept.version for kept in folder.generations()] == [f"v{n}" for n in range(2, KEPT + 2)]
    assert list(reader) == [QUAD]


def test_going_back_to_an_old_generation_keeps_it_longest(folder: DataFolder) -> None:
    """A version that becomes current again counts as the newest."""
    for version in ("a", "b"):
        make(folder, version)
    with folder.lock():
        folder.switch("a")
    assert [kept.version for kept in folder.generations()] == ["b", "a"]
    assert folder.is_current("a")


def test_only_one_builder_at_a_time(folder: DataFolder) -> None:
    """A second builder is told which process holds the folder."""
    with (
        folder.lock(),
        pytest.raises(StoreLocked, match=r"process \d+ is building"),
        DataFolder(folder.path).lock(),
    ):
        pass


def test_a_failed_build_leaves_nothing_behind(folder: DataFolder) -> None:
    """An error between staging and publishing removes the staged files and keeps what was current."""
    make(folder, "one")

    def fail() -> None:
        with folder.lock(), folder.staging() as staged:
            (staged / "half").write_text("written")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [kept.version for kept in folder.generations()] == ["one"]
    assert not list(folder.path.rglob(f"{durable.PARTIAL}*"))


def test_what_a_killed_builder_left_is_cleared_by_the_next(folder: DataFolder) -> None:
    """Unfinished files and folders of a process that died do not count, and go."""
    make(folder, "one")
    half = folder.path / "generations" / f"{durable.PARTIAL}99999" / "store"
    half.mkdir(parents=True)
    (folder.sources / f"{durable.PARTIAL}article--x.json").write_text("{")
    assert [kept.version for kept in folder.generations()] == ["one"]
    assert library.load(folder.sources) == ()
    with folder.lock():
        assert not list(folder.path.rglob(f"{durable.PARTIAL}*"))


def test_damage_is_named(folder: DataFolder) -> None:
    """A generation with a broken manifest or store says which folder to delete."""
    made = make(folder, "one")
    for file in (made.folder / "store").iterdir():
        file.unlink()
    with pytest.raises(StoreError, match="damaged"):
        folder.current().open()
    for broken in ("{", "[]", "{}", ""):
        (made.folder / "manifest.json").write_text(broken)
        with pytest.raises(StoreError, match="damaged"):
            folder.current()


@pytest.mark.parametrize("layout", [None, LAYOUT - 1, LAYOUT + 1])
def test_a_generation_of_another_layout_is_not_served(folder: DataFolder, layout: int | None) -> None:
    """What an older or newer version of Parley built says so, and how to have it built anew."""
    made = make(folder, "one")
    (made.folder / "manifest.json").write_text(json.dumps(MANIFEST | {"layout": layout}))
    with pytest.raises(StoreError, match=r"another version of Parley.*Run: parley build"):
        folder.current()
    assert folder.find("one") is None
    assert folder.base() == Base("https://e.org/")


def text(words: str, sha: str, **cited: object) -> Stored:
    """A stored article; its key comes from what is cited, as in loading."""
    citation = Citation("Talks", **cited)  # type: ignore[arg-type]
    key = "-".join(str(value) for value in (citation.publisher, citation.date, sha) if value)
    return Stored(Source("article", citation, words, sha, key.lower()), licence="CC-BY-4.0")


def test_the_library_gives_back_what_was_saved(folder: DataFolder) -> None:
    """Texts survive a round through their files, to the character, whatever is in them."""
    odd = "Bakı said: “no”\r\n\u2028\U0001f54a\ufeff end\n"
    saved = (
        text(odd, "aa", publisher="P", date=date(2023, 12, 6), url="https://e.org/?a=1"),
        text("x", "bb"),
    )
    with folder.lock():
        library.save(folder.sources, saved)
    assert set(library.load(folder.sources)) == set(saved)
    with folder.lock():
        library.save(folder.sources, saved[1:])
    assert library.load(folder.sources) == saved[1:]


def test_shipped_texts_are_replaced_as_a_whole() -> None:
    """A report that a new release no longer ships goes; what the user gave stays."""
    old, new, own = (
        replace(text("x", sha, publisher=sha), shipped=sha != "own") for sha in ("old", "new", "own")
    )
    assert set(library.merge([old, own], [new]).texts) == {new, own}
    assert set(library.merge([old, own], [own]).texts) == {old, own}


def test_a_foreign_file_in_the_library_is_named(folder: DataFolder) -> None:
    """A JSON file that is not a stored text stops the build with its name."""
    with folder.lock():
        (folder.sources / "notes.json").write_text("[]")
    with pytest.raises(StoreError, match=r"notes\.json"):
        library.load(folder.sources)


def test_a_text_given_again_with_a_fuller_citation_is_one_text() -> None:
    """The fuller citation wins in either order; another outlet's print of the same words is another text."""
    bare, dated = text("x", "aa"), text("x", "aa", publisher="P", date=date(2023, 12, 6))
    other = text("x", "aa", publisher="Q", date=date(2023, 12, 6))
    assert library.merge([bare], [dated]) == Merged((dated,), ())
    assert library.merge([dated], [bare]) == Merged((dated,), ())
    assert set(library.merge([dated], [other]).texts) == {dated, other}
