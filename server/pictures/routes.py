"""/timeline, /wording, …: pictures of what the graph tells, as pages, CSV and JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, Response, render_template, request

import queries
from server import assets, rows
from server.choice import chosen
from server.context import base, engine, generation
from server.engine.contract import Answer, Formats, Question
from server.headers import under
from server.interface import Interface, form_of, offered, record, tells
from server.negotiation import HTML, Page
from server.paging import TOTAL, linked, neighbours
from server.pictures import question
from server.pictures.contents import filters, shown, total
from server.pictures.picture import Contents, Picture, View
from server.pictures.shown import PICTURES
from server.problems import Problem
from server.request_fields import LIMIT, OFFSET, read, whole
from server.responses import answered, refuse_known
from server.rows import ROWS

blueprint = Blueprint("pictures", __name__)

CSV = Page("csv", "CSV", "text/csv", "text/csv; charset=utf-8", "csv")
OFFERS: Sequence[Page] = (ROWS, CSV, HTML)
SCHEMA = record(
    picture="string",
    question="string",
    total="integer",
    counted=["string", "null"],
    limit=["integer", "null"],
    offset="integer",
    next=["string", "null"],
    previous=["string", "null"],
    rows=rows.SCHEMA,
)
_MOST_ON_A_PAGE = 200
_NAMES = ",".join(PICTURES)


def _interfaces() -> Mapping[str, Interface]:
    answer = offered(
        OFFERS,
        "The rows.",
        SCHEMA,
        headers={TOTAL: "How many rows there are in all, or things, where rows stand together by one."},
    )
    return {
        name: Interface(
            picture.question,
            "Pictures",
            (answer,),
            (*picture.parameters, LIMIT, OFFSET, form_of(OFFERS)),
        )
        for name, picture in PICTURES.items()
    }


@blueprint.get(f"/<any({_NAMES}):name>")
@blueprint.get(f"/<any({_NAMES}):name>.<extension>")
@tells(Interface("A picture.", "Pictures", (), each=_interfaces))
@under(lambda: PICTURES[(request.view_args or {})["name"]].policy)
def picture(name: str, extension: str | None = None) -> Response:
    """A picture or its rows. Raises Problem: 404 for an unknown ending, 400, 406."""
    if extension is not None and extension not in {offer.extension for offer in OFFERS}:
        endings = ", ".join(offer.extension for offer in OFFERS)
        raise Problem(404, f"Pictures have one of the endings {endings}.")
    view = _asked(PICTURES[name])
    offer = chosen(OFFERS, extension or request.args.get("format"), request.headers.get("Accept"))
    refuse_known(offer.content_type)
    return _page(view) if offer is HTML else _data(view, offer, extension)


def _asked(picture: Picture) -> View:
    query = queries.load()[picture.query]
    values = read((*picture.parameters, LIMIT, OFFSET), base().iri)
    asked = {one.name: values[one.name] for one in query.parameters if one.name in values}
    text = query.bind(base().iri, **asked)
    return View(picture, values, text, whole(values, LIMIT, 0) or None, whole(values, OFFSET, 0))


def _answer(view: View, limit: int | None, results: Formats | None = None) -> Answer:
    """The rows of a view from its offset on; all of them where there is no limit."""
    paged = limit is not None or view.offset
    text = question.part(view.text, limit or OFFSET.most or 0, view.offset) if paged else view.text
    return engine().ask(Question(text, results or Formats()))


def _data(view: View, offer: Page, extension: str | None) -> Response:
    if offer is CSV:
        given = _answer(view, view.limit, Formats(results=rows.written_by(_CSV_OF_SPARQL)))
        response = answered(given.body, CSV.content_type, given.version)
        return response if view.limit is None else _in_parts(response, view, total(engine(), view), extension)
    given = _answer(view, view.limit)
    there = total(engine(), view)
    beside = neighbours(view.offset, view.limit or there or 1, there)
    told = {
        "picture": view.picture.name,
        "question": view.picture.question,
        "total": there,
        "counted": view.picture.key if question.finds_things(view.text) else None,
        "limit": view.limit,
        "offset": view.offset,
        "next": view.part(beside["next"], extension) if "next" in beside else None,
        "previous": view.part(beside["prev"], extension) if "prev" in beside else None,
        "rows": json.loads(rows.as_rows(given)),
    }
    body = json.dumps(told, ensure_ascii=False) + "\n"
    return _in_parts(answered(body, ROWS.content_type, given.version), view, there, extension)


_CSV_OF_SPARQL = next(row for row in rows.DATA if row.extension == "csv")


def _in_parts(response: Response, view: View, there: int, extension: str | None) -> Response:
    beside = neighbours(view.offset, view.limit or there or 1, there)
    return linked(response, there, beside, lambda place: view.part(place, extension))


def _page(view: View) -> Response:
    limit = view.limit or view.picture.on_a_page
    if limit > _MOST_ON_A_PAGE:
        detail = f"A page has at most {_MOST_ON_A_PAGE} rows. Give a lower limit, or take the rows as data."
        raise Problem(400, detail, kind="wrong-value", parameter=LIMIT.name)
    held = view.picture.read(engine(), view, limit) if view.picture.read else _read(view, limit)
    html = render_template(
        view.picture.template,
        view=replace(view, filters=filters(engine(), view, held.options)),
        picture=view.picture,
        rows=held.rows,
        drawing=held.drawing,
        data=held.data,
        missing=assets.missing(sorted({package for package, _ in view.picture.assets})),
        total=held.total,
        more=held.more,
        neighbours=neighbours(view.offset, limit, held.total),
        generation=generation(),
        formats=(CSV, ROWS),
        permalink=f"{request.host_url.rstrip('/')}{view.address()}",
    )
    return answered(html, HTML.content_type, generation().version)


def _read(view: View, limit: int) -> Contents:
    """The rows of one part, which are those that are drawn."""
    given = _answer(view, limit)
    found = shown(engine(), view.picture, given)
    full = view.offset or len(found) >= limit
    return Contents(
        rows=found,
        drawing=view.picture.draw(found, base()) if found else None,
        total=total(engine(), view) if full else len(found),
        data=json.loads(rows.as_rows(given)) if view.picture.modules else None,
    )
