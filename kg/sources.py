"""Loads articles and reports from files: the text, untouched, and what is known of its publication.

A `.txt` file is an article whose first line is its title; that line stays part of the text. A file that opens
with a TOML header between `+++` lines has its body as text; `.md` with a header is a report unless the
header's `kind` says "article". Each citation field comes from the first of these that gives it: the caller's
option, the header, NAME.meta.json beside the file, the text's first line (title) or the file name (date).
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import NoReturn

from kg.decoding import kind_of, read_text, shown
from kg.errors import SourceError
from kg.headers import Fields, file_name_date, opens_with_header, sidecar, sidecar_of, split_header
from kg.identifiers import source_slug
from kg.model import Citation, Source

SUFFIXES = (".txt", ".md")
_TITLE_LIMIT = 300  # characters; a longer first line is a paragraph, and the text has no title


@dataclass(frozen=True)
class Loaded:
    """A source, and where its date came from: option, header, sidecar, file name, or None."""

    source: Source
    date_from: str | None
    licence: str | None = None


def load(
    path: Path | str, date: Day | None = None, publisher: str | None = None, title: str | None = None
) -> Loaded:
    """The article or report in one file; `date`, `publisher` and `title` win over what the file says.

    The hash is that of the text in UTF-8, whatever the encoding of the file. Raises SourceError, one line
    that says what is wrong and how to mend it, for a file that cannot be read as text or whose header,
    sidecar or date is wrong, and for a report without a title, because it would cite nothing.
    """
    path = Path(path)
    where = shown(path)
    _check_suffix(path, where)
    header, text = split_header(read_text(path), where)
    if not text or text.isspace():
        raise SourceError("holds no text", where, "Give a file with an article in it")
    places = {
        "option": Fields(title=title, publisher=publisher, date=date),
        "header": header or Fields(),
        "sidecar": sidecar(path),
    }
    kind = _kind(path, header)
    day, date_from = _date(path, places)
    citation = Citation(
        title=_title(kind, places.values(), text, where),
        publisher=_first(places.values(), "publisher"),
        author=_first(places.values(), "author"),
        date=day,
        url=_first(places.values(), "url"),
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = Source(kind, citation, text, sha256, source_slug(citation, sha256))
    return Loaded(source, date_from, _first(places.values(), "licence"))


def _check_suffix(path: Path, where: str) -> None:
    if path.suffix.lower() not in SUFFIXES and kind_of(path) != "folder":
        raise SourceError("is not a .txt or .md file", where, "Save the article as plain text in UTF-8")


def _kind(path: Path, header: Fields | None) -> str:
    """What the header says; else a Markdown file with a header is a report, and the rest are articles."""
    if header is None:
        return "article"
    return header.kind or ("report" if path.suffix.lower() == ".md" else "article")


def _first(places: Iterable[Fields], name: str) -> str | None:
    """The first value that the places, in order, give this field."""
    return next((value for place in places if (value := getattr(place, name))), None)


def _date(path: Path, places: dict[str, Fields]) -> tuple[Day | None, str | None]:
    """The day of publication and where it was found; the file name is asked last."""
    for name, place in places.items():
        if place.date is not None:
            return place.date, name
    day = file_name_date(path)
    return day, None if day is None else "file name"


def _title(kind: str, places: Iterable[Fields], text: str, where: str) -> str:
    """The title given, else the first line with something on it; a report's must be given."""
    given = _first(places, "title")
    if given is not None:
        return given
    if kind == "report":
        raise SourceError(
            "the report's header gives no title", where, 'Add title = "…" of the article it restates'
        )
    line = " ".join(text.lstrip().splitlines()[0].lstrip("#").split())
    return line if len(line) <= _TITLE_LIMIT else ""


def shipped_reports() -> list[Path]:
    """The reports that come with Parley, sorted by name."""
    return sorted(Path(__file__).with_name("reports").glob("*.md"))


@dataclass(frozen=True)
class Discovered:
    """The files to load, and the Markdown files of folders that are no reports; both sorted."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()


def discover(paths: Iterable[Path | str]) -> Discovered:
    """Each file given, and under each folder given every .txt file and every .md file with a header, once.

    A .md file without a header, more often a README than an article, is left out unless it is named; so are
    hidden files and folders (their names open with a dot), and sidecars beside the files that they describe.
    Links to folders are not followed. Raises SourceError for a missing path, a file of another kind, or a
    folder without texts.
    """
    given = [Path(path) for path in paths]
    sidecars = {sidecar_of(path) for path in given}
    files = _once(file for path in given if path not in sidecars for file in _files(path))
    others = _once(file for path in given if kind_of(path) == "folder" for file in _walk(path))
    left_out = (file for whole, file in others.items() if whole not in files)
    return Discovered(tuple(sorted(files.values())), tuple(sorted(left_out)))


def _once(files: Iterable[Path]) -> dict[Path, Path]:
    """One name for each file, by its resolved path."""
    return {file.resolve(): file for file in sorted(files, reverse=True)}


def _files(path: Path) -> list[Path]:
    where = shown(path)
    if kind_of(path) == "folder":
        files = [file for file in _walk(path) if file.suffix.lower() != ".md" or _may_be_report(file)]
        if not files:
            what = "the folder holds no .txt file, and no .md file with a header"
            raise SourceError(what, where, "Give another folder, or a file")
        return files
    if kind_of(path) == "nothing":
        raise SourceError("there is no such file or folder", where, "Check the path")
    _check_suffix(path, where)
    return [path]


def _walk(folder: Path) -> list[Path]:
    files = []
    for root, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(root, name) for name in names if not name.startswith(".")]
    return [file for file in files if file.suffix.lower() in SUFFIXES]


def _may_be_report(file: Path) -> bool:
    """Whether a Markdown file opens with a header; where that cannot be told, loading it will say why."""
    try:
        return opens_with_header(read_text(file))
    except SourceError:
        return True


def _unreadable(error: OSError) -> NoReturn:
    where = shown(Path(str(error.filename)))
    raise SourceError(f"cannot be listed: {error.strerror}", where, "Check its permissions") from error
