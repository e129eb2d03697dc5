"""Writes the whole graph in the formats that people download: plain, compressed, and with checksums."""

import gzip
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg import runs, triples, union

NAME = "parley"
_VOID = re.compile(r"<([^<>]+/)graph/void> \.$")


def base(folder: Path) -> str | None:
    """The base that the graphs of a dump are named by, or None where it cannot be told."""
    try:
        with (folder / f"{NAME}.nq").open(encoding="utf-8") as lines:
            return next((found[1] for found in map(_VOID.search, lines) if found), None)
    except (OSError, UnicodeDecodeError):
        return None


def write(folder: Path, graphs: Mapping[str, Iterable[str]]) -> None:
    """Fill `folder` from graphs by IRI, each as sorted lines of N-Triples: same lines, same bytes.

    N-Quads and JSON-LD keep the named graphs; Turtle holds the union of their triples. Memory is that of one
    graph, or of a run of lines, however many graphs there are.
    """
    folder.mkdir()
    named = (triples.in_graph(lines, name) for name, lines in graphs.items())
    runs.write(runs.in_order(named, folder), nquads(folder))
    _write_turtle(folder)
    in_order = sorted(graphs, key=lambda name: f"<{name}>")  # as pyoxigraph writes, and so sorts, names
    quads = (quad for name in in_order for quad in _quads(graphs[name], name))
    triples.write(quads, RdfFormat.JSON_LD, folder / f"{NAME}.jsonld")
    for file in sorted(folder.iterdir()):
        _compress(file)
    _write_checksums(folder)


def nquads(folder: Path) -> Path:
    """The dump that holds every quad on a line of its own, sorted."""
    return folder / f"{NAME}.nq"


def _write_turtle(folder: Path) -> None:
    once = folder / ".union.nt"
    runs.write(union.of(runs.lines(nquads(folder))), once)
    triples.write(_triples(once), RdfFormat.TURTLE, folder / f"{NAME}.ttl")
    once.unlink()


def _triples(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path=path, format=RdfFormat.N_TRIPLES))


def _quads(lines: Iterable[str], name: str) -> Iterator[Quad]:
    return iter(parse("\n".join(triples.in_graph(lines, name)), RdfFormat.N_QUADS))


def _compress(file: Path) -> None:
    """NAME.gz beside the file, without the time and the name that gzip would put into its header."""
    with (
        file.open("rb") as plain,
        file.with_name(f"{file.name}.gz").open("wb") as packed,
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as stream,
    ):
        shutil.copyfileobj(plain, stream)


def _write_checksums(folder: Path) -> None:
    """SHA256SUMS in the form that `sha256sum --check` reads."""
    files = sorted(folder.iterdir())
    sums = [f"{_sha256(file)}  {file.name}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
