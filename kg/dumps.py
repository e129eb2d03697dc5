"""Writes the whole graph in the formats that people download: plain, compressed, and with checksums."""

import gzip
import hashlib
import re
import shutil
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg import triples

NAME = "parley"


_VOID = re.compile(r"<([^<>]+/)graph/void> \.$")


def base(folder: Path) -> str | None:
    """The base that the graphs of a dump are named by, or None where it cannot be told."""
    try:
        with (folder / f"{NAME}.nq").open(encoding="utf-8") as lines:
            return next((found[1] for found in map(_VOID.search, lines) if found), None)
    except (OSError, UnicodeDecodeError):
        return None


def write(folder: Path, quads: list[str]) -> None:
    """Fill `folder` from sorted N-Quads lines: with the same lines come the same bytes.

    N-Quads and JSON-LD keep the named graphs; Turtle holds the union of their triples.
    """
    folder.mkdir()
    nquads = folder / f"{NAME}.nq"
    nquads.write_text("".join(f"{line}\n" for line in quads), "utf-8")
    (folder / f"{NAME}.ttl").write_bytes(triples.written(parse(path=nquads), RdfFormat.TURTLE))
    by_graph = sorted(parse(path=nquads), key=lambda quad: str(quad.graph_name))  # a stable sort
    (folder / f"{NAME}.jsonld").write_bytes(triples.written(by_graph, RdfFormat.JSON_LD))
    for file in sorted(folder.iterdir()):
        _compress(file)
    _write_checksums(folder)


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
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
