"""Building from many files at once: what is left out and why, copies, and builds that are interrupted."""

import gzip
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import Forked, begun, parley

from kg.store import DataFolder

TALKS = """Envoys of {one} and {other} met in Geneva on Tuesday for another round of talks on the border.

The foreign minister of {one} told reporters that his country was ready to sign an agreement before winter.

Officials of {other} said that nothing had been agreed, and accused {one} of moving troops during the talks.

The two governments will send their deputy ministers to Vienna next month, according to the host country.

Both sides called the meeting useful, while diplomats who were in the room spoke of slow and hard work.
"""
ARTICLE = f"Round of talks ends in Geneva\n\n{TALKS.format(one='Armenia', other='Azerbaijan')}"


def keys(data: Path) -> list[str]:
    return sorted(text["key"] for text in DataFolder(data).current().manifest["built_from"])


def write(folder: Path, name: str, content: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def records(path: Path, count: int) -> Path:
    """A packed stream of different short articles."""
    lines = (
        {"title": f"Talks, day {day}", "publisher": "The Example", "date": "2024-03-05", "text": text}
        for day, text in enumerate(f"Norway hosted round {n} of the talks in Oslo." for n in range(count))
    )
    path.write_bytes(gzip.compress("".join(f"{json.dumps(line)}\n" for line in lines).encode()))
    return path


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    """Every kind of fault among good files: each is named, the summary counts them, the rest is built."""
    folder, date = tmp_path / "in", "2024-03-05"
    write(folder, f"{date}-good.txt", ARTICLE)
    write(folder, "stream.jsonl", f'{{"text": "Norway hosted talks.", "date": "{date}"}}\n{{"text": 5}}\n')
    write(folder, "empty.txt", "")
    write(folder, "picture.txt", b"\x89PNG\0\0")
    write(folder, "cut.html.gz", gzip.compress(b"<p>Talks</p>")[:-9])
    write(folder, "page.html", "<script>only()</script>")
    french = "Le ministre a dit que les négociations entre les deux pays ne sont pas terminées."
    write(folder, f"{date}-french.txt", french)
    done = parley("build", folder, tmp_path / "missing.txt", data=tmp_path / "data")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(keys(tmp_path / "data")) == 2
    for name in (
        "line 2",
        "empty.txt",
        "picture.txt",
        "cut.html.gz",
        "page.html",
        "french.txt",
        "missing.txt",
    ):
        assert len([line for line in done.stderr.splitlines() if f"{name}: " in line]) == 1
    assert "parley: 7 of 9 texts left out:" in done.stderr
    assert "  1 × is not English: it reads like French" in done.stderr


def test_many_faults_are_grouped(tmp_path: Path) -> None:
    """Beyond twenty, faults are counted by reason, with a few examples, and not listed."""
    for number in range(30):
        write(tmp_path / "in", f"{number:02}.txt", "" if number else ARTICLE)
    done = parley("build", tmp_path / "in", data=tmp_path / "data")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert "parley: 29 of 30 texts left out:" in said
    assert said[-1].startswith("  29 × holds no text (")
    assert "01.txt; " in said[-1]
    assert len(said) < 5


FRENCH = "Le ministre a dit que les négociations ne sont pas terminées."


@dataclass(frozen=True)
class Stored:
    """What a build said, and the data folder that it made."""

    done: subprocess.CompletedProcess[str]
    data: Path


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """The build of an article and a French text; no test may change what it made."""
    folder = tmp_path_factory.mktemp("stored")
    write(folder / "in", "french.txt", FRENCH)
    write(folder / "in", "good.txt", ARTICLE)
    return Stored(parley("build", folder / "in", data=folder / "data"), folder / "data")


def test_a_text_for_another_reader_is_no_fault(stored: Stored) -> None:
    """A French text among others leaves the exit code 0."""
    assert stored.done.returncode == 0, stored.done.stderr
    assert "it reads like French" in stored.done.stderr
    assert len(keys(stored.data)) == 1


def test_a_text_for_another_reader_alone_is_one(tmp_path: Path) -> None:
    """Where nothing else could be stored the exit code is 1, and nothing is made."""
    done = parley("build", write(tmp_path, "french.txt", FRENCH), data=tmp_path / "data")
    assert done.returncode == 1
    assert "it reads like French" in done.stderr
    assert not (tmp_path / "data").exists()


DRESSES = {
    "name": ARTICLE,
    "white space": ARTICLE.replace("\n\n", "\r\n\r\n\r\n").replace(" talks", "\u00a0 talks"),
    "wrapped": ARTICLE.replace(" and ", "\nand "),
    "signs": ARTICLE.replace(",", " –").upper(),
    "furniture": "Home | World | Subscribe to our newsletter\n\n"
    + ARTICLE.replace("\n\nOfficials", "\n\nADVERTISEMENT\n\nOfficials"),
    "page": "<html><body><article><h1>Round of talks ends in Geneva</h1>"
    + "".join(f"<p>{part}</p>" for part in ARTICLE.split("\n\n")[1:])
    + "</article></body></html>",
}


def test_copies_are_found_by_content(tmp_path: Path) -> None:
    """The same text under another name or in other dress is stored once, whatever the order of the files."""
    first = write(tmp_path, "a.txt", ARTICLE)
    copies = [
        write(tmp_path, f"{dress}.{'html' if dress == 'page' else 'txt'}", text)
        for dress, text in DRESSES.items()
    ]
    for number, paths in enumerate(([first, *copies], [*reversed(copies), first])):
        data = tmp_path / f"data{number}"
        done = parley("build", *paths, data=data)
        assert done.returncode == 0, done.stderr
        for copy in copies:
            assert f"parley: {copy}: is the same text as {first}" in done.stderr
        assert len(keys(data)) == 1
    assert keys(tmp_path / "data0") == keys(tmp_path / "data1")


def test_a_copy_of_a_stored_text_is_left_out(stored: Stored, tmp_path: Path) -> None:
    """What came in an earlier build stays, and a copy that comes later is left out with its key."""
    (key,) = keys(stored.data)
    copy = write(tmp_path, "b.txt", ARTICLE.replace("Round of talks ends in Geneva", "In Geneva"))
    done = parley("build", copy, data=stored.data)
    assert (done.returncode, keys(stored.data)) == (0, [key])
    assert f"{copy}: is the same text as {key}" in done.stderr
    assert "Nothing to do" in done.stdout


def test_texts_that_are_only_alike_are_kept(tmp_path: Path) -> None:
    """Texts of one form that differ by a name, and one text from two outlets, are no copies."""
    write(tmp_path / "in", "a.txt", ARTICLE)
    alike = TALKS.format(one="Armenia", other="Turkey")
    write(tmp_path / "in", "b.txt", f"Round of talks with Turkey\n\n{alike}")
    for name, outlet in (("c", "The Example"), ("d", "The Other")):
        header = f'+++\npublisher = "{outlet}"\n+++\n'
        text = ARTICLE.replace("Armenia", "Serbia").replace("Azerbaijan", "Kosovo")
        write(tmp_path / "in", f"{name}.txt", header + text)
    done = parley("build", tmp_path / "in", data=tmp_path / "data")
    assert (done.returncode, len(keys(tmp_path / "data"))) == (0, 4), done.stderr


@pytest.mark.parametrize("harm", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path, harm: signal.Signals) -> None:
    """After a build was stopped amid hundreds of texts, the next one reads only those that were not read.

    It says so in one line, and its result in another: progress is for terminals.
    """
    count, data = 200, tmp_path / "data"
    stream = records(tmp_path / "stream.jsonl.gz", count)
    with begun("build", stream, data=data) as (build, _):
        _until_graphs(data, 20, build)
        os.kill(build.process, harm)
        build.end()
    before = _graphs(data)
    assert 20 <= len(before) < count
    done = parley("build", stream, data=data)
    assert done.returncode == 0, done.stderr
    assert f"Read {count - len(before)} texts" in done.stdout
    assert len(done.stdout.splitlines()) == 2
    assert not {"\r", "\x1b"} & {*done.stderr}
    after = _graphs(data)
    assert (len(keys(data)), len(after)) == (count, count)
    assert before.items() <= after.items()


def _graphs(data: Path) -> dict[str, int]:
    """The kept graphs of single texts, each with the time of its writing."""
    return {file.name: file.stat().st_mtime_ns for file in (data / "cache").glob("[!.]*.nt")}


def _until_graphs(data: Path, count: int, build: Forked) -> None:
    until = time.monotonic() + 60
    while len(_graphs(data)) < count:
        assert not build.has_ended(), "the build ended before it could be stopped"
        assert time.monotonic() < until
        time.sleep(0.005)
