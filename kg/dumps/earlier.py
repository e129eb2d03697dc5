"""The dumps of the build before: a graph that is the same is copied, not written."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg import triples
from kg.dumps import NAME, listing
from kg.dumps.listing import File, GraphFiles

_CHUNK = 1 << 20  # bytes that are in memory at once
_LINES = "nq"  # the ending of the file that is made of the lines as they are
# How many triples RDF/XML cannot hold is known from writing them, so graphs with such characters are written.
_UNSURE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\\[ubfU]")


@dataclass(frozen=True)
class Stretch:
    """A run of bytes in a file."""

    path: Path
    start: int
    size: int

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in order; fewer than `size` where the file is too short."""
        left = self.size
        with self.path.open("rb") as file:
            file.seek(self.start)
            while left and (chunk := file.read(min(left, _CHUNK))):
                left -= len(chunk)
                yield chunk


class Earlier:
    """The single graphs in a folder of dumps that the same code wrote; none where there is no such folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._listing = listing.read(folder) if folder else None

    def find(self, iri: str, lines: Sequence[str]) -> Mapping[str, Stretch] | None:
        """Where this graph stands, by the ending of the file; None unless it does, whole, in every file.

        Checksums tell whether the graph is the same, and whether any file was damaged since.
        """
        graph = self._graphs.get(iri)
        if self._listing is None or graph is None or not _holds(graph, lines):
            return None
        files = {ending: self._listing.file(f"{NAME}.{ending}") for ending in graph.pieces}
        try:
            whole = all(file and self._is_sound(file, graph, ending) for ending, file in files.items())
        except (OSError, ValueError, TypeError):  # the index may say anything
            return None
        return {ending: self._stretch(graph, ending) for ending in graph.pieces} if whole else None

    @cached_property
    def _graphs(self) -> Mapping[str, GraphFiles]:
        """None at all where the index is damaged."""
        try:
            return {graph.iri: graph for graph in self._listing.graphs()} if self._listing else {}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def _stretch(self, graph: GraphFiles, ending: str) -> Stretch:
        assert self._listing
        piece = graph.pieces[ending]
        return Stretch(self._listing.folder / f"{NAME}.{ending}", piece.start, piece.size)

    def _is_sound(self, file: File, graph: GraphFiles, ending: str) -> bool:
        found = self._stretch(graph, ending)
        head, tail = Stretch(found.path, 0, file.head), Stretch(found.path, file.size - file.tail, file.tail)
        document = hashlib.sha256()
        for part in (head, found, tail):
            for chunk in part.chunks():
                document.update(chunk)
        return document.hexdigest() == graph.pieces[ending].sha256


def _holds(graph: GraphFiles, lines: Sequence[str]) -> bool:
    """Whether the graph is made of these lines, none of which RDF/XML could be unable to hold."""
    if len(lines) != graph.triples or _LINES not in graph.pieces:
        return False
    document = "".join(f"{line}\n" for line in triples.in_graph(lines, graph.iri))
    same = hashlib.sha256(document.encode()).hexdigest() == graph.pieces[_LINES].sha256
    return same and not _UNSURE.search(document)
