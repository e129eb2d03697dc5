"""Whatever is given to `parley`: one clear line, a telling exit code, and what was stored stays served."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from command_line import Forked, begun, parley, serving
from conftest import SEED_REPORT, Built
from running_server import until

from kg.store import DataFolder

MEGABYTE = 1_000_000

# name, content, words that the line must hold
FILES = (
    ("empty.txt", b"", "no text"),
    ("blank.txt", b" \n\n \n", "no text"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    ("latin.txt", "Baku\nGörüşme".encode("iso-8859-9"), "UTF-8"),
    ("huge.txt", b"Talks went on. " * (50 * MEGABYTE // 15), "MB"),
    ("header.md", b'+++\ntitle = "Talks"\ndate = yesterday\n+++\nTalks.\n', "line 3"),
    ("unclosed.md", b'+++\ntitle = "Talks"\nTalks.\n', "+++"),
    ("field.md", b'+++\ntitle = "Talks"\npublished = 2024-01-01\n+++\nTalks.\n', "published"),
    ("day.txt", b'+++\ndate = "2024-02-30"\n+++\nTalks.\n', "2024-02-30"),
    ("picture.jpg", b"\xff\xd8\xff", ".txt"),
)

# arguments, exit code, words that the line must hold
COMMANDS = (
    (("build", "nowhere.txt"), 1, "no such file"),
    (("build", "--date", "2024-13-01"), 2, "2024-13-01"),
    (("build", "--date", "2024-01-01"), 2, "PATH"),
    (("build", "--base", "example"), 2, "http"),
    (("build", "--unknown"), 2, "--unknown"),
    (("remove", "article/nothing"), 1, "article/nothing"),
    (("remove",), 2, "KEY"),
    (("query", "refused-round"), 1, "refused-rounds"),
    (("query", "refused-rounds", "--format", "png"), 1, "png"),
    (("query", "refused-rounds", "--format", "turtle"), 1, "turtle"),
    (("query", "refused-rounds", "--param", "colour=red"), 1, "colour"),
    (("dump", "--format", "png"), 1, "png"),
    (("read", "nowhere.txt"), 1, "no such file"),
    (("serve", "--port", "99999"), 2, "99999"),
    (("serve", "--host", "not a host", "--port", "0"), 1, "not a host"),
    (("nonsense",), 2, "nonsense"),
)


@pytest.fixture
def data(lone: Built, tmp_path: Path) -> Path:
    """A copy of the folder with one report."""
    return lone.copied(tmp_path / "data")


def still_there(data: Path, version: str) -> bool:
    """Whether the folder still answers with the generation that it held."""
    current = DataFolder(data).current()
    ((named,),) = current.open().query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    return current.version == version and int(named.value) == current.manifest["triples"]


def keys(data: Path) -> set[str]:
    return {text["key"] for text in DataFolder(data).current().manifest["built_from"]}


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr.splitlines()[-1] if done.stderr else ""


@pytest.mark.parametrize(("name", "content", "word"), FILES, ids=[name for name, _, _ in FILES])
def test_a_file_that_cannot_be_used(data: Path, tmp_path: Path, name: str, content: bytes, word: str) -> None:
    """One line names the file and what is wrong; nothing is built."""
    version = DataFolder(data).current().version
    file = tmp_path / name
    file.write_bytes(content)
    done = parley("build", file, data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr
    assert word in done.stderr
    assert still_there(data, version)


@pytest.mark.parametrize(("arguments", "code", "word"), COMMANDS, ids=[" ".join(c[0]) for c in COMMANDS])
def test_a_command_that_cannot_be_carried_out(
    data: Path, arguments: tuple[str, ...], code: int, word: str
) -> None:
    """Exit code 2 for a wrong call, 1 for work that failed; the last line says why, and nothing changed."""
    version = DataFolder(data).current().version
    done = parley(*arguments, data=data)
    assert done.returncode == code, done
    assert word in last_line(done)
    assert still_there(data, version)


@pytest.mark.parametrize(
    "command", [("info",), ("query", "refused-rounds"), ("dump",), ("check",), ("serve",)]
)
def test_before_any_build(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Commands that need a graph name the one that makes it, and make no folder themselves."""
    done = parley(*command, data=tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert "parley build" in done.stderr
    assert not (tmp_path / "none").exists()


def test_notes_in_a_folder_are_left_out(data: Path, tmp_path: Path) -> None:
    """A README beside the articles is not read as one; a line names it, and the build succeeds."""
    reports = keys(data)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "README.md").write_text("# Where these are from\n")
    (tmp_path / "in" / "2024-03-05-talks.txt").write_text("Talks\n\nNorway hosted talks in Oslo.\n")
    (tmp_path / "in" / "2024-03-05-talks.meta.json").write_text('{"publisher": "The Example"}')
    for paths in ([tmp_path / "in"], sorted((tmp_path / "in").glob("2024*"))):
        done = parley("build", *paths, data=data)
        assert done.returncode == 0, done.stderr
        assert len(keys(data) - reports) == 1
        left_out = [line for line in done.stderr.splitlines() if "left out" in line]
        assert [Path(line.partition(":")[0]).name for line in left_out] == ["README.md"] * (2 - len(paths))


