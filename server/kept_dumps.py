"""The dumps of every version that is kept, the current one first."""

from functools import lru_cache
from pathlib import Path

from kg.dumps import CHECKSUMS, MANIFEST, NAME, listing
from kg.dumps.listing import File, GraphFiles, Listing
from kg.generation import Generation
from server.stretches import Body, Stretch

_TEXT = "text/plain; charset=utf-8"


def kept(present: Generation) -> dict[str, Listing]:
    """Each listing by its version. None for a store that changes, which has no dumps."""
    if present.folder.name != present.version:  # it is in memory, and has no folder
        return {}
    beside = (path for path in present.folder.parent.iterdir() if not path.name.startswith("."))
    earlier = sorted((path for path in beside if path != present.folder), key=_age)
    found = {path.name: _listing(path / "dumps") for path in (present.folder, *earlier)}
    return {version: one for version, one in found.items() if one}


def special(listed: Listing, name: str) -> File | None:
    """The manifest and the checksums, which no list of files can have in it."""
    types = {MANIFEST: "application/json", CHECKSUMS: _TEXT}
    path = listed.folder / name
    return listing.on_disk(path, "", types[name]) if name in types and path.exists() else None


def document(listed: Listing, graph: GraphFiles, ending: str) -> tuple[File, Body, str] | None:
    """A graph as a document: the file that its bytes are of, the body, and its checksum."""
    piece = graph.pieces.get(ending)
    file = listed.file(f"{NAME}.{ending}")
    if piece is None or file is None:
        return None
    head, tail = Stretch(0, file.head), Stretch(file.size - file.tail, file.tail)
    return file, Body((head, Stretch(piece.start, piece.size), tail)), piece.sha256


def _age(path: Path) -> float:
    """For the youngest first; what goes meanwhile comes last."""
    try:
        return -path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _listing(folder: Path) -> Listing | None:
    try:
        return _read(folder, (folder / MANIFEST).stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _read(folder: Path, written: int) -> Listing | None:
    """Read once for each that was written."""
    return listing.read(folder)
