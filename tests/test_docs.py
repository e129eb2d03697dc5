"""What the documents show is so: commands print it, routes answer, paths exist, versions agree."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from command_line import ROOT, answering, environment, parley
from conftest import Built

import queries
from kg import __version__, hermit
from kg.store import DataFolder

README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "DECISIONS.md",
    "LICENSE-DATA",
    "docs/operations.md",
    "docs/ontology.md",
    "docs/python.md",
)
ADDRESS = "http://127.0.0.1:8000"  # where the documents have the server
# Lines whose counts and versions move with the reader; their words do not.
_MOVING = ("Read ", "Built ", "Parley serves ")
_COUNT = r"\b[0-9a-f]{16}\b|(?<![\w-])\d[\d,]*(?= [a-z])"
_FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_TOP = ("ontology", "kg", "server", "queries", "tests", "docs", "bench")


@dataclass(frozen=True)
class Step:
    """A command as one types it, and what the document shows below it."""

    command: str
    shown: str


@dataclass(frozen=True)
class Place:
    """Where the tour takes place: a folder whose `data` was built, its server, and what both said."""

    folder: Path
    said: str
    url: str

    def run(self, command: str) -> str:
        """What a shell prints for a command that is aimed at the documented address; it has to succeed."""
        env = environment(COLUMNS="100", PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}")
        typed = ["sh", "-c", command.replace(ADDRESS, self.url)]
        done = subprocess.run(
            typed, cwd=self.folder, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        return done.stdout.replace(self.url, ADDRESS)


def blocks(*languages: str, text: str = README) -> list[str]:
    """The fenced blocks of a document in these languages, in order."""
    return [fence["text"] for fence in _FENCE.finditer(text) if fence["language"] in languages]


def steps(block: str) -> Iterator[Step]:
    """The commands of a console block; one goes on over lines until its quotation marks are closed."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        end = next(n for n in range(1, len(lines) + 1) if _is_whole("\n".join(lines[:n])))
        yield Step("\n".join(lines[:end]), "\n".join(lines[end:]))


def _is_whole(command: str) -> bool:
    try:
        return bool(shlex.split(command))
    except ValueError:
        return False


def agrees(shown: str, printed: str) -> bool:
    """Whether the output is the one shown: `…` stands for anything, and alone on a line for any lines."""
    pattern = "".join(map(_pattern, shown.splitlines()))
    return re.fullmatch(pattern, "".join(f"{_even(line)}\n" for line in printed.splitlines())) is not None


def _pattern(line: str) -> str:
    if line.strip() == "…":
        return r"(?:.*\n)*"
    loose = re.compile(f"…|{_COUNT}" if line.startswith(_MOVING) else "…")
    fixed = [re.escape(part) for part in loose.split(_even(line))]
    return ".*".join(fixed) + r"\n"


def _even(line: str) -> str:
    return " ".join(line.split())


