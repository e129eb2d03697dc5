"""/queries/: the shipped questions, each as a page with a form, as CSV, TSV, XML, and JSON of two kinds."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

import queries
from queries import Parameter, Query
from server import cookbook, headers, rows, urls
from server.choice import chosen
from server.context import base, engine, generation
from server.engine.contract import Formats, Question
from server.engine.contract import rows as solutions
from server.findings import findings
from server.interface import Interface, form_of, offered, tells
from server.negotiation import HTML
from server.paging import TOTAL, linked, neighbours
from server.problems import Problem
from server.request_fields import LIMIT, OFFSET, read, whole
from server.responses import answered, refuse_known

blueprint = Blueprint("catalogue", __name__)

_WORDS = Parameter("q", "string", "Words of a question.", example="refused", longest=256)
_ON_A_PAGE = 50  # more would make pages of long passages larger than 100 kB
_MOST_ON_A_PAGE = 500


@dataclass(frozen=True)
class Asked:
    """A question with the values that somebody gave; `limit` is None where all rows are wanted."""

    query: Query
    values: Mapping[str, str]
    text: str
    limit: int | None
    offset: int

    def total(self) -> int:
        """How many rows there are in all."""
        (row,) = solutions(engine().ask(Question(queries.counted(self.text))))
        return int(getattr(row["n"], "value", 0))

    def page(self) -> str:
        """The query for the rows that are wanted."""
        if self.limit is None and not self.offset:
            return self.text
        return queries.paged(self.text, self.limit or OFFSET.most or 0, self.offset)

    def address(self, extension: str | None = None, offset: int | None = None) -> str:
        """Where the same answer is in another form, or another part of it."""
        moved = {} if offset is None else {OFFSET.name: str(offset)} if offset else {OFFSET.name: ""}
        values = {name: value for name, value in {**self.values, **moved}.items() if value}
        return urls.query(self.query.name, extension, values)


@blueprint.get("/queries/")
def index() -> Response:
    """Every question by what it is about, those only that have the words in `q`. Raises Problem 400."""
    text = read((_WORDS,)).get(_WORDS.name, "")
    refuse_known(HTML.content_type)
    html = render_template(
        "queries.html", groups=cookbook.grouped(text), text=text, recipes=cookbook.of_query
    )
    return answered(html, HTML.content_type, generation().version)


def _interfaces() -> Mapping[str, Interface]:
    headers = {
        TOTAL: "How many rows there are in all, where a limit is given.",
        "Link": "The parts before and after.",
    }
    answer = offered(rows.OFFERS, "The rows.", rows.SCHEMA, headers=headers)
    return {
        query.name: Interface(
            query.summary,
            "Questions",
            (answer,),
            (*query.parameters, LIMIT, OFFSET, form_of(rows.OFFERS)),
        )
        for query in queries.load().values()
    }


@blueprint.get("/queries/<name>")
@blueprint.get("/queries/<name>.<extension>")
@headers.under(headers.SCRIPTED)
@tells(Interface("The answer to a question.", "Questions", (), each=_interfaces))
def answer(name: str, extension: str | None = None) -> Response:
    """The answer to one question; fields of the address are its parameters, `limit`, `offset` and `format`.

    Raises Problem: 404 for an unknown name or ending, 400 for what is not taken, 406.
    """
    query = queries.load().get(name)
    if query is None:
        raise Problem(404, f"No query is called {name[:80]!r}. The list is at {urls.queries()}")
    if extension is not None and extension not in {offer.extension for offer in rows.OFFERS}:
        endings = ", ".join(offer.extension for offer in rows.OFFERS)
        raise Problem(404, f"Answers have one of the endings {endings}.")
    asked = _asked(query)
    offer = chosen(rows.OFFERS, extension or request.args.get("format"), request.headers.get("Accept"))
    refuse_known(offer.content_type)
    if offer is HTML:
        return _page(asked)
    given = engine().ask(Question(asked.page(), Formats(results=rows.written_by(offer))))
    body = rows.as_rows(given) if offer is rows.ROWS else given.body
    response = answered(body, offer.content_type, given.version)
    if asked.limit is None:
        return response
    total = asked.total()
    beside = neighbours(asked.offset, asked.limit, total)
    return linked(response, total, beside, lambda place: asked.address(extension, place))


def _asked(query: Query) -> Asked:
    values = read((*query.parameters, LIMIT, OFFSET), base().iri)
    own = {name: value for name, value in values.items() if name not in (LIMIT.name, OFFSET.name)}
    limit = whole(values, LIMIT, 0) or None
    return Asked(query, values, query.bind(base().iri, **own), limit, whole(values, OFFSET, 0))


def _page(asked: Asked) -> Response:
    limit = asked.limit or _ON_A_PAGE
    if limit > _MOST_ON_A_PAGE:
        detail = f"A page has at most {_MOST_ON_A_PAGE} rows. Give a lower limit, or take the rows as data."
        raise Problem(400, detail, kind="wrong-value", parameter=LIMIT.name)
    given = engine().ask(Question(queries.paged(asked.text, limit, asked.offset)))
    shown = findings(engine(), given)
    total = asked.total() if asked.offset or len(shown.rows) == limit else len(shown.rows)
    html = render_template(
        "query.html",
        asked=asked,
        query=asked.query,
        table=shown,
        total=total,
        neighbours=neighbours(asked.offset, limit, total),
        formats=rows.DATA,
        recipes=cookbook.of_query(asked.query.name),
        permalink=f"{request.host_url.rstrip('/')}{asked.address()}",
    )
    return answered(html, HTML.content_type, given.version)
