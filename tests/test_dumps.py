"""The files of a built graph: every syntax with the same triples, each graph in one piece, and tables."""

import gzip
import hashlib
import json
import subprocess
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Built
from csvw import CSVW
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg import dumps
from kg.dumps import graphs, listing, nanopublications, triple_terms
from kg.dumps.earlier import Earlier
from kg.dumps.listing import GraphFiles, Listing
from kg.dumps.tables import METADATA
from kg.formats import RDF_FORMATS
from kg.vocab import PREFIXES, Base

WRITERS = {row.extension: row.writer for row in RDF_FORMATS}
SMALL = 2_000  # triples of a graph that is read in each syntax
NP = "http://www.nanopub.org/nschema#"


@pytest.fixture(scope="module")
def listed(lone: Built) -> Listing:
    """The dumps of one report."""
    found = listing.read(lone.generation.dumps)
    assert found
    return found


def _document(listed: Listing, graph: GraphFiles, ending: str) -> bytes:
    """One graph as a client gets it: the head of its file, its piece, and the tail."""
    file = listed.file(f"parley.{ending}")
    assert file
    content = (listed.folder / file.name).read_bytes()
    piece = graph.pieces[ending]
    tail = content[file.size - file.tail :]
    return content[: file.head] + content[piece.start : piece.start + piece.size] + tail


def test_checksums_and_sizes(listed: Listing) -> None:
    """`sha256sum --check` accepts the folder, whose files are all listed with their sizes."""
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=listed.folder, check=True)
    there = {path.name: path.stat().st_size for path in listed.folder.iterdir()}
    apart = {dumps.MANIFEST, dumps.CHECKSUMS}
    assert {file.name: file.size for file in listed.files} == {
        n: s for n, s in there.items() if n not in apart
    }
    summed = (listed.folder / dumps.CHECKSUMS).read_text("utf-8").splitlines()
    assert {line.partition("  ")[2] for line in summed} == there.keys() - {dumps.CHECKSUMS}


def test_manifest_tells_counts_types_and_inputs(lone: Built, listed: Listing) -> None:
    """The manifest has version, code, inputs with checksums, and the media type of each file."""
    assert listed.version == lone.generation.version
    assert listed.about["graphs"] == lone.generation.manifest["graphs"]
    assert listed.about["built_from"] == lone.generation.manifest["built_from"]
    assert all(len(text["sha256"]) == 64 for text in listed.about["built_from"])
    kinds = {file.name: file.media_type for file in listed.files}
    for row in RDF_FORMATS:
        assert kinds[f"parley.{row.extension}"] == kinds[f"parley.{row.extension}.gz"] == row.content_type
    assert listed.endings == graphs.endings()
    assert len(listed.endings) == 12
    quads = listed.about["triples"]
    assert {file.triples for file in listed.of_graphs()} == {quads}


@pytest.mark.parametrize("extension", WRITERS)
def test_packed_files_hold_the_plain_ones(listed: Listing, extension: str) -> None:
    """A packed file unpacks to the plain one, though it has a member for each piece."""
    content = (listed.folder / f"parley.{extension}").read_bytes()
    assert gzip.decompress((listed.folder / f"parley.{extension}.gz").read_bytes()) == content


# Those that wrap what they hold: the others are pieces put one after another, as these are inside.
@pytest.mark.parametrize("extension", ["trig", "jsonld", "rdf"])
def test_whole_dumps_hold_everything(lone: Built, listed: Listing, extension: str) -> None:
    """A whole dump can be read, and has as many triples as the graph."""
    store = Store()
    store.bulk_load(path=listed.folder / f"parley.{extension}", format=WRITERS[extension])
    if WRITERS[extension].supports_datasets:
        held = {f"<{graph.iri}>" for graph in listed.graphs() if graph.triples}
        assert len(store) == listed.about["triples"]
        assert {str(name) for name in store.named_graphs()} == held
    else:
        union = lone.store.quads_for_pattern(None, None, None, DefaultGraph())
        assert len(store) == sum(1 for _ in union)


