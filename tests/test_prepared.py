"""What is kept from one start to the next is what would be made anew, or it is made anew."""

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import PARLEY, ROOT, environment

from kg import fingerprint, prepared
from kg.identifiers import digest
from kg.known import index
from kg.reading.text.exceptions import exceptions
from kg.reading.words.events import event_table
from kg.reading.words.tables import table
from kg.reading.words.verbs import verb_table

TABLE = "kinds.toml"
NAMED = f"kg.reading.words.tables.table-{digest(repr(((TABLE,), {})))}"  # what is kept of it
STARTED = (sys.executable, "-c", f"from kg.reading.words.tables import table; print(table({TABLE!r}))")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of its own, for files that stay as they are."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(fingerprint, "state", lambda *modules: ("as they are", 0.0))
    prepared._state.cache_clear()
    yield tmp_path / "parley"
    prepared._state.cache_clear()


def asked(made: list[int], number: int = 1) -> int:
    """Have a number made as a start would, which first looks for what is kept; `made` tells how often."""

    @prepared.prepared
    def thousandfold(number: int) -> int:
        made.append(number)
        return 1000 * number

    return thousandfold(number)


def test_a_later_start_finds_what_an_earlier_one_made(place: Path) -> None:
    """It is made once for each argument."""
    made: list[int] = []
    assert [asked(made, number) for number in (1, 2, 1, 2)] == [1000, 2000, 1000, 2000]
    assert made == [1, 2]
    assert len([*place.iterdir()]) == 2


@pytest.mark.parametrize("harm", [lambda kept: b"", lambda kept: kept[:-1], lambda kept: kept[:-1] + b"x"])
def test_what_is_damaged_is_made_anew(place: Path, harm: Callable[[bytes], bytes]) -> None:
    """A file that was cut off or changed is not believed, and the next start finds a whole one."""
    made: list[int] = []
    asked(made)
    (file,) = place.iterdir()
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert asked(made) == 1000
    assert file.read_bytes() == whole
    assert asked(made) == 1000
    assert made == [1, 1]


def test_nothing_is_called_that_a_file_names(place: Path) -> None:
    """A whole file in the right place that wants a function called is made anew instead."""
    made: list[int] = []
    asked(made)
    (file,) = place.iterdir()
    for wish in (Wish(os.mkdir, str(place / "x")), Wish(prepared.durable.offer, place / "x", b"")):
        kept = pickle.dumps(wish)
        file.write_bytes(prepared._seal(kept) + kept)
        assert asked(made) == 1000
    assert made == [1, 1, 1]
    assert [*place.iterdir()] == [file]


class Wish:
    """What asks for a call when it is loaded."""

    def __init__(self, *call: Any) -> None:
        self._call = call

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self._call[0], self._call[1:]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_somebody_else_wrote_is_not_read(place: Path) -> None:
    """As where many people share a folder."""
    made: list[int] = []
    asked(made)
    (file,) = place.iterdir()
    os.chown(file, 12345, -1)
    assert asked(made) == 1000
    assert made == [1, 1]
    assert file.stat().st_uid == 0


def test_where_nothing_can_be_kept_the_work_is_done(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder under a file is one that nobody can make, and some users have no home."""
    made: list[int] = []
    (place.parent / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place.parent / "file"))
    assert [asked(made), asked(made)] == [1000, 1000]
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert asked(made) == 1000
    assert made == [1, 1, 1]


def test_files_that_change_while_a_process_runs_are_not_mixed_with_its_code(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed after the start is neither read for it nor kept by it."""
    made: list[int] = []
    asked(made)
    prepared._state.cache_clear()
    monkeypatch.setattr(fingerprint, "state", lambda *modules: ("as they are", prepared._STARTED + 1))
    assert asked(made) == 1000
    assert made == [1, 1]


def test_few_makes_of_one_thing_are_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that came last stay, for the checkouts and installations of one user."""
    made: list[int] = []
    for count in range(10):
        monkeypatch.setattr(fingerprint, "state", lambda *modules, count=count: (f"state {count}", 0.0))
        prepared._state.cache_clear()
        asked(made)
        (newest,) = (file for file in place.iterdir() if file.stat().st_mtime > count)
        os.utime(newest, (count, count))
    assert made == [1] * 10
    assert sorted(file.stat().st_mtime for file in place.iterdir()) == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "ask",
    [exceptions, event_table, verb_table, lambda: table("names.toml"), index],
    ids=["exceptions", "event_table", "verb_table", "table", "index"],
)
def test_what_is_kept_equals_what_is_made(place: Path, ask: Callable[[], object]) -> None:
    """Value for value."""
    made = ask()
    prepared._Kept("it").write(made)
    found = prepared._Kept("it").read()
    assert found == made
    assert found is not made


def test_a_start_reads_the_same_whether_or_not_something_is_kept(tmp_path: Path) -> None:
    """The first start keeps, the second finds, the third can do neither."""
    text = tmp_path / "text.txt"
    text.write_text("Talks resume\n\nArmenia and Azerbaijan held talks in Brussels, officials said.", "utf-8")
    (tmp_path / "file").write_text("")

    def read(caches: str) -> str:
        command = [*PARLEY, "read", "--plain", "--date", "2023-12-06", str(text)]
        return _said(*command, XDG_CACHE_HOME=str(tmp_path / caches))

    first = read("caches")
    kept = {file: file.stat().st_mtime_ns for file in (tmp_path / "caches" / "parley").iterdir()}
    assert first == read("caches") == read("file")
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "caches" / "parley").iterdir()} == kept
    assert "Armenia" in first
    assert kept


def test_a_changed_table_is_noticed(tmp_path: Path) -> None:
    """By its size or its time; as is a change of the code, and one that leaves nothing kept to go by."""
    for package in ("kg", "ontology"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.md")
        )
    file, caches = tmp_path / "kg" / "reading" / "words" / TABLE, tmp_path / "caches"

    def start() -> str:
        return _said(*STARTED, XDG_CACHE_HOME=str(caches), PYTHONPATH=str(tmp_path), folder=tmp_path)

    first = start()
    assert start() == first
    assert len(list(caches.rglob(f"{NAMED}.*"))) == 1
    file.write_text(f"{file.read_text('utf-8')}\n[added]\nwords = ['one']\n", "utf-8")
    second = start()
    assert "'added': {'words': ['one']}" in second
    assert second.replace(", 'added': {'words': ['one']}", "") == first
    file.write_text(file.read_text("utf-8").replace("['one']", "['two']"), "utf-8")
    assert start() == second.replace("['one']", "['two']")
    (tmp_path / "kg" / "new.py").write_text("", "utf-8")
    assert start() == second.replace("['one']", "['two']")
    assert len(list(caches.rglob(f"{NAMED}.*"))) == 4


def test_many_starts_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each says the same, and what they leave is one whole file."""
    env = environment(XDG_CACHE_HOME=str(tmp_path))
    several = [subprocess.Popen(STARTED, env=env, stdout=subprocess.PIPE) for _ in range(3)]
    assert len({process.communicate()[0] for process in several}) == 1
    kept = [file.name.rpartition(".")[0] for file in (tmp_path / "parley").iterdir()]
    assert NAMED in kept
    assert len(kept) == len(set(kept))


def _said(*command: str, folder: Path = ROOT, **more: str) -> str:
    env = environment() | more
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
