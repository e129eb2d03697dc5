"""/actors, /events, … : lists with facets and paging, as pages, CSV and JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from server import lists, urls
from server.choice import chosen
from server.context import base, engine, generation
from server.interface import Interface, form_of, offered, record, several, tells
from server.lists import Field, List
from server.lists.contents import Facet, Item, Value, facets, items, total
from server.lists.selection import Selection
from server.negotiation import HTML, Page
from server.paging import TOTAL, linked, neighbours
from server.problems import Problem
from server.request_fields import LIMIT, OFFSET, read, whole
from server.responses import answered, refuse_known

blueprint = Blueprint("listing", __name__)

JSON = Page("json", "JSON", "application/json", "application/json", "json")
CSV = Page("csv", "CSV", "text/csv", "text/csv; charset=utf-8", "csv")
OFFERS: Sequence[Page] = (JSON, CSV, HTML)
_VALUES = several(record(value="string", label="string"))
_COUNTS = record(
    values=several(record(value="string", label="string", write="string", count="integer")), more="boolean"
)
_WORDS = record(text="string", start="integer", end="integer", source="string")
_ITEM = {
    "type": "object",
    "required": ["iri", "label", "words"],
    "properties": {
        "iri": {"type": "string"},
        "label": {"type": "string"},
        "words": {"anyOf": [_WORDS, {"type": "null"}]},
    },
    "additionalProperties": _VALUES,
}
SCHEMA = record(
    list="string",
    total="integer",
    limit="integer",
    offset="integer",
    next=["string", "null"],
    previous=["string", "null"],
    items=several(_ITEM),
    facets={"type": "object", "additionalProperties": _COUNTS},
)
_ON_A_PAGE = 50
_MOST = {HTML: 200, JSON: 1000}  # of items at a time


@dataclass(frozen=True)
class Asked:
    """A list with what somebody chose; `limit` is None where nothing was said of it."""

    list: List
    values: Mapping[str, str]
    chosen: Selection
    limit: int | None
    offset: int

    @property
    def sort(self) -> str:
        return self.values.get("sort") or self.list.sort.default or ""

    def address(self, extension: str | None = None, **other: str | int) -> str:
        """Where the same list is with other values; an empty one leaves that field out."""
        values = {
            name: str(value) for name, value in {**self.values, **other}.items() if value not in ("", 0)
        }
        return urls.listing(self.list.name, extension, values)

    def part(self, place: int, extension: str | None = None) -> str:
        """Where the items from a place on are."""
        return self.address(extension, offset=place)


def _interfaces() -> Mapping[str, Interface]:
    answer = offered(OFFERS, "Things on the list.", SCHEMA, headers={TOTAL: "How many there are in all."})
    return {
        name: Interface(list_.lead, "Lists", (answer,), (*list_.parameters, form_of(OFFERS)))
        for name, list_ in lists.load().items()
    }


@blueprint.get(f"/<any({','.join(lists.NAMES)}):name>")
@blueprint.get(f"/<any({','.join(lists.NAMES)}):name>.<extension>")
@tells(Interface("A list.", "Lists", (), each=_interfaces))
def listing(name: str, extension: str | None = None) -> Response:
    """Some of the things on a list. Raises Problem: 404 for an unknown ending, 400, 406."""
    if extension is not None and extension not in {offer.extension for offer in OFFERS}:
        raise Problem(404, f"Lists have one of the endings {', '.join(offer.extension for offer in OFFERS)}.")
    asked = _asked(lists.load()[name])
    offer = chosen(OFFERS, extension or request.args.get("format"), request.headers.get("Accept"))
    if (asked.limit or 0) > _MOST.get(offer, LIMIT.most or 0):
        detail = f"{offer.label} has at most {_MOST[offer]:,} items. Give a lower limit, or take CSV."
        raise Problem(400, detail, kind="wrong-value", parameter=LIMIT.name)
    refuse_known(offer.content_type)
    return _WRITERS[offer](asked, extension)


def _asked(list_: List) -> Asked:
    values, here = read(list_.parameters, base().iri), base().iri
    terms = {
        field.name: str(field.parameter.term(values[field.name], here))
        for field in list_.fields
        if field.name in values
    }
    return Asked(
        list_, values, Selection(list_, terms), whole(values, LIMIT, 0) or None, whole(values, OFFSET, 0)
    )


def _json(asked: Asked, extension: str | None) -> Response:
    limit = asked.limit or _ON_A_PAGE
    there = total(engine(), asked.chosen)
    beside = {
        name: asked.part(place, extension) for name, place in neighbours(asked.offset, limit, there).items()
    }
    told = {
        "list": asked.list.name,
        "total": there,
        "limit": limit,
        "offset": asked.offset,
        "next": beside.get("next"),
        "previous": beside.get("prev"),
        "items": [_plain(item) for item in items(engine(), asked.chosen, asked.sort, limit, asked.offset)],
        "facets": {facet.field.name: _counts(facet) for facet in facets(engine(), asked.chosen)},
    }
    return _sent(json.dumps(told, ensure_ascii=False) + "\n", JSON, asked, limit, there, extension)


def _plain(item: Item) -> dict[str, Any]:
    said = item.words
    values = {name: [_named(value) for value in values] for name, values in item.values.items()}
    passage = said and {"text": said.text, "start": said.start, "end": said.end, "source": item.source}
    return {"iri": item.iri, "label": item.name.text, **values, "words": passage}


def _named(value: Value) -> dict[str, str]:
    return {"value": value.plain, "label": value.cell.text}


def _counts(facet: Facet) -> dict[str, Any]:
    counts = [{**_named(value), "write": value.written, "count": count} for value, count in facet.counts]
    return {"values": counts, "more": facet.more}


def _csv(asked: Asked, extension: str | None) -> Response:
    """All items, unless a limit was given; several values of a field stand apart by a bar."""
    shown = [field.name for field in asked.list.fields if field.shown]
    columns = [name for field in shown for name in (field, f"{field}Label")]
    there = total(engine(), asked.chosen)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["iri", "label", *columns, "text", "start", "end", "textSource"])
    writer.writerows(
        _row(item, shown) for item in items(engine(), asked.chosen, asked.sort, asked.limit, asked.offset)
    )
    return _sent(out.getvalue(), CSV, asked, asked.limit or there, there, extension)


def _row(item: Item, shown: Iterable[str]) -> list[str | int]:
    cells = [
        " | ".join(value.plain if plain else value.cell.text for value in item.values[name])
        for name in shown
        for plain in (True, False)
    ]
    said = item.words
    passage = [said.text, said.start, said.end, item.source] if said else ["", "", "", ""]
    return [item.iri, item.name.text, *cells, *passage]


def _page(asked: Asked, extension: str | None) -> Response:
    limit = asked.limit or _ON_A_PAGE
    there = total(engine(), asked.chosen)
    found = [*items(engine(), asked.chosen, asked.sort, limit, asked.offset)]
    html = render_template(
        "list.html",
        asked=asked,
        columns=[field for field in asked.list.fields if _has_a_column(field, found)],
        list=asked.list,
        items=found,
        facets=facets(engine(), asked.chosen),
        total=there,
        neighbours=neighbours(asked.offset, limit, there),
        formats=[JSON, CSV],
    )
    return _sent(html, HTML, asked, limit, there, extension)


def _has_a_column(field: Field, found: Sequence[Item]) -> bool:
    """Whether a page shows it: where some item has it, and it does not stand with the words anyway."""
    return field.shown and field.name != "source" and any(item.values[field.name] for item in found)


def _sent(body: str, offer: Page, asked: Asked, limit: int, there: int, extension: str | None) -> Response:
    response = answered(body, offer.content_type, generation().version)
    beside = neighbours(asked.offset, limit, there)
    return linked(response, there, beside, lambda place: asked.part(place, extension))


_WRITERS: Mapping[Page, Callable[[Asked, str | None], Response]] = {JSON: _json, CSV: _csv, HTML: _page}
