"""Plain text and Markdown: the body after the header, if there is one."""

from pathlib import Path

from kg.sources.decoding import decode, read_bytes
from kg.sources.document import Document
from kg.sources.fields import Fields
from kg.sources.headers import split_front_matter, split_header
from kg.sources.markdown import without_markup
from kg.sources.paths import shown

SUPPOSED = "is not in UTF-8 and was taken for Windows-1252"


def plain_text(path: Path) -> Document:
    """A `.txt` file: an article, unless a TOML header says otherwise. SourceError: see its steps."""
    where, decoded = shown(path), decode(read_bytes(path), shown(path))
    header, text = split_header(decoded.text, where)
    stated = header or Fields()
    return Document(text, where, stated, kind=stated.kind or "article", notes=notes(decoded.supposed))


def markdown(path: Path) -> Document:
    """A `.md` file without its markup: a report of ours if it has a TOML header, else an article.

    The header's `kind` decides where it is given. Raises SourceError: see its steps.
    """
    where, decoded = shown(path), decode(read_bytes(path), shown(path))
    header, body = split_header(decoded.text, where)
    usual = "article" if header is None else "report"
    if header is None:
        header, body = split_front_matter(decoded.text, where)
    stated = header or Fields()
    text = without_markup(body)
    return Document(text, where, stated, kind=stated.kind or usual, notes=notes(decoded.supposed))


def notes(supposed: bool) -> tuple[str, ...]:
    """What to tell of the encoding."""
    return (SUPPOSED,) if supposed else ()