def test_two_texts_under_one_name(data: Path, tmp_path: Path) -> None:
    """Two texts with the same publisher, date and title: the second is refused with the name of the first."""
    for name, words in (("one.txt", "Norway hosted talks."), ("two.txt", "Norway hosted no talks.")):
        (tmp_path / name).write_text(f"Talks in Oslo\n\n{words}\n")
    done = parley("build", tmp_path / "one.txt", tmp_path / "two.txt", "--date", "2024-03-05", data=data)
    assert done.returncode == 1
    assert f"of {tmp_path / 'one.txt'}" in done.stderr


def test_an_article_with_nothing_to_read(data: Path, tmp_path: Path) -> None:
    """A recipe is stored, and the run says that nothing was found in it."""
    (tmp_path / "2024-03-05-soup.txt").write_text("Soup\n\nPeel the carrots. Boil them with salt.\n")
    done = parley("build", tmp_path / "2024-03-05-soup.txt", data=data)
    assert done.returncode == 0
    assert "nothing on conflicts or talks" in done.stderr


def test_a_port_in_use(data: Path) -> None:
    """`serve` on a taken port says so in one line and ends."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = parley("serve", "--port", port, data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert port in done.stderr


def test_a_locked_folder(data: Path, tmp_path: Path) -> None:
    """While one process builds, another is told so; queries go on meanwhile."""
    version = DataFolder(data).current().version
    file = tmp_path / "2024-03-05-talks.txt"
    file.write_text("Talks\n\nNorway hosted talks in Oslo.\n")
    with DataFolder(data).lock():
        done = parley("build", file, data=data)
        assert parley("query", "refused-rounds", data=data).returncode == 0
    assert done.returncode == 1
    assert f"process {os.getpid()} is building" in done.stderr
    assert still_there(data, version)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file in the place of the data folder is one line."""
    (tmp_path / "data").write_text("a file")
    done = parley("build", data=tmp_path / "data")
    assert done.returncode == 1
    assert "cannot be used as a data folder" in last_line(done)


def test_a_killed_build(data: Path, tmp_path: Path) -> None:
    """SIGKILL amid a build: the old graph is served on, and the next build clears up and succeeds."""
    version = DataFolder(data).current().version
    file = tmp_path / "2024-03-05-talks.txt"
    file.write_text("Talks\n\nNorway hosted talks in Oslo.\n")
    with serving(data) as url, httpx.Client(base_url=url, timeout=30) as client:
        with begun("build", file, data=data) as (build, _):
            half = _until_half_written(data / "generations", build)
            os.kill(build.process, signal.SIGKILL)
            assert build.end() == -signal.SIGKILL
        assert half.exists()
        assert still_there(data, version)
        assert served(client) == version
        assert parley("build", file, data=data).returncode == 0
        built = DataFolder(data).current().version
        until(lambda: served(client) == built)
    assert not half.exists()
    assert built != version


def served(client: httpx.Client) -> str:
    """The version of the graph that a server answers from."""
    return str(client.get("/ready").json()["version"])


