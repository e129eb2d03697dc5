"""Writes the files that hold all graphs, one after another, in every syntax at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.dumps import GRAPHS, NAME
from kg.dumps.earlier import Earlier, Stretch
from kg.dumps.listing import File, GraphFiles, files, graph_line, on_disk
from kg.dumps.sinks import Pair, Piece
from kg.dumps.syntaxes import Run, Syntax, runs, table
from kg.vocab import Base

_KEPT = "graphs kept apart"
_JOINED = "graphs one after another, so that a triple of two of them stands twice"


@dataclass
class _Writer:
    """The two files of one syntax."""

    syntax: Syntax
    pair: Pair
    graphs: int = 0

    @property
    def endings(self) -> tuple[str, str]:
        extension = self.syntax.format.extension
        return extension, f"{extension}.gz"

    def begin(self) -> None:
        if self.graphs:
            self.pair.write(self.syntax.between)
        self.pair.begin()
        self.graphs += 1

    def open(self, graph: str) -> None:
        self.pair.write(self.syntax.opening(graph))

    def add(self, run: Run, first: bool) -> None:
        self.pair.write((b"" if first else self.syntax.joint) + self.syntax.body(run))

    def close(self) -> None:
        self.pair.write(self.syntax.closing)

    def copy(self, found: Mapping[str, Stretch]) -> None:
        plain, packed = (found[ending].chunks() for ending in self.endings)
        self.pair.copy(plain, packed)

    def end(self) -> Iterator[tuple[str, Piece]]:
        return zip(self.endings, self.pair.end(), strict=True)


def write(
    folder: Path, graphs: Mapping[str, Sequence[str]], base: Base, earlier: Earlier | None = None
) -> Iterator[File]:
    """Fill `folder` from graphs by IRI, each as sorted lines of N-Triples: same lines, same bytes.

    What `earlier` has of them is copied, so that a build writes only what it changed.
    Memory is that of one graph, and of a run of lines in each syntax, however many graphs there are.
    """
    writers = [
        _Writer(row, Pair(folder / f"{NAME}.{row.format.extension}", row.head, row.tail)) for row in table()
    ]
    total = left_out = 0
    with (folder / GRAPHS).open("w", encoding="utf-8", newline="\n") as index:
        for iri in sorted(graphs):
            one, unwritten = _graph(iri, graphs[iri], writers, base, earlier or Earlier())
            total, left_out = total + one.triples, left_out + unwritten
            index.write(f"{graph_line(one)}\n")
    for writer in writers:
        form = writer.syntax.format
        kept = form.writer.supports_datasets
        held = total - left_out if form.name == "rdfxml" else total
        title = f"{form.label}, {_KEPT if kept else _JOINED}"
        yield from files(writer.pair.close(), title, form.content_type, triples=held, conforms_to=form.iri)
    yield on_disk(folder / GRAPHS, "Where each graph lies in these files", "application/jsonl")


def _graph(
    iri: str, lines: Sequence[str], writers: Sequence[_Writer], base: Base, earlier: Earlier
) -> tuple[GraphFiles, int]:
    """Write one graph; tells how many of its triples RDF/XML cannot hold."""
    left_out = 0
    for writer in writers:
        writer.begin()
    if found := earlier.find(iri, lines):
        for writer in writers:
            writer.copy(found)
    else:
        left_out = _written(iri, lines, writers)
    pieces = dict(piece for writer in writers for piece in writer.end())
    return GraphFiles(iri.removeprefix(str(base.graph(""))), iri, len(lines), pieces), left_out


def _written(iri: str, lines: Sequence[str], writers: Sequence[_Writer]) -> int:
    """Write the lines in every syntax; how many of them RDF/XML cannot hold."""
    left_out = 0
    for writer in writers:
        writer.open(iri)
    for number, run in enumerate(runs(iri, lines)):
        left_out += len(run.triples) - len(run.in_xml)
        for writer in writers:
            writer.add(run, first=not number)
    for writer in writers:
        writer.close()
    return left_out


def endings() -> tuple[str, ...]:
    """Those of the files, such as `nq` and `nq.gz`."""
    extensions = (row.format.extension for row in table())
    return tuple(name for extension in extensions for name in (extension, f"{extension}.gz"))
