"""Writable stores on disk: changes that are whole or absent, kept for readers, and taken back exactly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, environment, parley
from conftest import Built
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg import durable
from kg.errors import NothingBuilt, StoreError
from kg.writable import LAYOUT, WritableFolder
from server.engine.changes import Change, GraphWrite, Outcome, Update, apply, carry_out
from server.engine.documents import Document

INSERTER = """
import sys
from pathlib import Path
from kg.writable import WritableFolder
folder, start, count = WritableFolder(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
for n in range(start, start + count):
    folder.change("INSERT DATA", lambda store: store.update(f"INSERT DATA {{ <a:s> <a:p> {n} }}"))
"""
FORKED = """
import os, signal, sys
from pathlib import Path
from kg.writable import WritableFolder
folder = WritableFolder(Path(sys.argv[1]))
folder.start()
threads = len(os.listdir("/proc/self/task"))
if os.fork() == 0:
    signal.alarm(30)
    folder.change("INSERT DATA", lambda store: store.update("INSERT DATA { <a:s> <a:p> 1 }"))
    os._exit(0)
os.wait()
print(threads, "thread, then", folder.current().manifest["triples"], "triple")
"""
FULL = """
import resource, sys
from pathlib import Path
from kg.errors import StoreError
from kg.writable import WritableFolder
folder, size = WritableFolder(Path(sys.argv[1])), int(sys.argv[2])
many = "".join(f"<a:s{n}> <a:p{n}> {n} ." for n in range(3000))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    folder.change("INSERT DATA", lambda store: store.update(f"INSERT DATA {{ {many} }}"))
except StoreError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def folder(tmp_path: Path) -> WritableFolder:
    made = WritableFolder(tmp_path / "store")
    made.start()
    return made


def insert(folder: WritableFolder, *numbers: int) -> None:
    for number in numbers:
        update = Update(f"INSERT DATA {{ <a:s> <a:p> {number} }}")
        folder.change("INSERT DATA", lambda store, update=update: apply(store, update))  # type: ignore[misc]


def numbers(store: Store) -> set[int]:
    return {int(quad.object.value) for quad in store}


def python(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def leftovers(folder: WritableFolder) -> list[Path]:
    return list(folder.path.rglob(f"{durable.PARTIAL}*"))


def test_a_store_starts_empty_and_stays_what_it_is(folder: WritableFolder) -> None:
    """The first start makes an empty generation, the next ones make none."""
    first = folder.current()
    assert (first.manifest["number"], first.manifest["triples"], len(first.open())) == (1, 0, 0)
    assert folder.start().version == first.version


def test_whoever_starts_a_store_can_fork_processes_that_change_it(tmp_path: Path) -> None:
    """The engine's threads are never in the process that starts it, where forks would miss them."""
    done = python(FORKED, tmp_path / "store").communicate(timeout=60)
    assert done == ("1 thread, then 1 triple\n", "")


def test_a_change_is_for_those_who_come_after_it(folder: WritableFolder) -> None:
    """Whoever reads keeps what there was; the manifest says what the change made, and of what."""
    before = folder.current()
    reader = before.open()
    insert(folder, 7)
    now = folder.current()
    assert (numbers(reader), numbers(now.open())) == (set(), {7})
    assert (now.manifest["number"], now.manifest["parent"]) == (2, before.version)
    assert (now.manifest["triples"], now.manifest["change"]) == (1, "INSERT DATA")


def test_graphs_are_counted(folder: WritableFolder) -> None:
    """The manifest has the triples of each named graph, empty ones too."""
    text = "INSERT DATA { <a:a> <a:b> 1 GRAPH <a:g> { <a:a> <a:b> 1, 2 } } ; CREATE GRAPH <a:e>"
    made, _ = folder.change("INSERT DATA", lambda store: apply(store, Update(text)))
    assert (made.manifest["triples"], made.manifest["graphs"]) == (3, {"a:e": 0, "a:g": 2})


def test_a_change_that_fails_leaves_nothing(folder: WritableFolder) -> None:
    """Neither a generation nor a file of it, and the next change goes well."""
    before = folder.current().version
    with pytest.raises(ZeroDivisionError):
        folder.change("INSERT DATA", lambda store: (store.update("INSERT DATA { <a:a> <a:b> 1 }"), 1 / 0))
    assert folder.is_current(before)
    assert not leftovers(folder)
    insert(folder, 1)
    assert numbers(folder.current().open()) == {1}


def test_generations_are_kept_by_count(tmp_path: Path) -> None:
    """Older ones go, but for one that a reader holds, which goes once it is let go."""
    folder = WritableFolder(tmp_path / "store", kept=2)
    folder.start()
    with folder.held() as held:
        reader = held.open()
        insert(folder, 1, 2, 3, 4)
        assert [one.manifest["number"] for one in folder.generations()] == [1, 4, 5]
        assert numbers(held.open()) == numbers(reader) == set()
    insert(folder, 5)
    assert [one.manifest["number"] for one in folder.generations()] == [5, 6]


def test_rollback_gives_back_every_quad(folder: WritableFolder) -> None:
    """Also after a restart; what comes next has a number and a version of its own."""
    insert(folder, 1, 2)
    before = {*map(str, folder.current().open())}
    version = folder.current().version
    folder.change("CLEAR", lambda store: apply(store, Update("CLEAR ALL")))
    cleared = folder.current().version
    folder.rollback(version)
    assert WritableFolder(folder.path).start().version == version
    assert {*map(str, folder.current().open())} == before
    insert(folder, 3)
    assert numbers(folder.current().open()) == {1, 2, 3}
    assert (folder.current().manifest["number"], folder.current().manifest["parent"]) == (5, version)
    assert folder.holds(cleared)


def test_rollback_to_what_is_not_kept(folder: WritableFolder) -> None:
    """It says where to look, and changes nothing."""
    with pytest.raises(StoreError, match="parley generations"):
        folder.rollback("9-none")
    assert folder.current().manifest["number"] == 1


def test_changes_from_several_processes_all_count(folder: WritableFolder) -> None:
    """They wait for each other: every change builds on the one before."""
    writers = [python(INSERTER, folder.path, 100 * n, 4) for n in range(3)]
    for writer in writers:
        assert writer.communicate()[1] == ""
    assert numbers(folder.current().open()) == {100 * n + i for n in range(3) for i in range(4)}
    assert folder.current().manifest["number"] == 13


def test_readers_never_fail_while_changes_are_made(folder: WritableFolder) -> None:
    """Whoever opens the current generation gets a whole one, and never an older one than before."""
    writer = python(INSERTER, folder.path, 0, 12)
    opened, highest = 0, 0
    while writer.poll() is None:
        with folder.held() as held:
            found = numbers(held.open())
        assert found == set(range(len(found)))
        assert len(found) >= highest
        opened, highest = opened + 1, len(found)
    assert writer.communicate()[1] == ""
    assert opened >= 12
    assert numbers(folder.current().open()) == set(range(12))


def test_a_kill_at_any_point_leaves_the_last_good_generation(tmp_path: Path) -> None:
    """The change is there whole or not at all, none that was reported is lost, a start leaves no debris."""
    script = Path(__file__).with_name("stopped_changes.py")
    command = [sys.executable, script, tmp_path / "store"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["killed"] >= 15, done.stderr
    assert (found["lost"], found.get("broken", 0)) == (0, 0)
    assert found["absent"] >= 10
    assert found["there"] >= 2


@pytest.mark.parametrize("size", [0, 100, 3_000, 10_000, 60_000, 150_000, 300_000])
def test_a_full_disk_stops_a_change_and_no_more(folder: WritableFolder, size: int) -> None:
    """Whichever file would grow too long: one line that says so, and all is as it was."""
    insert(folder, 1)
    before = folder.current().version
    writer = python(FULL, folder.path, size)
    said = writer.communicate()[1]
    assert writer.returncode == 1
    assert "too large" in said.lower()
    assert len(said.splitlines()) == 1
    assert folder.is_current(before)
    assert numbers(folder.current().open()) == {1}
    insert(folder, 2)
    assert numbers(folder.current().open()) == {1, 2}
    assert not leftovers(folder)


def test_what_is_no_store_of_ours_is_refused(lone: Built, tmp_path: Path) -> None:
    """The folder of a built graph, one that cannot be made, none at all."""
    with pytest.raises(StoreError, match=r"changes by building only\. Name another folder with --store"):
        WritableFolder(lone.folder.path).start()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used as a folder of stores"):
        WritableFolder(tmp_path / "file").start()
    with pytest.raises(NothingBuilt):
        WritableFolder(tmp_path / "none").change("CLEAR", lambda _: None)


@pytest.mark.parametrize("layout", [LAYOUT - 1, LAYOUT + 1])
def test_a_store_of_another_format_says_what_to_do(folder: WritableFolder, layout: int) -> None:
    """It is neither served nor overwritten."""
    path = folder.current().folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"layout": layout}))
    for use in (folder.start, folder.current, lambda: insert(folder, 1)):
        with pytest.raises(StoreError, match=r"another version of Parley.*parley rollback; or start a new"):
            use()
    assert json.loads(path.read_text())["layout"] == layout


