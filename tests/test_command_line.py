"""The commands as a user meets them: real processes, their output, their exit codes."""

import csv
import io
import json
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import pytest
from command_line import PARLEY, environment, on_terminal, parley, serving, start
from conftest import Built
from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from kg.store import DataFolder

COMMANDS = (
    "build", "check", "dump", "evaluate", "generations", "info",
    "query", "read", "remove", "rollback", "serve",
)  # fmt: skip
ARTICLE = """Envoys of Norland and Sudria meet in Geneva

Norlandian President Ada Berg met Sudrian President Omar Diaz in Geneva on Tuesday.

"We want peace," Berg said in a statement.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article of our own, with its date in a header."""
    file = tmp_path / "article.txt"
    file.write_text(f'+++\ndate = 2024-03-05\npublisher = "The Example"\n+++\n{ARTICLE}', "utf-8")
    return file


@pytest.fixture
def data(lone: Built, tmp_path: Path) -> Path:
    """A copy of the folder with one shipped report, to change at will."""
    return lone.copied(tmp_path / "data")


def keys(data: Path) -> set[str]:
    return {text["key"] for text in DataFolder(data).current().manifest["built_from"]}


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_examples(command: str) -> None:
    """`--help` of every command has examples, and the list of commands names it."""
    shown = parley(command, "--help")
    assert shown.returncode == 0
    assert f"parley {command}" in shown.stdout.partition("Example")[2]
    assert f"\n  {command} " in parley("--help").stdout