def test_each_graph_is_a_document(lone: Built, listed: Listing) -> None:
    """Each graph has its checksum in each syntax; small ones are read, and have the same triples in all."""
    store, read = lone.store, 0
    for graph in listed.graphs():
        found = set[frozenset[Triple]]()
        for ending in listed.endings:
            document = _document(listed, graph, ending)
            assert hashlib.sha256(document).hexdigest() == graph.pieces[ending].sha256
            if graph.triples <= SMALL:
                plain = gzip.decompress(document) if ending.endswith(".gz") else document
                extension = ending.removesuffix(".gz")
                found.add(frozenset(quad.triple for quad in parse(plain, WRITERS[extension])))
        if found:
            name = NamedNode(graph.iri)
            assert found == {frozenset(q.triple for q in store.quads_for_pattern(None, None, None, name))}
            read += 1
    assert read >= 2


def test_odd_graphs(tmp_path: Path) -> None:
    """Empty graphs and odd characters pass; RDF/XML leaves out, and does not count, what XML cannot hold."""
    odd = {"a": "line\r\nnext\rlast", "b": "\u2028\u0085 <&>\"'\\", "c": "no \x0b XML", "d": "x" * 10}
    lines = [
        f"{Triple(NamedNode(f'http://e/{s}'), NamedNode('http://e/p'), Literal(o))} ." for s, o in odd.items()
    ]
    base = Base("http://e/")
    given = {str(base.graph("odd")): sorted(lines), str(base.graph("empty")): []}
    written = {file.name: file for file in graphs.write(tmp_path, given, base)}
    assert (written["parley.nt"].triples, written["parley.rdf"].triples) == (4, 3)
    listed = Listing(tmp_path, tuple(written.values()), {"graph_endings": graphs.endings()})
    wanted = {quad.triple for quad in parse("\n".join(lines), RdfFormat.N_TRIPLES)}
    for name, triples in {"odd": wanted, "empty": set[Triple]()}.items():
        graph = listed.graph(name)
        assert graph
        for extension, writer in WRITERS.items():
            held = {quad.triple for quad in parse(_document(listed, graph, extension), writer)}
            unwritable = {t for t in triples if extension == "rdf" and "XML" in str(t.object)}
            assert held == triples - unwritable, extension


