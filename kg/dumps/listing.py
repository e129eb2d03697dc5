"""What a folder of dumps says of itself: manifest.json, graphs.jsonl and SHA256SUMS."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.dumps import CHECKSUMS, GRAPHS, MANIFEST, NAME
from kg.dumps.sinks import Piece, Whole

GZIP = "application/gzip"


@dataclass(frozen=True)
class File:
    """One file; `media_type` is that of what is in it, `packed` whether gzip packs it; sizes in bytes.

    `triples` counts the lines that it would have in N-Triples or N-Quads; `rows` those of a table.
    """

    name: str
    title: str
    media_type: str
    size: int
    sha256: str
    packed: bool = False
    triples: int | None = None
    rows: int | None = None
    head: int = 0
    tail: int = 0
    conforms_to: str | None = None

    @property
    def content_type(self) -> str:
        """What the file is sent as. A packed one is no content coding: who checks it keeps it packed."""
        return GZIP if self.packed else self.media_type


@dataclass(frozen=True)
class GraphFiles:
    """One graph: its name and IRI, how many triples, and its piece of each file by that file's ending."""

    name: str
    iri: str
    triples: int
    pieces: Mapping[str, Piece]


@dataclass(frozen=True)
class Listing:
    """A folder of dumps; `about` is what else manifest.json says."""

    folder: Path
    files: tuple[File, ...]
    about: Mapping[str, Any]

    @property
    def version(self) -> str:
        return str(self.about["version"])

    def file(self, name: str) -> File | None:
        """The file of this name, if it is listed."""
        return next((file for file in self.files if file.name == name), None)

    def of_graphs(self) -> tuple[File, ...]:
        """The files that hold the graphs in pieces."""
        return tuple(filter(None, (self.file(f"{NAME}.{ending}") for ending in self.endings)))

    @property
    def endings(self) -> tuple[str, ...]:
        """Those of the files that hold the graphs in pieces, such as `nq.gz`."""
        return tuple(self.about.get("graph_endings", ()))

    def graphs(self) -> Iterator[GraphFiles]:
        """Every graph, sorted by name; read line by line, since there may be thousands."""
        path = self.folder / GRAPHS
        if not path.exists():
            return
        with path.open(encoding="utf-8") as lines:
            yield from map(_graph, lines)

    def graph(self, name: str) -> GraphFiles | None:
        """The graph of this name, if there is one."""
        return next((graph for graph in self.graphs() if graph.name == name), None)


def files(whole: tuple[Whole, Whole], title: str, media_type: str, **more: Any) -> Iterator[File]:
    """The rows for a file and its packed twin."""
    for one, packed in zip(whole, (False, True), strict=True):
        more |= {"packed": packed, "head": one.head, "tail": one.tail}
        yield File(one.name, title, media_type, one.size, one.sha256, **more)


def on_disk(path: Path, title: str, media_type: str, **more: Any) -> File:
    """The row for a file that is there already."""
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return File(path.name, title, media_type, path.stat().st_size, sha256, **more)


def graph_line(graph: GraphFiles) -> str:
    """One line of graphs.jsonl."""
    pieces = {ending: (piece.start, piece.size, piece.sha256) for ending, piece in graph.pieces.items()}
    told = {"name": graph.name, "iri": graph.iri, "triples": graph.triples, "pieces": pieces}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _graph(line: str) -> GraphFiles:
    told = json.loads(line)
    pieces = {ending: Piece(*piece) for ending, piece in told["pieces"].items()}
    return GraphFiles(told["name"], told["iri"], told["triples"], pieces)


def write(folder: Path, listed: Iterable[File], about: Mapping[str, Any]) -> None:
    """Write manifest.json and SHA256SUMS, which `sha256sum --check` reads."""
    told = sorted(listed, key=lambda file: file.name)
    rows = [{key: value for key, value in asdict(file).items() if value is not None} for file in told]
    content = json.dumps({**about, "files": rows}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(f"{content}\n", "utf-8")
    sums = {file.name: file.sha256 for file in told}
    sums[MANIFEST] = on_disk(folder / MANIFEST, "", "").sha256
    lines = (f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items()))
    (folder / CHECKSUMS).write_text("".join(lines), "utf-8")


def read(folder: Path) -> Listing | None:
    """What the folder holds, or None where it holds no dumps."""
    try:
        about = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Listing(folder, tuple(File(**row) for row in about.pop("files")), about)
    except (OSError, ValueError, KeyError, TypeError):
        return None