def test_building_twice_does_nothing_twice(built: Built, tmp_path: Path) -> None:
    """A second build of the same texts writes nothing, and says so."""
    data = built.copied(tmp_path / "data")
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    done = parley("build", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing to do")
    changed = {path.name for path in data.rglob("*") if path.stat().st_mtime_ns != before.get(path)}
    assert changed <= {"lock"}


def test_an_article_joins_and_leaves_without_touching_the_others(data: Path, article: Path) -> None:
    """Building a PATH adds it, and reads only it; removing it gives the former version back.

    How far a build is would be shown on a terminal; here it is not.
    """
    version, reports = DataFolder(data).current().version, keys(data)
    added = parley("build", article, data=data)
    assert added.returncode == 0, added.stderr
    assert added.stdout.count("Read ") == 1
    assert "Joining" not in added.stderr + added.stdout
    (key,) = keys(data) - reports
    assert key.startswith("article/the-example-2024-03-05")
    removed = parley("remove", key, data=data)
    assert removed.returncode == 0, removed.stderr
    assert "Read " not in removed.stdout
    assert DataFolder(data).current().version == version


def test_a_corrected_date_replaces_the_text(data: Path, tmp_path: Path) -> None:
    """The same file without a date and then with one is one text; the first run says what is missing."""
    file = tmp_path / "undated.txt"
    file.write_text(ARTICLE, "utf-8")
    reports = keys(data)
    undated = parley("build", file, data=data)
    assert undated.returncode == 0
    assert "no date of publication" in undated.stderr
    parley("build", file, "--date", "2024-03-05", data=data)
    (key,) = keys(data) - reports
    assert "2024-03-05" in key


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a base of its own, to copy."""
    folder = tmp_path_factory.mktemp("based")
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    done = parley("build", folder / "article.txt", "--base", "https://example.org/kg/", data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


def test_the_base_of_instances_is_chosen_once(based: Path, article: Path, tmp_path: Path) -> None:
    """`--base` names instances and graphs and stays with the folder; the vocabulary does not move."""
    own = Path(shutil.copytree(based, tmp_path / "own", symlinks=True))
    assert parley("build", article, data=own).returncode == 0
    nquads = parley("dump", data=own).stdout
    assert "<https://example.org/kg/graph/inferred>" in nquads
    assert "<https://example.org/kg/id/article/" in nquads
    assert "https://w3id.org/parley/id/" not in nquads
    assert "https://w3id.org/parley/ns#Article" in nquads


def test_the_base_outlives_a_damaged_build(based: Path, tmp_path: Path) -> None:
    """Instances keep their IRIs when the only build that says what they begin with is damaged."""
    data = Path(shutil.copytree(based, tmp_path / "data", symlinks=True))
    (DataFolder(data).current().folder / "manifest.json").write_text("{")
    assert parley("build", data=data).returncode == 0
    assert DataFolder(data).current().base.iri == "https://example.org/kg/"


def test_a_shipped_question_is_asked_by_name(data: Path) -> None:
    """`query NAME` gives rows as CSV in a pipe, and as a table where one is asked for."""
    rows = list(csv.reader(io.StringIO(parley("query", "refused-rounds", data=data).stdout)))
    assert len(rows) > 1
    table = parley("query", "refused-rounds", "--format", "table", data=data, COLUMNS="300").stdout
    assert table.splitlines()[0].split() == rows[0]
    records = parley("query", "refused-rounds", "--format", "table", data=data, COLUMNS="60").stdout
    assert [line.split()[0] for line in records.splitlines() if not line.startswith(" ")][1] == rows[0][0]
    assert max(map(len, records.splitlines())) <= 60
    assert table.rstrip().endswith(f"{len(rows) - 1} rows")


def test_a_question_takes_values_and_gives_parts(data: Path) -> None:
    """`--param` narrows the rows as over HTTP, `--limit` and `--offset` take some; what is wrong is named."""
    named = ("query", "refused-rounds", "--param", "refuser=person/ilham-aliyev")
    rows = list(csv.DictReader(io.StringIO(parley(*named, data=data).stdout)))
    assert {row["refuserLabel"] for row in rows} == {"Ilham Aliyev"}
    part = list(
        csv.DictReader(io.StringIO(parley(*named, "--limit", "1", "--offset", "1", data=data).stdout))
    )
    assert part == rows[1:2]
    for given, said in (
        (("--param", "from=yesterday"), "give a day of the calendar as YYYY-MM-DD"),
        (("--param", "refusers=x"), "its parameters are refuser, from, to"),
    ):
        done = parley("query", "refused-rounds", *given, data=data)
        assert done.returncode != 0
        assert said in done.stderr


def test_without_a_query_the_questions_are_listed(data: Path) -> None:
    """`parley query` alone names every shipped question."""
    listed = parley("query", data=data).stdout
    assert "refused-rounds" in listed
    assert "transit-states" in listed


@pytest.mark.parametrize(
    ("sparql", "format", "expected"),
    [
        ("SELECT (1 AS ?n) {}", "csv", "n\r\n1\r\n"),
        ("SELECT (1 AS ?n) {}", "tsv", "?n\n1\n"),
        ("ASK {}", "table", "yes\n"),
        ("CONSTRUCT {<a:s> <a:p> 1} {}", "ntriples", None),
        ("SELECT (1 AS ?n) {}", "json", None),
    ],
)
def test_own_queries_come_from_standard_input(data: Path, sparql: str, format: str, expected: str) -> None:
    """`query -` reads SPARQL from standard input and answers in the format that is asked for."""
    done = parley("query", "-", "--format", format, data=data, stdin=sparql.encode())
    assert done.returncode == 0, done.stderr
    if format == "json":
        assert json.loads(done.stdout)["results"]["bindings"][0]["n"]["value"] == "1"
    elif format == "ntriples":
        assert done.stdout.startswith("<a:s> <a:p>")
    else:
        assert done.stdout == expected


@pytest.fixture(scope="module")
def held(built: Built) -> set[Triple]:
    """The triples of the shipped graph without those of blank nodes, which have other names in each file."""
    return _named(built.store)


@pytest.mark.parametrize("format", ["nquads", "turtle", "jsonld", "trig", "ntriples", "rdfxml"])
def test_dumps_can_be_read_back(built: Built, held: set[Triple], format: str) -> None:
    """Every format of `dump` parses to the triples of the store."""
    dumped = parley("dump", "--format", format, data=built.folder.path)
    assert dumped.returncode == 0, dumped.stderr
    by_name = {"nquads": RdfFormat.N_QUADS, "turtle": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
    by_name |= {"trig": RdfFormat.TRIG, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}
    assert _named(parse(dumped.stdout, by_name[format])) == held


def _named(quads: Iterable[Quad]) -> set[Triple]:
    return {quad.triple for quad in quads if BlankNode not in (type(quad.subject), type(quad.object))}


def test_one_graph_is_dumped_by_name(data: Path) -> None:
    """`dump --graph` gives that graph alone; an unknown name is one line."""
    inferred = parley("dump", "--graph", "inferred", data=data).stdout.splitlines()
    assert inferred
    assert all(line.endswith("graph/inferred> .") for line in inferred)
    unknown = parley("dump", "--graph", "nothing", data=data)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert len(unknown.stderr.splitlines()) == 1


def test_checksums_of_the_dumps_are_right(data: Path) -> None:
    """`sha256sum --check` accepts what is written beside the dumps."""
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=data / "current/dumps", check=True)


def test_info_names_graphs_and_texts(data: Path) -> None:
    """`info` gives the version, the counts and the texts."""
    said = parley("info", data=data).stdout
    manifest = DataFolder(data).current().manifest
    assert f"{manifest['triples']:,}" in said
    assert DataFolder(data).current().version in said
    assert "inferred" in said


def test_a_reading_is_shown_with_its_words(article: Path) -> None:
    """`read` shows actors and statements with the words and their place; with `--format` it gives RDF."""
    said = parley("read", article)
    assert said.returncode == 0, said.stderr
    assert "Ada Berg" in said.stdout
    assert "Statements" in said.stdout
    turtle = parley("read", article, "--format", "turtle").stdout
    assert "parley:exactText" in turtle
    assert list(parse(turtle, RdfFormat.TURTLE))


def test_the_server_follows_a_build_and_the_way_back(data: Path, article: Path) -> None:
    """A running server serves the next graph as soon as it is built, and the former one after a rollback."""
    with serving(data) as url:
        before = _version(url)
        assert parley("build", article, data=data).returncode == 0
        built = DataFolder(data).current().version
        assert _becomes(url, built) != before
        assert f"Back to version {before}" in parley("rollback", data=data).stdout
        assert _becomes(url, before) == DataFolder(data).current().version
        listed = parley("generations", data=data).stdout.splitlines()[2:]
        assert [line.split()[:2] for line in listed if "→" in line] == [["→", before]]
        assert f"Back to version {built}" in parley("rollback", data=data).stdout


def test_as_many_graphs_are_kept_as_one_says(data: Path, article: Path) -> None:
    """`--kept` is how many versions a build leaves, by the flag or the variable of the server's setting."""
    for number in range(2):
        article.write_text(f"{ARTICLE}\nNumber {number}.\n", "utf-8")
        assert parley("build", article, data=data, PARLEY_KEPT="2").returncode == 0
    assert len(DataFolder(data).generations()) == 2
    assert parley("build", article, "--kept", "1", data=data).returncode == 2


def _becomes(url: str, version: str) -> str:
    """The version that is served, once it is this one."""
    until = time.monotonic() + 60
    while (served := _version(url)) != version:
        assert time.monotonic() < until, f"{served} is served still"
        time.sleep(0.05)
    return served


def _version(url: str) -> str:
    with urllib.request.urlopen(f"{url}/health", timeout=30) as answer:
        return str(json.load(answer)["version"])


def test_a_reader_that_leaves_early_is_no_error(data: Path) -> None:
    """`parley dump | head -1` ends without a complaint."""
    line = f"{' '.join(PARLEY)} dump | head -n 1"
    done = subprocess.run(
        line, shell=True, env=environment(PARLEY_DATA=str(data)), capture_output=True, check=True
    )
    assert (len(done.stdout.splitlines()), done.stderr) == (1, b"")


def test_interrupting_the_server_stops_it_quietly(data: Path) -> None:
    """Ctrl-C ends `serve` without a traceback."""
    process = start("serve", "--port", "0", data=data)
    assert process.stdout
    assert "http://" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert "Traceback" not in rest


def test_progress_is_for_terminals(article: Path, tmp_path: Path) -> None:
    """A build on a terminal shows how far it is."""
    done = on_terminal("build", article, data=tmp_path / "shown")
    assert done.returncode == 0
    assert re.search(r"\rJoining: 3 of \d+ ", done.stdout.replace("\x1b[K", ""))
