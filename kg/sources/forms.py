"""The kinds of files that texts are read from, by suffix; each may be packed with gzip besides."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from kg.errors import SourceError
from kg.sources.document import Document
from kg.sources.paths import form_of, kind_of, shown
from kg.sources.plain import markdown, plain_text
from kg.sources.records import records
from kg.sources.webpage import web_page

Form: TypeAlias = Callable[[Path], Iterator[Document | SourceError]]


def _single(form: Callable[[Path], Document]) -> Form:
    """For a file that holds one text."""

    def documents(path: Path) -> Iterator[Document | SourceError]:
        try:
            yield form(path)
        except SourceError as error:
            yield error

    return documents


# A table, so that a new kind of file is one row.
FORMS: dict[str, Form] = {
    ".txt": _single(plain_text),
    ".md": _single(markdown),
    ".html": _single(web_page),
    ".htm": _single(web_page),
    ".jsonl": records,
}


def documents(path: Path) -> Iterator[Document | SourceError]:
    """Each text of a file, or why it cannot be used."""
    fault = unknown_form(path)
    return iter([fault]) if fault else FORMS[form_of(path)](path)


def unknown_form(path: Path) -> SourceError | None:
    """What is wrong with a file of another kind; a folder is for its reader to complain of."""
    if form_of(path) in FORMS or kind_of(path) == "folder":
        return None
    known = ", ".join(list(FORMS)[:-1])
    what = f"is no {known} or {list(FORMS)[-1]} file"
    return SourceError(what, shown(path), "Save the article as plain text in UTF-8")