def test_an_interrupted_build(data: Path, tmp_path: Path) -> None:
    """Ctrl-C amid a build: one line, exit code 130, nothing left behind, nothing changed."""
    version = DataFolder(data).current().version
    file = tmp_path / "2024-03-05-talks.txt"
    file.write_text("Talks\n\nNorway hosted talks in Oslo.\n")
    with begun("build", file, data=data) as (build, said):
        half = _until_half_written(data / "generations", build)
        os.kill(build.process, signal.SIGINT)
        assert build.end() == 130
        said.seek(0)
        (line,) = said.read().decode().splitlines()
    assert "interrupted" in line
    assert not half.exists()
    assert still_there(data, version)


QUERIES = (
    (b"SELECT * { ?s ?p }", "line 1"),
    (b"INSERT DATA { <a:s> <a:p> <a:o> }", "line 1"),
    (b"SELECT * { ?s a unknown:thing }", "unknown"),
    (b"", "line 1"),
    (b"\xff\xfe", "UTF-8"),
)


@pytest.mark.parametrize(("sparql", "word"), QUERIES, ids=[str(number) for number in range(len(QUERIES))])
def test_a_query_that_cannot_be_run(data: Path, sparql: bytes, word: str) -> None:
    """One line says where the query is wrong, or what is not allowed."""
    done = parley("query", "-", data=data, stdin=sparql)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert word in done.stderr


@pytest.mark.parametrize("call", ["SERVICE", "SERVICE SILENT"])
def test_a_query_that_calls_another_server(data: Path, tmp_path: Path, call: str) -> None:
    """SERVICE is refused in one line with its place and exit code 2, from a file as from standard input."""
    file = tmp_path / "remote.rq"
    file.write_text(f"SELECT * {{\n  {call} <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}")
    for done in (parley("query", file, data=data), parley("query", "-", data=data, stdin=file.read_bytes())):
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert "line 2, column 3: SERVICE is not allowed" in done.stderr


def test_removing_the_last_text(data: Path) -> None:
    """A library without texts still has a graph, of what Parley knows by itself, and can be refilled."""
    reports = keys(data)
    assert parley("remove", *reports, data=data).returncode == 0
    assert parley("query", "refused-rounds", data=data).stdout.count("\n") == 1
    assert parley("build", SEED_REPORT, data=data).returncode == 0
    assert keys(data) == reports


def _until_half_written(generations: Path, build: Forked) -> Path:
    """The unfinished generation, once it has something in it."""
    end = time.monotonic() + 60
    while time.monotonic() < end and not build.has_ended():
        for folder in generations.glob(".partial-*"):
            if any(folder.iterdir()):
                return folder
        time.sleep(0.001)
    raise AssertionError("the build ended before it could be killed")


def _without_manifest(generation: Path) -> None:
    (generation / "manifest.json").write_text("{")


def _without_tables(generation: Path) -> None:
    for file in (generation / "store").glob("*.sst"):
        file.unlink()


def _with_zeros(generation: Path) -> None:
    for file in (generation / "store").glob("*.sst"):
        size = file.stat().st_size
        file.unlink()  # it is a link
        file.write_bytes(bytes(size))


def _without_layout(generation: Path) -> None:
    path = generation / "manifest.json"
    manifest = {name: value for name, value in json.loads(path.read_text()).items() if name != "layout"}
    path.write_text(json.dumps(manifest))


@pytest.mark.parametrize("harm", [_without_manifest, _without_tables, _with_zeros, _without_layout])
def test_an_unusable_build_is_built_anew(data: Path, harm: Callable[[Path], None]) -> None:
    """A damaged build, or one of another version, is set aside by `parley build`; the texts stay."""
    version, texts = DataFolder(data).current().version, keys(data)
    harm(data / "generations" / version)
    done = parley("build", SEED_REPORT, data=data)
    assert done.returncode == 0, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "set aside" in done.stderr
    assert still_there(data, version)
    assert keys(data) == texts
    assert (data / "generations" / f".damaged-{version}").is_dir()
    assert "Nothing to do" in parley("build", SEED_REPORT, data=data).stdout


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("query", "refused-rounds"), ("info",)])
def test_a_build_of_another_version_is_not_served_empty(data: Path, command: tuple[str, ...]) -> None:
    """Every command says in one line that the folder has to be built anew."""
    _without_layout(data / "generations" / DataFolder(data).current().version)
    done = parley(*command, data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "another version of Parley" in done.stderr
    assert done.stderr.endswith("Run: parley build\n")
