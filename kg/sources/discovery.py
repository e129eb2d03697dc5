"""Which files to load: those that are named, and those that the named folders hold."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import kg
from kg.errors import SourceError
from kg.sources.decoding import read_text
from kg.sources.fields import sidecar_of
from kg.sources.forms import FORMS, unknown_form
from kg.sources.headers import opens_with_header
from kg.sources.paths import form_of, kind_of, shown


@dataclass(frozen=True)
class Discovered:
    """The files to load, the Markdown files of folders that are no articles, and the paths of no use."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()
    failed: tuple[SourceError, ...] = ()


def shipped_reports() -> list[Path]:
    """The reports that come with Parley, sorted by name."""
    return sorted((Path(kg.__file__).parent / "reports").glob("*.md"))


def discover(paths: Iterable[Path | str]) -> Discovered:
    """Each file given, and under each folder given every file with texts in it, once, sorted by path.

    A .md file without a header, more often a README than an article, is left out unless it is named; so are
    hidden files and folders (their names open with a dot), and sidecars beside the files that they describe.
    Links to folders are not followed. A missing path, a file of another kind, a folder that cannot be listed
    and one without texts are no use.
    """
    given = [Path(path) for path in paths]
    sidecars = {sidecar_of(path) for path in given}
    found: dict[Path, Path] = {}
    others: dict[Path, Path] = {}
    failed: list[SourceError] = []
    for path in sorted(given, reverse=True):
        if path in sidecars:
            continue
        if kind_of(path) == "folder":
            files, notes = _in_folder(path, failed)
            found.update(_whole(files))
            others.update(_whole(notes))
        elif fault := _fault(path):
            failed.append(fault)
        else:
            found[path.resolve()] = path
    left_out = (file for whole, file in others.items() if whole not in found)
    failed.sort(key=str)
    return Discovered(tuple(sorted(found.values())), tuple(sorted(left_out)), tuple(failed))


def _fault(path: Path) -> SourceError | None:
    if kind_of(path) == "nothing":
        return SourceError("there is no such file or folder", shown(path), "Check the path")
    return unknown_form(path)


def _whole(files: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Each file by its resolved path, which is one whatever it is called by."""
    return ((file.resolve(), file) for file in sorted(files, reverse=True))


def _in_folder(folder: Path, failed: list[SourceError]) -> tuple[list[Path], list[Path]]:
    """The texts of a folder, and the Markdown files in it that are none; faults go to `failed`."""
    before = len(failed)
    files = list(_walk(folder, failed))
    notes = [file for file in files if form_of(file) == ".md" and not _may_have_header(file)]
    texts = [file for file in files if file not in set(notes)]
    if not texts and len(failed) == before:
        what = "the folder holds no text: no .txt, .html or .jsonl file, and no .md file with a header"
        failed.append(SourceError(what, shown(folder), "Give another folder, or a file"))
    return texts, notes


def _walk(folder: Path, failed: list[SourceError]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        what, where = f"cannot be listed: {error.strerror}", shown(Path(str(error.filename)))
        failed.append(SourceError(what, where, "Check its permissions"))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and form_of(Path(name)) in FORMS:
                yield Path(root, name)


def _may_have_header(file: Path) -> bool:
    """Whether a Markdown file opens with a header; where that cannot be told, loading it will say why."""
    try:
        return opens_with_header(read_text(file))
    except SourceError:
        return True
