"""/reconcile: what OpenRefine and other clients of the Reconciliation Service API ask for."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from kg.names import keys
from queries.parameters import Parameter
from server import lookups, urls
from server.context import base, engine, generation, names, prepare_names
from server.engine.contract import Row
from server.interface import ASKS, Answer, Interface, tells
from server.negotiation import HTML
from server.problems import Problem
from server.reconciliation import answering, batches, extension, suggesting
from server.reconciliation.manifest import manifest
from server.reconciliation.sending import content_type, sent
from server.reconciliation.values import valid
from server.responses import answered, refuse_known
from server.words import value

blueprint = Blueprint("reconciliation", __name__)

_SUGGESTED = {
    "entity": suggesting.entities,
    "type": suggesting.types,
    "property": suggesting.properties,
}
_PROPOSED = 50  # properties, where the client does not say
_ALL = 500
_SHOWN = 8  # names in a preview

# A preview stands in a frame of whoever asks for it; it has nothing to press but links, which open apart.
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"

_ANSWER = Answer("As the specification has it.", ("application/json", "text/javascript"), {"type": "object"})
_BATCHES = {"queries": {"type": "string"}, "extend": {"type": "string"}}
_CALLBACK = Parameter("callback", "string", "A function to call with the answer (JSONP).")
_CURSOR = Parameter("cursor", "integer", "How many to skip.", least=0, most=10_000)
_ID = Parameter("id", "string", "What it is known by.", example="state/armenia")
_TYPE = Parameter("type", "string", "A class.", example="parley:State")
_LIMIT = Parameter("limit", "integer", "How many at most.", example="10", least=1, most=_ALL)
_WHAT = Parameter("what", "enumeration", "Of which kind.", example="entity", choices=tuple(_SUGGESTED))


@blueprint.route("/reconcile", methods=["GET", "POST"], strict_slashes=False)
@tells(
    Interface(
        "Reconciliation Service API 0.2: manifest, batches of queries, data extension.",
        "Reconciliation",
        (_ANSWER,),
        (
            Parameter(
                "queries", "string", "A batch of queries in JSON.", example='{"q0": {"query": "Armenia"}}'
            ),
            Parameter("extend", "string", "A data extension in JSON."),
            _CALLBACK,
        ),
        bodies={"application/x-www-form-urlencoded": {"type": "object", "properties": _BATCHES}},
    )
)
def service() -> Response:
    """The manifest, or the answer to a batch of queries or to a data extension; both come in form fields.

    Raises Problem: 400 for what is malformed, 413 for too much.
    """
    fields = request.form if request.method == "POST" else request.args
    if "queries" in fields:
        refuse_known(content_type())
        return sent(answering.answer(engine(), names(), batches.queries(fields["queries"])))
    if "extend" in fields:
        refuse_known(content_type())
        return sent(extension.answer(engine(), names(), batches.extension(fields["extend"])))
    if request.method == "POST":
        raise Problem(400, "Send a form field called queries, or one called extend, with JSON in it.")
    refuse_known(content_type())
    prepare_names()
    return sent(manifest(base()))


@blueprint.get("/reconcile/suggest/<any(entity, type, property):what>")
@tells(
    Interface(
        "What begins with a prefix.",
        "Reconciliation",
        (_ANSWER,),
        (Parameter("prefix", "string", "What it begins with.", example="Arm"), _CURSOR, _CALLBACK),
        within=(_WHAT,),
    )
)
def suggest(what: str) -> Response:
    """What begins with `prefix`; `cursor` skips so many. Raises Problem 400."""
    refuse_known(content_type())
    start = suggesting.start(request.args.get("cursor"))
    return sent(_SUGGESTED[what](names(), request.args.get("prefix", ""), start))


@blueprint.get("/reconcile/flyout/<any(entity, type, property):what>")
@tells(
    Interface(
        "A few words on a thing.",
        "Reconciliation",
        (_ANSWER,),
        (_ID, _CALLBACK),
        within=(_WHAT,),
        faults=(*ASKS, 404),
    )
)
def flyout(what: str) -> Response:
    """A few words on what has the `id`. Raises Problem 404."""
    refuse_known(content_type())
    return sent(suggesting.flyout(names(), what, request.args.get("id", "")))


@blueprint.get("/reconcile/properties")
@tells(Interface("Properties that can be had.", "Reconciliation", (_ANSWER,), (_TYPE, _LIMIT, _CALLBACK)))
def properties() -> Response:
    """Properties that things of a `type` have, at most `limit`; of all things where no type is named."""
    refuse_known(content_type())
    type_, limit = request.args.get("type", ""), _limit(request.args.get("limit"))
    known = {one.key: one for one in names().properties()}
    found = _of_type(type_, limit) if type_ else [*known][:limit]
    proposed = [{"id": key, "name": known[key].label if key in known else keys.spelled(key)} for key in found]
    told: dict[str, Any] = {"type": type_} if type_ else {}
    return sent({**told, "limit": limit, "properties": proposed})


@blueprint.get("/reconcile/preview")
@tells(
    Interface(
        "A small page about a thing.",
        "Reconciliation",
        (Answer("A page.", ("text/html",)),),
        (_ID,),
        faults=(*ASKS, 404),
    )
)
def preview() -> Response:
    """A small page about the thing with the `id`, to stand in a frame. Raises Problem 404."""
    refuse_known(HTML.content_type)
    thing = suggesting.one(names(), request.args.get("id", ""))
    known = {one.key: one.label for one in names().classes()}
    iri = keys.thing(thing.key, base())
    held = lookups.select(engine(), "property-values", these=[iri], properties=_also())
    html = render_template(
        "preview.html",
        thing=thing,
        types=[known.get(key, key) for key in thing.types],
        others=_texts(held, thing.label),
        address=urls.thing(thing.key),
    )
    return _framed(answered(html, HTML.content_type, generation().version))


@blueprint.get("/reconcile/about")
def about() -> Response:
    """How the service is used, and what its scores mean, for people."""
    refuse_known(HTML.content_type)
    html = render_template("reconciliation.html", service=urls.reconciliation())
    return answered(html, HTML.content_type, generation().version)


def _framed(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def _also() -> list[str]:
    return [keys.term("skos:altLabel")]


def _texts(held: list[Row], label: str) -> list[str]:
    return [text for text in dict.fromkeys(value(row, "value") for row in held) if text != label][:_SHOWN]


def _of_type(type_: str, limit: int) -> list[str]:
    iri = valid(keys.term(type_))
    rows = lookups.select(engine(), "properties-of-type", this=iri, limit=limit) if iri else []
    return [keys.of_term(value(row, "property")) for row in rows]


def _limit(given: str | None) -> int:
    if not given:
        return _PROPOSED
    if not (given.isascii() and given.isdecimal()) or int(given[:9]) < 1:
        raise Problem(400, "The limit is a number of properties, from 1.")
    return min(int(given[:9]), _ALL)
