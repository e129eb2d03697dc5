"""The part of a page that says how to cite it: a sentence, and files for programs."""

from dataclasses import dataclass

from server import urls
from server.citing import sentence
from server.citing.forms import FORMS
from server.citing.work import Work
from server.citing.works import of_view
from server.responses import view
from server.tables import Cell


@dataclass(frozen=True)
class Citation:
    """The sentence, and where the same is in other forms."""

    sentence: str
    files: tuple[Cell, ...]


def of_thing(work: Work, kind: str, slug: str) -> Citation:
    """How to cite a thing with a page of its own."""
    files = (Cell(form.page.label, urls.citation(kind, slug, form.page.extension)) for form in FORMS)
    return Citation(sentence.sentence(work), tuple(files))


def of_this_view() -> Citation:
    """How to cite the list, picture or answer that is asked for now."""
    address = view()
    files = (Cell(form.page.label, urls.view_citation(address, form.page.extension)) for form in FORMS)
    return Citation(sentence.sentence(of_view(address)), tuple(files))
