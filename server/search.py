"""/search and /suggest: things by their names and by what was said, for people, spreadsheets and browsers."""

import csv
import io
import json
from math import ceil

from flask import Blueprint, Response, render_template

from kg.names import candidates, keys
from kg.names.index import Index
from kg.names.things import Found, Thing
from queries.parameters import Parameter
from server import headers, urls
from server.context import base, generation, names
from server.interface import MADE, Answer, Interface, form_of, offered, record, several, tells
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.request_fields import read, whole
from server.responses import answered, refuse_known

blueprint = Blueprint("search", __name__)

_JSON = Page("json", "JSON", "application/json", "application/json", "json")
_CSV = Page("csv", "CSV", "text/csv", "text/csv; charset=utf-8", "csv")
_OFFERS = (_JSON, _CSV, HTML)
_SUGGESTIONS = "application/x-suggestions+json"
_OPENSEARCH = "application/opensearchdescription+xml"
_PER_PAGE = 25
_MOST = 1_000  # on one page, for programs
_LAST = 10_000  # page
_SUGGESTED = 10
_TEXT = Parameter("q", "string", "What to look for.", example="Armenia")
_KIND = Parameter("kind", "string", "A kind of things, such as state.", example="state")
_PAGE = Parameter("page", "integer", "Which page, from 1.", example="1", least=1, most=_LAST)
_LIMIT = Parameter("limit", "integer", "How many on a page.", example="5", least=1, most=_MOST)
_FIELDS = (_TEXT, _KIND, _PAGE, _LIMIT)
_FOUND = record(total="integer", page="integer", pages="integer", results=several({"type": "object"}))


@blueprint.get("/search")
@headers.under(headers.SCRIPTED)
@tells(
    Interface(
        "Things by their names and by what was said.",
        "Search",
        (offered(_OFFERS, "What was found.", _FOUND, headers={"Link": "The next page."}),),
        (*_FIELDS, form_of(_OFFERS)),
        faults=(*MADE, 404),
    )
)
def found() -> Response:
    """Things whose names or words fit `q`, of one `kind` if named, `limit` on a page; pages count from 1.

    Raises Problem: 400 for a page or limit that is no number and for unknown fields, 404 beyond the last
    page, 406.
    """
    offer = asked(_OFFERS)
    given = read(_FIELDS)
    text, kind = given.get("q", "").strip(), given.get("kind")
    page, limit = whole(given, _PAGE, 1), whole(given, _LIMIT, _PER_PAGE)
    index = names()
    results = index.search(text, kind, limit, (page - 1) * limit)
    pages = max(ceil(results.total / limit), 1)
    if page > pages:
        raise Problem(404, f"The search found {pages} page{'s' if pages > 1 else ''}, numbered from 1.")
    body = _WRITERS[offer.name](index, text, kind, page, pages, results)
    response = answered(body, offer.content_type, generation().version)
    if page < pages:
        following = urls.search(text, kind=kind, page=page + 1, limit=given.get("limit"), format=offer.name)
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@blueprint.get("/suggest")
@tells(
    Interface(
        "Names that begin so.",
        "Search",
        (Answer("OpenSearch suggestions.", (_SUGGESTIONS,), {"type": "array"}),),
        (_TEXT,),
        faults=MADE,
    )
)
def suggest() -> Response:
    """Names that begin with `q`, as browsers want them (OpenSearch Suggestions 1.1)."""
    refuse_known(_SUGGESTIONS)
    text = read((_TEXT,)).get("q", "")
    found = names().complete(text, _SUGGESTED) if text.strip() else []
    things = [thing for thing in found if thing.named]  # who types a name wants no sentence
    told = [thing.description or thing.kind for thing in things]
    addresses = [urls.thing(thing.key, whole=True) for thing in things]
    content = [text, [thing.label for thing in things], told, addresses]
    return answered(json.dumps(content, ensure_ascii=False), _SUGGESTIONS, generation().version)


@blueprint.get("/opensearch.xml")
@tells(
    Interface(
        "How browsers search here.",
        "Search",
        (Answer("An OpenSearch description.", (_OPENSEARCH,)),),
        faults=MADE,
    )
)
def opensearch() -> Response:
    """How a browser searches here (OpenSearch 1.1)."""
    refuse_known(_OPENSEARCH)
    xml = render_template("opensearch.xml", found=urls.search_template(), suggest=urls.suggestions())
    return answered(xml, _OPENSEARCH, generation().version)


def _html(index: Index, text: str, kind: str | None, page: int, pages: int, given: Found) -> str:
    like = [one.thing for one in candidates.find(index, text)[:5]] if text and not given.total else []
    return render_template(
        "search.html",
        text=text,
        kind=kind,
        page=page,
        pages=pages,
        given=given,
        like=like,
        types=_types(index),
    )


def _json(index: Index, text: str, kind: str | None, page: int, pages: int, given: Found) -> str:
    content = {
        "query": text,
        "kind": kind,
        "total": given.total,
        "page": page,
        "pages": pages,
        "kinds": dict(given.kinds),
        "results": [_row(thing) for thing in given.things],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _csv(index: Index, text: str, kind: str | None, page: int, pages: int, given: Found) -> str:
    written = io.StringIO()
    table = csv.DictWriter(written, ("id", "iri", "kind", "label", "description", "mentions", "types"))
    table.writeheader()
    table.writerows(_row(thing) | {"types": " ".join(thing.types)} for thing in given.things)
    return written.getvalue()


def _row(thing: Thing) -> dict[str, object]:
    return {
        "id": thing.key,
        "iri": keys.thing(thing.key, base()),
        "kind": thing.kind,
        "label": thing.label,
        "description": thing.description,
        "mentions": thing.mentions,
        "types": list(thing.types),
    }


def _types(index: Index) -> dict[str, str]:
    return {known.key: known.label for known in index.classes()}


_WRITERS = {HTML.name: _html, _JSON.name: _json, _CSV.name: _csv}