@pytest.fixture(scope="module")
def place(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """What `make run` leaves behind: the graph of the shipped reports, served, and `parley` on the PATH."""
    folder = tmp_path_factory.mktemp("tour")
    command = folder / "bin" / "parley"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m server.cli "$@"\n')
    command.chmod(0o755)
    built.copied(folder / "data")
    with answering(data=folder / "data") as server:
        said = built.said.replace(str(built.folder.path), "data") + server.said.replace(server.url, ADDRESS)
        yield Place(folder, said, server.url)


def test_the_tour(place: Place) -> None:
    """Every command of the README works, in its order, and prints what is shown below it.

    One of them is `parley check`, which succeeds only where the shipped reports keep every rule.
    """
    absent = [tool for tool in ("curl", "sha256sum") if shutil.which(tool) is None]
    if absent:
        pytest.skip(f"install {' and '.join(absent)} to run the commands of the README")
    told = [step for block in blocks("console") for step in steps(block)]
    tour = [step for step in told if not step.command.startswith("make ")]
    assert len(tour) == 13
    for step in tour:
        if step.command.startswith("cat "):
            (place.folder / step.command.removeprefix("cat ")).write_text(f"{step.shown}\n", "utf-8")
        printed = place.run(_as_typed(step.command))
        if step.command == "parley check" and shutil.which("java") is None:
            continue  # it works, and has more to say than the README shows
        assert agrees(step.shown, printed), f"$ {step.command}\n{printed}"


def _as_typed(command: str) -> str:
    """A question as a terminal gets it; to a pipe `parley query` would write CSV."""
    return f"{command} --format table" if command.startswith("parley query ") else command


def test_the_two_commands(place: Place) -> None:
    """`make run` and `make test` are targets, and the first says what is shown: set-up, build, address."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    made = {step.command: step.shown for block in blocks("console") for step in steps(block)}
    targets = {name.removeprefix("make ") for name in made if name.startswith("make ")}
    assert targets == {"run", "test"} <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    (setting_up,) = re.findall(r'echo "(Setting up [^"]*)"', makefile)
    assert agrees(made["make run"], f"{setting_up}\n{place.said}"), place.said


def test_the_python_example(place: Place) -> None:
    """The lines of Python print the text below them."""
    (code,), (shown,) = blocks("python"), blocks("text")
    assert agrees(shown, place.run(f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}"))


@pytest.mark.skipif(not hermit.available(), reason="HermiT needs Java: install a Java runtime")
def test_the_graph_as_python_objects(place: Place) -> None:
    """The commands of docs/python.md make its files, and each example prints the text below it."""
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    for step in (step for block in blocks("console", text=text) for step in steps(block)):
        assert agrees(step.shown, place.run(step.command))
    examples = [*zip(blocks("python", text=text), blocks("text", text=text), strict=True)]
    assert len(examples) == 2
    options = f"JAVA_TOOL_OPTIONS={shlex.quote(' '.join(hermit.QUICK))}"
    for code, shown in examples:
        printed = place.run(f"{options} {shlex.quote(sys.executable)} -c {shlex.quote(code)}")
        assert agrees(shown, printed), printed


def test_the_graph_holds_the_turtle_shown(place: Place) -> None:
    """Each triple of the README is in the graph that a first build makes."""
    (turtle,) = blocks("turtle")
    store = DataFolder(place.folder / "data").current().open()
    triples = [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
    missing = [str(triple) for triple in triples if not any(store.quads_for_pattern(*triple))]
    assert len(triples) == 15
    assert not missing


def test_routes_answer(place: Place) -> None:
    """Every address that the README names has a page or data behind it."""
    routes = re.findall(r"`(/[^`\s]*)`", README)
    assert len(routes) == 21
    for route in set(routes) - {"/quality"}:  # which takes seconds, and has tests of its own
        with urlopen(place.url + route, timeout=60) as answer:
            assert answer.status == 200


def test_commands_and_questions_named_in_prose_exist() -> None:
    """A `parley …` in any document is a command, and what `parley query` asks is a shipped question."""
    known = set(re.findall(r"^  (\w+)  ", parley("--help").stdout, re.MULTILINE))
    for document in DOCUMENTS:
        text = (ROOT / document).read_text("utf-8")
        assert set(re.findall(r"(?:`|\$ )parley (\w+)", text)) <= known, document
        assert set(re.findall(r"parley query ([a-z][a-z-]+)", text)) - {"alone"} <= set(queries.load())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_exist(document: str) -> None:
    """Files, folders and links that a document names are there; `*` stands for at least one file."""
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(rf"(?<![\w/.])((?:{'|'.join(_TOP)})/[\w./*-]*[\w/])(?![\w:])", text)
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert not [path for path in {*named, *linked} if not any(ROOT.glob(path.rstrip("/")))]
    tables = set(re.findall(r"`(\w+\.toml)`", text))
    assert not [table for table in tables if not any((ROOT / "kg").rglob(table))]


def test_versions_and_dates_agree() -> None:
    """The newest heading of the changelog and the citation give the version of the code, and one date."""
    heading = re.search(r"^## \[(\S+)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    fields = dict(re.findall(r"^([\w-]+): (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE))
    assert heading
    assert (heading[1], heading[2]) == (fields["version"], fields["date-released"])
    assert fields["version"] == __version__
