"""The default graph is a set: what several graphs say is there once, for server and `parley query`."""

from functools import cache
from pathlib import Path

import pytest
from command_line import parley
from pyoxigraph import DefaultGraph, RdfFormat, parse

from kg.formats import RESULT_FORMATS
from kg.store import DataFolder
from server.engine.contract import Dataset, Formats, Question
from server.engine.local import StoreEngine

NAMES = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?name {graphs} {{ {pattern} }}"
LABEL = "<https://w3id.org/parley/id/person/ilham-aliyev> rdfs:label ?name"
TEXTS = {
    "2024-03-05-oslo.txt": "Oslo\n\nAzerbaijani President Ilham Aliyev met envoys in Oslo on Tuesday.\n",
    "2024-03-06-doha.txt": "Doha\n\nIlham Aliyev said on Wednesday that he wanted peace.\n",
    "2024-03-07-bern.txt": "Bern\n\nIlham Aliyev said on Thursday that he would come again.\n",
}
AUTHORITY = "FROM <https://w3id.org/parley/graph/authority>"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three articles that name one person whom the authority data name too."""
    folder = tmp_path_factory.mktemp("union")
    for name, words in TEXTS.items():
        (folder / name).write_text(words)
    done = parley("build", *(folder / name for name in TEXTS), data=folder / "data")
    assert done.returncode == 0, done.stderr
    return folder / "data"


@cache
def named(data: Path) -> list[str]:
    """The named graphs with the label, as FROM clauses."""
    quads = parse(path=DataFolder(data).current().dumps / "parley.nq", format=RdfFormat.N_QUADS)
    wanted = LABEL.replace("rdfs:", "http://www.w3.org/2000/01/rdf-schema#").split()[0]
    held = (q for q in quads if str(q.subject) == wanted and q.predicate.value.endswith("#label"))
    return sorted(f"FROM {quad.graph_name}" for quad in held)


def small(data: Path) -> list[str]:
    """Those of the articles, which are merged in a moment."""
    return [clause for clause in named(data) if clause != AUTHORITY]


def rows(data: Path, query: str, default: tuple[str, ...] = ()) -> list[str]:
    """The lines below the head of the answer in CSV; engine and command line have to agree on them."""
    formats = Formats(results=next(row for row in RESULT_FORMATS if row.name == "csv"))
    answer = StoreEngine(DataFolder(data)).ask(Question(query, formats, Dataset(default)))
    lines = answer.body.decode().splitlines()
    if not default:
        asked = parley("query", "-", "--format", "csv", data=data, stdin=query.encode())
        assert asked.stdout.splitlines() == lines, asked.stderr
    return lines[1:]


def test_a_label_that_stands_in_four_graphs_is_one_row(data: Path) -> None:
    """Authority and three articles give the name; a pattern matches it once, inside GRAPH four times."""
    assert len(named(data)) == 4
    assert rows(data, NAMES.format(graphs="", pattern=LABEL)) == ["Ilham Aliyev"]
    assert rows(data, NAMES.format(graphs="", pattern=f"GRAPH ?g {{ {LABEL} }}")) == ["Ilham Aliyev"] * 4


def test_counts_are_those_of_a_set(data: Path) -> None:
    """COUNT(*) gives the number of different triples of all named graphs."""
    quads = parse(path=DataFolder(data).current().dumps / "parley.nq", format=RdfFormat.N_QUADS)
    assert rows(data, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [str(len({q.triple for q in quads}))]


def test_from_merges_the_graphs_that_it_names(data: Path) -> None:
    """Several FROM make one graph, in which a triple is there once; the others are not seen."""
    graphs = small(data)
    assert len(graphs) == 3
    assert rows(data, NAMES.format(graphs=f"{graphs[0]} {AUTHORITY}", pattern=LABEL)) == ["Ilham Aliyev"]
    assert rows(data, NAMES.format(graphs=" ".join(graphs), pattern=LABEL)) == ["Ilham Aliyev"]
    assert rows(data, NAMES.format(graphs=graphs[0], pattern=LABEL)) == ["Ilham Aliyev"]
    assert rows(data, NAMES.format(graphs=f"{graphs[0]} " * 2, pattern=LABEL)) == ["Ilham Aliyev"]
    assert rows(data, NAMES.format(graphs="FROM <https://e.org/none>", pattern=LABEL)) == []


def test_from_by_prefix_and_base(data: Path) -> None:
    """Names of graphs may be short, as other names may."""
    first, second, _ = (clause.removeprefix("FROM <").removesuffix(">") for clause in small(data))
    head = f"PREFIX g: <{first[:-3]}> BASE <{second[:-3]}>"
    short = NAMES.format(graphs=f"FROM g:{first[-3:]} FROM <{second.rpartition('/')[2]}>", pattern=LABEL)
    assert rows(data, f"{head} {short}") == ["Ilham Aliyev"]


def test_from_named_leaves_the_default_graph_empty(data: Path) -> None:
    """Patterns outside GRAPH see nothing of FROM NAMED; beside FROM, each sees its own graphs."""
    one, two, three = small(data)
    only = f"FROM NAMED {one.removeprefix('FROM ')}"
    assert rows(data, NAMES.format(graphs=only, pattern=LABEL)) == []
    assert rows(data, NAMES.format(graphs=only, pattern=f"GRAPH ?g {{ {LABEL} }}")) == ["Ilham Aliyev"]
    both = f"{two} {three} {only}"
    assert rows(data, NAMES.format(graphs=both, pattern=LABEL)) == ["Ilham Aliyev"]
    assert rows(data, NAMES.format(graphs=both, pattern=f"GRAPH ?g {{ {LABEL} }}")) == ["Ilham Aliyev"]


def test_graphs_of_the_protocol_are_merged_too(data: Path) -> None:
    """Several default-graph-uri, one of them twice, make one graph."""
    iris = [clause.removeprefix("FROM <").removesuffix(">") for clause in small(data)]
    assert rows(data, NAMES.format(graphs="", pattern=LABEL), (*iris, iris[0])) == ["Ilham Aliyev"]


def test_blank_nodes_are_shared_by_both(data: Path) -> None:
    """A blank node of a named graph is the same node in the default graph."""
    query = (
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o FILTER(isBlank(?s)) } FILTER NOT EXISTS { ?s ?p ?o } }"
    )
    assert rows(data, query) == ["0"]
    assert rows(data, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(isBlank(?s)) }") != ["0"]


def test_what_is_handed_out_has_named_graphs_only(data: Path) -> None:
    """Dumps, the counts of `parley info` and the start of the server leave the copies out."""
    generation = DataFolder(data).current()
    quads = list(parse(path=generation.dumps / "parley.nq", format=RdfFormat.N_QUADS))
    assert DefaultGraph() not in {quad.graph_name for quad in quads}
    assert len(quads) == generation.manifest["triples"] == sum(generation.manifest["graphs"].values())
