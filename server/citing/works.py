"""What there is to cite: a thing of the graph, the data set, or a view of them that an address gives."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

import queries
from server import lists, lookups
from server.citing.work import Original, Work, project
from server.context import engine, generation
from server.pictures.shown import PICTURES
from server.portraits.source import Publication, publication
from server.problems import Problem
from server.resources import Resource
from server.tables import compact
from server.words import value

_FORMS = {"dataset": "data", "statement": "statement", "report": "report"}
_SOURCES = ("report", "article")


def of_thing(found: Resource) -> Work:
    """A thing that the graph knows; of a statement or a report, with the article behind it."""
    names = lookups.select(engine(), "title", this=found.iri)[0]
    title = value(names, "preferredLabel") or value(names, "label") or compact(found.iri, generation().base)
    source = found.iri if found.kind in _SOURCES else _source(found) if found.kind == "statement" else ""
    restated = source.startswith(f"{generation().base.iri}id/report/")
    return of(found, title, publication(engine(), source) if source else None, restated)


def of(found: Resource, title: str, about: Publication | None, restated: bool) -> Work:
    """The same, where the title and the article behind it are known; `restated`: by a report of ours."""
    form = _FORMS.get(found.kind, "thing")
    return Work(
        form=form,
        key=f"{found.kind}-{found.slug}",
        title=project()["title"] if form == "data" else title,
        address=found.iri,
        version=generation().version,
        original=_original(about, restated) if about and about.article.text else None,
    )


def data_set() -> tuple[Work, str, str]:
    """The data set as a whole, with the kind and slug of its page."""
    kind, slug = "dataset", "parley"
    iri = str(generation().base.id(f"{kind}/{slug}"))
    return of(Resource(kind, slug, iri), "", None, False), kind, slug


def of_view(address: str) -> Work:
    """The page that an address of this site leads to: a list, a picture, or the answer to a question.

    Raises Problem 400 for an address that leads to none of these.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets, say, or signs that no name of a host has
        parts = None
    title = None if parts is None or parts.scheme or parts.netloc else _title(parts.path)
    if parts is None or title is None:
        detail = (
            "of= takes the address of a list, a picture or a question of this site, such as /timeline?track=…"
        )
        raise Problem(400, detail, kind="wrong-value", parameter="of")
    said = ", ".join(f"{name}: {text}" for name, text in parse_qsl(parts.query))
    chosen = f" ({said})" if said else ""
    whole = urljoin(request.host_url, address)
    return Work(
        "view", f"view-{parts.path}-{parts.query}"[:80], f"{title}{chosen}", whole, generation().version
    )


def _source(found: Resource) -> str:
    told = lookups.select(engine(), "reported-in", this=found.iri)
    return value(told[0], "source") if told else ""


def _original(about: Publication, restated: bool) -> Original:
    return Original(about.article.text, restated, about.outlet.text, about.author, about.day, about.url)


def _title(path: str) -> str | None:
    try:
        adapter = current_app.url_map.bind("")
        endpoint, values = adapter.match(path.removeprefix(request.script_root), method="GET")
    except HTTPException:
        return None
    told = _TITLES.get(endpoint)
    return told(values) if told else None


_TITLES: Mapping[str, Callable[[Mapping[str, str]], str | None]] = {
    "listing.listing": lambda values: lists.load()[values["name"]].title,
    "pictures.picture": lambda values: PICTURES[values["name"]].title,
    "catalogue.answer": lambda values: _question(values["name"]),
}


def _question(name: str) -> str | None:
    return name.replace("-", " ").capitalize() if name in queries.load() else None
