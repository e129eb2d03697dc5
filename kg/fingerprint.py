"""What a graph depends on besides its texts: the code, the data that come with it, and the libraries."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kg.identifiers import digest

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("kg", "ontology")
_APART = (("kg", "reports"), ("ontology", "examples"))  # the reports are inputs, the examples only shown
_LIBRARIES = ("pyoxigraph", "rdflib", "spacy")  # each may change what is read or written


@cache
def code() -> str:
    """A hash of every file that has a part in building."""
    from importlib.metadata import version  # takes a while, which a start need not

    content = hashlib.sha256()
    for name, path in sorted((Path(file.path).relative_to(_ROOT).as_posix(), file.path) for file in _files()):
        content.update(f"{name}\0".encode())
        content.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest(content.hexdigest(), *(f"{name} {version(name)}" for name in _LIBRARIES))


def state(*modules: str) -> tuple[str, float]:
    """A hash that is another one once these files or libraries are others, and when one last changed.

    Of `modules` alone where some are named. It goes by names, sizes and times, as Python does for what it has
    compiled, and takes milliseconds. The time is in seconds since 1970. Raises OSError where the package is
    no folder of files.
    """
    files = [] if modules else sorted((file.path, file.stat()) for file in _files())
    specs = (find_spec(name) for name in modules or _LIBRARIES)
    files += [(spec.origin, Path(spec.origin).stat()) for spec in specs if spec and spec.origin]
    told = (f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in files)
    return digest(*told), max(stat.st_ctime for _, stat in files)


def _files() -> Iterator["os.DirEntry[str]"]:
    folders = [str(_ROOT / package) for package in _PACKAGES]
    apart = {str(_ROOT.joinpath(*parts)) for parts in _APART}
    while folders:
        for file in os.scandir(folders.pop()):
            if not file.is_dir():
                yield file
            elif file.name != "__pycache__" and file.path not in apart:
                folders.append(file.path)