TERMS = ["<a:a>", "<a:b>", "1", "'x'@en"]
TRIPLES = st.builds("{} {} {} .".format, st.sampled_from(TERMS[:2]), st.just("<a:p>"), st.sampled_from(TERMS))
GRAPHS = st.sampled_from(["a:g", "a:h"])
CHANGES = st.one_of(
    st.builds("INSERT DATA {{ {} }}".format, TRIPLES),
    st.builds("INSERT DATA {{ GRAPH <{}> {{ {} }} }}".format, GRAPHS, TRIPLES),
    st.builds("DELETE WHERE {{ {} }}".format, st.sampled_from(["<a:a> ?p ?o", "GRAPH ?g { ?s ?p 1 }"])),
    st.builds("ADD SILENT <{}> TO DEFAULT".format, GRAPHS),
    st.builds("MOVE SILENT DEFAULT TO <{}>".format, GRAPHS),
    st.builds("CREATE GRAPH <{}>".format, GRAPHS),  # fails where it exists
    st.builds("INSERT DATA {{ {} }} ; DROP GRAPH <{}>".format, TRIPLES, GRAPHS),  # fails where it does not
).map(Update) | st.builds(
    lambda method, graph, triple: GraphWrite(method, graph, (Document("text/turtle", triple.encode()),)),
    st.sampled_from(["put", "post"]), GRAPHS | st.none(), TRIPLES,
) | st.builds(GraphWrite, st.just("delete"), GRAPHS | st.none())  # fmt: skip


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, max_size=5))
def test_any_sequence_of_changes_is_as_in_one_store(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change]
) -> None:
    """Outcomes, faults, quads and graphs are those of one store in memory that lives through all of them."""
    folder, memory = WritableFolder(tmp_path_factory.mktemp("any") / "store"), Store()
    folder.start()
    for change in changes:
        assert _tried(folder, change) == _tried(memory, change)
        disk = folder.current().open()
        assert {*map(str, disk)} == {*map(str, memory)}
        assert {*map(str, disk.named_graphs())} == {*map(str, memory.named_graphs())}
        assert folder.current().manifest["graphs"] == {
            str(name.value): len(list(memory.quads_for_pattern(None, None, None, name)))
            for name in sorted(memory.named_graphs(), key=str)
        }
        assert folder.current().manifest["triples"] == len(memory)


