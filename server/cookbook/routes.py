"""/cookbook: recipes for people who write no SPARQL, each with a live answer and how to read it."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request

import queries
from server import cookbook, headers, lists, rows, urls
from server.context import base, engine, generation
from server.cookbook import Recipe
from server.engine.contract import Question
from server.engine.contract import rows as solutions
from server.findings import findings
from server.lists.contents import items, total
from server.lists.selection import Selection
from server.negotiation import HTML
from server.problems import Problem
from server.request_fields import read
from server.responses import answered, refuse_known

blueprint = Blueprint("cookbook", __name__)

_SHOWN = 5  # rows of an answer
_EXAMPLE = "state/azerbaijan"


@blueprint.get("/cookbook")
def index() -> Response:
    """All recipes, by what people come for."""
    refuse_known(HTML.content_type)
    shelves = [(group, cookbook.of_group(group.name)) for group in cookbook.groups()]
    html = render_template("cookbook.html", shelves=[shelf for shelf in shelves if shelf[1]])
    return answered(html, HTML.content_type, generation().version)


@blueprint.get("/cookbook/<name>")
@headers.under(headers.SCRIPTED)
def recipe(name: str) -> Response:
    """One recipe with the first rows of its answer; fields are its query's. Raises Problem: 404, 400."""
    found = cookbook.recipes().get(name)
    if found is None:
        raise Problem(404, f"No recipe is called {name[:80]!r}. All are at {urls.cookbook()}.")
    refuse_known(HTML.content_type)
    show = _asked if found.query else _listed if found.list else _told
    html = render_template("recipe.html", recipe=found, group=_group(found), **show(found))
    return answered(html, HTML.content_type, generation().version)


def _group(recipe: Recipe) -> cookbook.Group:
    return next(group for group in cookbook.groups() if group.name == recipe.group)


def _asked(recipe: Recipe) -> Mapping[str, object]:
    """The answer of a query."""
    query = queries.load()[recipe.query]
    given = read(query.parameters, base().iri)
    values = given if request.args else dict(recipe.values)
    text = query.bind(base().iri, **values)
    table = findings(engine(), engine().ask(Question(queries.paged(text, _SHOWN))))
    number = len(table.rows)
    if number == _SHOWN:
        (row,) = solutions(engine().ask(Question(queries.counted(text))))
        number = int(getattr(row["n"], "value", 0))
    taken = {name: value for name, value in values.items() if value}
    data = [(one.label, urls.query(query.name, one.extension, taken)) for one in rows.DATA]
    return {
        "query": query,
        "values": values,
        "text": text,
        "table": table,
        "total": number,
        "data": data,
        "whole": urls.query(query.name, None, taken),
    }


def _listed(recipe: Recipe) -> Mapping[str, object]:
    """The first things of a list."""
    read(())
    list_ = lists.load()[recipe.list]
    terms = {
        field.name: str(field.parameter.term(recipe.values[field.name], base().iri))
        for field in list_.fields
        if field.name in recipe.values
    }
    chosen = Selection(list_, terms)
    return {
        "list": list_,
        "items": [*items(engine(), chosen, list_.sort.default or "", _SHOWN, 0)],
        "total": total(engine(), chosen),
        "data": [
            (label, urls.listing(recipe.list, ending, recipe.values))
            for label, ending in (("CSV", "csv"), ("JSON", "json"))
        ],
        "whole": urls.listing(recipe.list, None, recipe.values),
    }


def _told(recipe: Recipe) -> Mapping[str, object]:
    """Steps, with the addresses of this server in them."""
    read(())
    places = {
        "reconciliation": urls.reconciliation(),
        "example": urls.thing(_EXAMPLE, whole=True),
        "dumps": urls.dumps(),
    }
    return {"steps": [step.format_map(places) for step in recipe.steps]}
