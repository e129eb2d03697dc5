"""What a graph depends on besides its texts: the code, the data that come with it, and the libraries."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.identifiers import digest

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("kg", "ontology")
_APART = (("kg", "reports"), ("ontology", "examples"))  # the reports are inputs, the examples only shown
_LIBRARIES = ("pyoxigraph", "rdflib", "spacy")  # each may change what is read or written


@cache
def code() -> str:
    """A hash of every file that has a part in building."""
    content = hashlib.sha256()
    for path in sorted(_files(), key=lambda path: path.relative_to(_ROOT).as_posix()):
        content.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
        content.update(hashlib.sha256(path.read_bytes()).digest())
    return digest(content.hexdigest(), *(f"{name} {version(name)}" for name in _LIBRARIES))


def _files() -> Iterator[Path]:
    for package in _PACKAGES:
        for path in (_ROOT / package).rglob("*"):
            inside = path.relative_to(_ROOT).parts
            if path.is_file() and path.suffix != ".pyc" and inside[:2] not in _APART:
                yield path
