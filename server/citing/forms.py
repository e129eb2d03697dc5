"""The forms in which a citation comes: one row each, with the media type under which programs know it.

The media types are those of the content negotiation of Crossref and DataCite.
"""

from collections.abc import Callable
from dataclasses import dataclass

from server.citing import bibtex, csl, ris, sentence
from server.citing.work import Work
from server.negotiation import Page


@dataclass(frozen=True)
class Form:
    """A form, and what writes it."""

    page: Page
    write: Callable[[Work], str]


def _page(name: str, label: str, media_type: str, extension: str) -> Page:
    return Page(name, label, media_type, f"{media_type}; charset=utf-8", extension)


FORMS = (
    Form(_page("bibtex", "BibTeX", "application/x-bibtex", "bib"), bibtex.written),
    Form(_page("ris", "RIS", "application/x-research-info-systems", "ris"), ris.written),
    Form(_page("csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json"), csl.written),
    Form(_page("sentence", "Text", "text/x-bibliography", "txt"), sentence.written),
)
