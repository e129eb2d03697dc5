"""Same texts, same bytes: wherever, whenever and in whatever order they are read."""

import shutil
import time
from pathlib import Path

from command_line import parley
from conftest import Built
from pyoxigraph import DefaultGraph

from kg.store import DataFolder

TEXTS = {
    "2024-03-05-oslo.txt": "Oslo\n\nNorway hosted talks between Sudan and Chad in Oslo on Tuesday.\n",
    "2024-03-06-doha.txt": "Doha\n\nQatar said on Wednesday that it would mediate between Sudan and Chad.\n",
}


def dumps(data: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(DataFolder(data).current().dumps.iterdir())}


def test_two_builds_in_different_folders_agree(tmp_path: Path) -> None:
    """Under another hash seed, another time and another order of files, every dump has the same bytes."""
    for name, words in TEXTS.items():
        (tmp_path / name).write_text(words)
    first, second = (tmp_path / name for name in TEXTS)
    done = parley("build", first, second, data=tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC")
    assert done.returncode == 0, done.stderr
    time.sleep(1.1)  # so that a time to the second in any file would show
    other = tmp_path / "deeper" / "two"
    assert parley("build", second, data=other, PYTHONHASHSEED="2", TZ="Asia/Tokyo").returncode == 0
    assert parley("build", first, data=other).returncode == 0
    assert DataFolder(other).current().version == DataFolder(tmp_path / "one").current().version
    assert dumps(other) == dumps(tmp_path / "one")


def test_the_store_holds_what_the_dumps_say(built: Built) -> None:
    """The N-Quads dump, line by line, is the served store; its default graph has each triple of them once.

    Graphs come one after another, sorted, and so do the lines of each.
    """
    generation = built.generation
    lines = (generation.dumps / "parley.nq").read_text("utf-8").removesuffix("\n").split("\n")
    assert lines == sorted(lines, key=lambda line: (line.rpartition(" <")[2], line))
    assert len(lines) == generation.manifest["triples"]
    store = built.store
    triples = {quad.triple for quad in store if quad.graph_name != DefaultGraph()}
    assert len(store) == len(lines) + len(triples)
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())} == triples


def test_adding_a_text_leaves_the_graphs_of_others_alone(lone: Built, tmp_path: Path) -> None:
    """The graph of the first text has the same lines before and after a second text joined."""
    name, words = next(iter(TEXTS.items()))
    (second := tmp_path / name).write_text(words)
    data = lone.copied(tmp_path / "data")
    (key,) = (text["key"] for text in DataFolder(data).current().manifest["built_from"])
    before = parley("dump", "--graph", key, data=data).stdout
    assert parley("build", second, data=data).returncode == 0
    assert len(DataFolder(data).current().manifest["built_from"]) == 2
    assert before
    assert parley("dump", "--graph", key, data=data).stdout == before


def test_a_lost_cache_changes_nothing(built: Built, tmp_path: Path) -> None:
    """Without cache and generations the same library gives the same version and the same bytes again."""
    data = built.copied(tmp_path / "data", "cache", "generations")
    assert not (data / "cache").exists()
    assert not (data / "generations").exists()
    assert parley("build", data=data).returncode == 0
    assert DataFolder(data).current().version == built.generation.version
    assert dumps(data) == dumps(built.folder.path)


def test_odd_characters_pass_through_every_step(tmp_path: Path) -> None:
    """Line and paragraph separators of Unicode in quoted words stay in the graph, the cache and the dumps."""
    odd = "We want\u2028peace\u0085now\x0b\x1c\u2029\U0001f54a"
    file = tmp_path / "2024-03-05-odd.txt"
    file.write_text(f'Talks{odd}\n\n"{odd}," President Ilham Aliyev said.\n', "utf-8")
    assert parley("build", file, data=tmp_path / "data").returncode == 0
    shutil.rmtree(tmp_path / "data" / "generations")
    assert parley("build", file, data=tmp_path / "data").returncode == 0
    titles = [
        quad.object.value for quad in DataFolder(tmp_path / "data").current().open() if "title" in str(quad)
    ]
    assert any("peace" in title for title in titles)
    dumped = parley("dump", data=tmp_path / "data").stdout
    assert odd.split("\x0b")[0] in dumped
