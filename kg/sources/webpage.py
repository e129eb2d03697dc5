"""Web pages: the article without menus, scripts and advertisements, and the citation in its markup."""

import codecs
import logging
import re
from configparser import ConfigParser
from functools import cache
from pathlib import Path

from kg.errors import SourceError
from kg.sources.decoding import decode, read_bytes
from kg.sources.document import Document
from kg.sources.fields import Fields, known_fields
from kg.sources.paths import shown
from kg.sources.plain import notes

# The encoding that a page states, within its first 1024 bytes (HTML Standard, "Prescan a byte stream").
_STATED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_PRESCAN = 1024
_XML = re.compile(r"\A\s*<\?xml[^>]*\?>")  # lxml refuses text that states an encoding
_LIBRARIES = ("trafilatura", "htmldate", "courlan", "justext")
_MEND = "Save its text as .txt"
_DATE = {"extensive_search": False, "original_date": True}  # from markup alone, never guessed from the text


def web_page(path: Path) -> Document:
    """The article of a `.html` file; raises SourceError for a page without one."""
    from trafilatura import bare_extraction  # takes a while, which no other file needs

    where, data = shown(path), read_bytes(path)
    html, supposed = _text(data, where)
    try:
        page = bare_extraction(
            _XML.sub("", html),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATE,
            config=_config(),
        )
    except Exception as error:  # any of three parsers below it may stumble over odd markup
        raise SourceError(f"cannot be read as HTML ({type(error).__name__})", where, _MEND) from error
    if page is None or isinstance(page, dict) or not page.text:
        raise SourceError("no article was found in the page", where, _MEND)
    # Each of its lines is a paragraph, where a text has a blank line between two.
    text = page.text.strip().replace("\n", "\n\n") + "\n"
    return Document(text, where, found=_cited(page.as_dict(), where), notes=notes(supposed))


@cache
def _config() -> ConfigParser:
    """What trafilatura does by itself, but for short articles, and for its notes on odd pages."""
    from trafilatura.settings import use_config

    for library in _LIBRARIES:
        logging.getLogger(library).setLevel(logging.CRITICAL)
    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "1"  # news can be brief
    return config


def _text(data: bytes, where: str) -> tuple[str, bool]:
    """The page in the encoding that it states, if that is one; else as any text, maybe only supposed."""
    stated = _STATED.search(data[:_PRESCAN])
    if stated and not data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode(stated[1].decode("ascii")), False
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data, where)
    return decoded.text, decoded.supposed


def _cited(page: dict[str, object], where: str) -> Fields:
    named = {name: page.get(name) for name in ("title", "author", "date", "sitename", "url")}
    return known_fields({name: value for name, value in named.items() if value}, where)