def _tried(target: WritableFolder | Store, change: Change) -> str:
    try:
        outcome = apply(target, change) if isinstance(target, Store) else carry_out(target, change)[1]
        return str(outcome)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def test_nothing_to_delete_makes_no_generation(folder: WritableFolder) -> None:
    """The answer says that there was none, and everything is as it was."""
    before = folder.current()
    assert carry_out(folder, GraphWrite("delete", "a:g")) == (before, Outcome(found=False))
    made, _ = carry_out(folder, GraphWrite("delete", None))
    assert (made.manifest["number"], made.manifest["change"]) == (2, "DELETE of the default graph")


def test_the_command_lists_and_goes_back(folder: WritableFolder) -> None:
    """By number, by version, by steps; nothing that was kept is dropped, going back twice leads further."""
    insert(folder, 1, 2)
    listed = parley("generations", "--store", folder.path).stdout.splitlines()
    assert listed[0].split() == ["number", "version", "since", "triples", "made", "by"]
    assert [line.split()[0] for line in listed[2:]] == ["1", "2", "→"]
    assert [line.rstrip().rpartition("  ")[2] for line in listed[2:]] == ["new store", *["INSERT DATA"] * 2]
    assert "Back to version 2-" in parley("rollback", "--store", folder.path).stdout
    assert numbers(folder.current().open()) == {1}
    assert "Back to version 1-" in parley("rollback", PARLEY_STORE=str(folder.path)).stdout
    assert "Back to version 3-" in parley("rollback", "3", "--store", folder.path).stdout
    assert "Nothing to do" in parley("rollback", "3", "--store", folder.path).stdout
    assert "Back to version 1-" in parley("rollback", "--back", "2", "--store", folder.path).stdout
    assert numbers(folder.current().open()) == set()
    assert len(folder.generations()) == 3
    for wrong in (("7",), ("--back", "2")):
        done = parley("rollback", *wrong, "--store", folder.path)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert "parley generations" in done.stderr
    assert parley("rollback", "1", "--back", "2", "--store", folder.path).returncode == 2


def test_the_way_back_from_a_damaged_generation(folder: WritableFolder) -> None:
    """The error names the command, which goes back to the last sound one; that can be changed again."""
    insert(folder, 1, 2)
    (folder.current().folder / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"damaged.*parley rollback"):
        folder.start()
    assert len(parley("generations", "--store", folder.path).stdout.splitlines()) == 4
    done = parley("rollback", "--store", folder.path)
    assert (done.returncode, done.stderr) == (0, "")
    assert numbers(folder.start().open()) == {1}
    insert(folder, 3)
    assert numbers(folder.current().open()) == {1, 3}


def test_a_store_is_dumped(folder: WritableFolder) -> None:
    """`parley dump --store` writes what is current, sorted, whole or one graph; an unknown one is a line."""
    folder.start()
    dump = ("dump", "--store", str(folder.path))
    assert (parley(*dump).returncode, parley(*dump).stdout) == (0, "")
    triples = "<a:s> <a:p> 2 , 10 . GRAPH <a:g> { <a:s> <a:p> 'x' }"
    folder.change("INSERT DATA", lambda store: store.update(f"INSERT DATA {{ {triples} }}"))
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    named = '<a:s> <a:p> "x" <a:g> .'
    default = [f'<a:s> <a:p> "{number}"{integer} .' for number in (10, 2)]
    assert parley(*dump).stdout.splitlines() == [*default, named]
    assert parley(*dump, "--graph", "a:g").stdout.splitlines() == [named]
    assert len(parley(*dump, "--format", "ntriples").stdout.splitlines()) == 3
    unknown = parley(*dump, "--graph", "a:h")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr.splitlines() == ["parley: a:h: no graph has this name. There is: a:g"]
