"""/cite/<kind>/<slug>.<ending> and /cite/view.<ending>: how to cite what is served."""

from flask import Blueprint, Response

from queries.parameters import Parameter
from server.citing import works
from server.citing.forms import FORMS, Form
from server.citing.work import Work
from server.context import base, engine, generation
from server.extent import extent
from server.interface import ASKS, MADE, Answer, Interface, tells
from server.problems import Problem
from server.request_fields import read
from server.resources import resource
from server.responses import answered, refuse_known

blueprint = Blueprint("citing", __name__)

_ENDINGS = tuple(form.page.extension for form in FORMS)
_KIND = Parameter("kind", "string", "The kind of thing.", example="statement")
_SLUG = Parameter("slug", "string", "Its name within the kind.", example="ilham-aliyev-deny-36d227891b")
_EXTENSION = Parameter(
    "extension", "enumeration", "The form of the citation.", example="bib", choices=_ENDINGS
)
_OF = Parameter(
    "of", "string", "The address of a list, a picture or a question of this site.", example="/timeline"
)
_CITATION = Answer("The citation, in the form of the ending.", tuple(form.page.media_type for form in FORMS))


@blueprint.get("/cite/<kind>/<slug>.<extension>")
@tells(
    Interface(
        "How to cite a thing.",
        "Citations",
        (_CITATION,),
        within=(_KIND, _SLUG, _EXTENSION),
        faults=(*ASKS, 404),
    )
)
def thing(kind: str, slug: str, extension: str) -> Response:
    """A citation of one thing of the graph, or of the data set, dataset/parley. Raises Problem: 400, 404."""
    form = _form(extension)
    found = resource(kind, slug, base())
    try:
        known = found is not None and extent(engine(), found.iri).known
    except ValueError:
        found = None
    if found is None:
        raise Problem(400, "This can be no part of an IRI: a sign that IRIs do not have, or too many.")
    if not known:
        raise Problem(404, f"Nothing in this graph is called {kind}/{slug}.")
    refuse_known(form.page.content_type)
    return _sent(works.of_thing(found), form)


@blueprint.get("/cite/view.<extension>")
@tells(
    Interface(
        "How to cite a view.",
        "Citations",
        (_CITATION,),
        (_OF,),
        within=(_EXTENSION,),
        faults=(*MADE, 404),
        required=("of",),
    )
)
def view(extension: str) -> Response:
    """A citation of a page of this site that its address gives. Raises Problem: 400, 404."""
    form = _form(extension)
    work = works.of_view(read((_OF,), base().iri).get("of", ""))
    refuse_known(form.page.content_type)
    return _sent(work, form)


def _form(extension: str) -> Form:
    """Raises Problem 404 for an ending that no form has."""
    found = next((form for form in FORMS if form.page.extension == extension), None)
    if found is None:
        raise Problem(404, f"Citations have one of the endings {', '.join(_ENDINGS)}.")
    return found


def _sent(work: Work, form: Form) -> Response:
    return answered(form.write(work), form.page.content_type, generation().version)
