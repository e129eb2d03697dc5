"""Loads articles and reports from files: their texts, and what is known of their publication.

The stored text is the plain text of the article: of a `.txt` file all characters but those that nobody sees,
of Markdown and HTML the words without markup. A text's first line is its title where nothing else gives one;
that line stays part of the text. Each citation field comes from the first of these that gives it: the
caller's option, the header or record, NAME.meta.json beside the file, the page's markup, the text's first
line (title) or the file name (date).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path

from kg.errors import SourceError
from kg.identifiers import source_slug
from kg.model import Citation, Source
from kg.sources.decoding import visible, without_unseen
from kg.sources.document import Document
from kg.sources.fields import Fields, file_name_date, sidecar
from kg.sources.forms import documents

_TITLE_LIMIT = 300  # characters; a longer first line is a paragraph, and the text has no title


@dataclass(frozen=True)
class Loaded:
    """A source; where its date came from (option, header, sidecar, page, file name or None) and the text
    (the file, with the line where it holds several); `notes` say what its reader should know."""

    source: Source
    date_from: str | None
    licence: str | None = None
    where: str = ""
    notes: tuple[str, ...] = ()


def load(
    path: Path | str, date: Day | None = None, publisher: str | None = None, title: str | None = None
) -> Loaded:
    """The first article or report in a file; `date`, `publisher` and `title` win over what the file says.

    The hash is that of the text in UTF-8, whatever the encoding of the file. Raises SourceError, one line
    that says what is wrong and how to mend it, for a file that cannot be read as text or whose header,
    sidecar or date is wrong, and for a report without a title, because it would cite nothing.
    """
    for found in load_all(path, date, publisher, title):
        if isinstance(found, SourceError):
            raise found
        return found
    raise SourceError("holds no text", str(path), "Give a file with an article in it")


def load_all(
    path: Path | str, date: Day | None = None, publisher: str | None = None, title: str | None = None
) -> Iterator[Loaded | SourceError]:
    """Each article or report of a file, in its order, or why one of them cannot be used."""
    path, option = Path(path), Fields(title=title, publisher=publisher, date=date)
    for document in documents(path):
        try:
            yield document if isinstance(document, SourceError) else _loaded(document, path, option)
        except SourceError as error:
            yield error


def _loaded(document: Document, path: Path, option: Fields) -> Loaded:
    text = visible(document.text, document.where)
    if not text or text.isspace():
        raise SourceError("holds no text", document.where, "Give a file with an article in it")
    places = {
        "option": option,
        "header": document.stated,
        "sidecar": sidecar(path),
        "page": document.found,
    }
    day, date_from = _date(document, path, places)
    citation = Citation(
        title=_title(document, text, places.values()),
        publisher=_first(places.values(), "publisher"),
        author=_first(places.values(), "author"),
        date=day,
        url=_first(places.values(), "url"),
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = Source(document.kind, citation, text, sha256, source_slug(citation, sha256))
    licence = _first(places.values(), "licence")
    return Loaded(source, date_from, licence, document.where, document.notes)


def _first(places: Iterable[Fields], name: str) -> str | None:
    """The first value that the places, in order, give this field, without characters that nobody sees."""
    given = (without_unseen(value) for place in places if (value := getattr(place, name)))
    return next((value for value in given if value.strip()), None)


def _date(document: Document, path: Path, places: dict[str, Fields]) -> tuple[Day | None, str | None]:
    """The day of publication and where it was found; the file name is asked last."""
    for name, place in places.items():
        if place.date is not None:
            return place.date, name
    day = file_name_date(path)
    return day, None if day is None else "file name"


def _title(document: Document, text: str, places: Iterable[Fields]) -> str:
    """The title given, else the first line with something on it; a report's must be given."""
    given = _first(places, "title")
    if given is not None:
        return given
    if document.kind == "report":
        what, mend = "the report's header gives no title", 'Add title = "…" of the article it restates'
        raise SourceError(what, document.where, mend)
    line = " ".join(text.lstrip().splitlines()[0].split())
    return line if len(line) <= _TITLE_LIMIT else ""