def test_runs_of_a_long_graph_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph that is written in several runs reads as one in every syntax."""
    monkeypatch.setattr("kg.dumps.syntaxes._LONGEST", 7)
    base, subjects = Base("http://e/"), [f"http://e/{n:03}" for n in range(30)]
    lines = sorted(f"<{s}> <http://e/p> <{o}> ." for s in subjects for o in subjects[:3])
    files = tuple(graphs.write(tmp_path, {str(base.graph("g")): lines, str(base.graph("h")): lines}, base))
    listed = Listing(tmp_path, files, {"graph_endings": graphs.endings()})
    wanted = {quad.triple for quad in parse("\n".join(lines), RdfFormat.N_TRIPLES)}
    for extension, writer in WRITERS.items():
        for graph in listed.graphs():
            document = _document(listed, graph, f"{extension}.gz")
            assert {quad.triple for quad in parse(gzip.decompress(document), writer)} == wanted
        whole = list(parse((tmp_path / f"parley.{extension}").read_bytes(), writer))
        assert {quad.triple for quad in whole} == wanted
        assert len(whole) == 2 * len(lines)


def test_statements_reify_what_they_say(lone: Built, listed: Listing) -> None:
    """In RDF 1.2 a statement and its propositions reify the triple that they say, which nothing asserts."""
    texts = [(listed.folder / f"{triple_terms.STEM}.{extension}").read_bytes() for extension in ("nt", "ttl")]
    nt, ttl = (
        {quad.triple for quad in parse(text, WRITERS[ending])}
        for text, ending in zip(texts, ("nt", "ttl"), strict=True)
    )
    assert nt == ttl
    reified = {(t.subject, t.object) for t in nt if t.predicate.value.endswith("#reifies")}
    said = defaultdict(set)
    for node, triple in reified:
        assert isinstance(triple, Triple)
        said[triple].add(node)
    ns, rel = PREFIXES["parley"], PREFIXES["rel"]
    france, biased = "state/france", f"{rel}hasBiasedPositionIn"
    (accused,) = [
        triple
        for triple in said
        if str(triple.subject).endswith(f"{france}>")
        and triple.predicate.value == biased
        and isinstance(triple.object, NamedNode)
    ]
    speakers = {
        quad.object
        for node in said[accused]
        for quad in lone.store.quads_for_pattern(node, NamedNode(f"{ns}hasSpeaker"), None)
    }
    assert {str(one).rpartition("/")[2] for one in speakers} == {"ilham-aliyev>"}
    assert accused not in nt
    assert not list(lone.store.quads_for_pattern(*accused))
    kinds = {file.media_type for file in listed.files if file.name.startswith(triple_terms.STEM)}
    assert all(kind.endswith("; version=1.2") for kind in kinds)


def test_nanopublications_are_well_formed(lone: Built, listed: Listing) -> None:
    """Each keeps all criteria of the guidelines, and there is one for each statement."""
    text = (listed.folder / f"{nanopublications.STEM}.trig").read_bytes()
    by_graph = defaultdict[str, list[Quad]](list)
    for quad in parse(text, RdfFormat.TRIG):
        assert isinstance(quad.graph_name, NamedNode)
        by_graph[quad.graph_name.value].append(quad)
    heads = [name for name in by_graph if name.endswith("#Head")]
    statement = f"{PREFIXES['parley']}Statement"
    assert len(heads) == _things(lone.store, statement)
    used = set(heads)
    for head in heads:
        this = head.removesuffix("#Head")
        told = {(quad.predicate.value, quad.object) for quad in by_graph[head]}
        assert len(told) == len(by_graph[head]) == 4
        parts = [f"{this}#{part}" for part in ("assertion", "provenance", "pubinfo")]
        links = ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        assert {(f"{NP}{link}", NamedNode(part)) for link, part in zip(links, parts, strict=True)} < told
        assert {quad.subject for quad in by_graph[head]} == {NamedNode(this)}
        assert all(by_graph[part] for part in parts)
        assert NamedNode(parts[0]) in {quad.subject for quad in by_graph[parts[1]]}
        assert {quad.subject for quad in by_graph[parts[2]]} == {NamedNode(this)}
        used.update(parts)
    assert used == by_graph.keys()


@pytest.fixture(scope="module")
def tables(lone: Built) -> CSVW:
    """The tables as a program for CSV on the Web reads them."""
    return CSVW(str(lone.generation.dumps / METADATA), validate=True)


def test_tables_are_what_their_description_says(tables: CSVW) -> None:
    """csvw finds nothing wrong with types, keys and columns."""
    assert tables.is_valid
    assert [str(table.url) for table in tables.tables] == ["statements.csv", "events.csv", "refusals.csv"]


def test_tables_hold_what_the_graph_holds(lone: Built, tables: CSVW) -> None:
    """A row for each statement, each event of a source and each refusal, with names beside the IRIs."""
    statements, events, refusals = (list(table) for table in tables.tables)
    ns = PREFIXES["parley"]
    count = {kind: _things(lone.store, f"{ns}{kind}") for kind in ("Statement", "Refusal")}
    assert len(statements) == count["Statement"] > 15
    assert len(refusals) == count["Refusal"] == 2
    factual = {
        quad.subject for quad in lone.store.quads_for_pattern(None, NamedNode(f"{ns}factuality"), None)
    }
    assert len(events) == len(factual)
    (spain,) = [row for row in refusals if "Spain" in row["place_name"]]
    assert (spain["refused_by_name"], spain["earliest"]) == (["Ilham Aliyev"], "2023-10-01")
    assert "biased position" in spain["ground_content"][0]
    (joint,) = [row for row in statements if len(row["speaker"]) == 2 and row["stance"] == "expect"]
    assert joint["speaker_name"] == ["Armenia", "Azerbaijan"]


def _things(store: Store, kind: str) -> int:
    """How many things have this class."""
    typed = store.quads_for_pattern(None, NamedNode(f"{PREFIXES['rdf']}type"), NamedNode(kind))
    return len({quad.subject for quad in typed})


def test_what_has_a_page_is_listed(lone: Built, listed: Listing) -> None:
    """The list of things is sorted, without copies, and each is there in the graph."""
    things = (listed.folder / dumps.THINGS).read_text("utf-8").splitlines()
    assert things == sorted(set(things))
    assert {"state/france", "dataset/parley"} <= set(things)
    for thing in things[::500]:
        node = NamedNode(str(lone.generation.base.id(thing)))
        assert next(lone.store.quads_for_pattern(node, None, None), None)


def test_listing_lines_are_json(listed: Listing) -> None:
    """graphs.jsonl has a line for each graph of the manifest, with start, size and checksum of each piece."""
    rows = [json.loads(line) for line in (listed.folder / dumps.GRAPHS).read_text("utf-8").splitlines()]
    assert {row["iri"]: row["triples"] for row in rows} == listed.about["graphs"]
    assert all(len(row["pieces"]) == 12 for row in rows)


def _change(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


HARMS: dict[str, Callable[[Path, int], object]] = {
    "none": lambda path, at: None,
    "a changed byte": _change,
    "cut short": lambda path, at: path.write_bytes(path.read_bytes()[:at]),
    "gone": lambda path, at: path.unlink(),
}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("name", ["parley.nt", "parley.ttl.gz"])
def test_what_stays_the_same_is_copied_where_it_is_sound(tmp_path: Path, name: str, harm: str) -> None:
    """Beside a graph that changed the files have the same bytes as if all were new, and so they have where
    a file of the build before was damaged; what is whole there is taken from it.
    """
    base = Base("http://e/")
    names = [str(base.graph(name)) for name in ("a", "b", "c")]
    triples = [f'<http://e/{n:03}> <http://e/p> "\U0001f54a" .' for n in range(40)]
    odd = [*triples, '<http://e/1> <http://e/p> "no \\u000B XML" .']
    before, after = (dict(zip(names, (one, triples, sorted(odd)), strict=True)) for one in (triples, odd[:7]))
    for folder in ("before", "copied", "new"):
        (tmp_path / folder).mkdir()
    listing.write(tmp_path / "before", graphs.write(tmp_path / "before", before, base), {})
    listed = listing.read(tmp_path / "before")
    assert listed
    piece = {graph.iri: graph for graph in listed.graphs()}[names[1]].pieces[name.removeprefix("parley.")]
    HARMS[harm](tmp_path / "before" / name, piece.start + piece.size // 2)
    earlier = Earlier(tmp_path / "before")
    assert [bool(earlier.find(iri, after[iri])) for iri in names] == [False, harm == "none", False]
    copied = [*graphs.write(tmp_path / "copied", after, base, earlier)]
    assert copied == [*graphs.write(tmp_path / "new", after, base)]
    for file in copied:
        assert (tmp_path / "copied" / file.name).read_bytes() == (tmp_path / "new" / file.name).read_bytes()


@pytest.mark.parametrize("content", [b"{", b"[]", b"5", b'{"iri": 1}', b'{"pieces": {"nq": 5}}', b"\xff"])
def test_a_damaged_index_is_none(tmp_path: Path, content: bytes) -> None:
    """Where the list of pieces of the build before cannot be read, nothing is copied."""
    base, lines = Base("http://e/"), ['<http://e/s> <http://e/p> "o" .']
    iri = str(base.graph("a"))
    listing.write(tmp_path, graphs.write(tmp_path, {iri: lines}, base), {})
    assert Earlier(tmp_path).find(iri, lines)
    (tmp_path / dumps.GRAPHS).write_bytes(content)
    assert Earlier(tmp_path).find(iri, lines) is None
