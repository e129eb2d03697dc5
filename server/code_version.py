"""Which code answers: two servers whose files differ may write the same data in different bytes."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

_OURS = ("kg", "ontology", "queries", "server")
_SKIPPED = ("__pycache__",)


@cache
def code_version() -> str:
    """A digest of our files as they were when this was first asked for, and of the engine's version."""
    told = blake2b(metadata.version("pyoxigraph").encode(), digest_size=9)
    for name, content in _files():
        told.update(f"{name}\0{len(content)}\0".encode() + content)
    return told.hexdigest()


@cache
def code_time() -> float:
    """When the newest of our files was written, in seconds since 1970."""
    return max(path.stat().st_mtime for _, path in _paths())


def _files() -> Iterator[tuple[str, bytes]]:
    for name, path in _paths():
        yield name, path.read_bytes()


def _paths() -> Iterator[tuple[str, Path]]:
    for package in _OURS:
        found = find_spec(package)
        for folder in sorted(found.submodule_search_locations or ()) if found else ():
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file() and not set(_SKIPPED) & set(path.parts):
                    yield f"{package}/{path.relative_to(folder)}", path
