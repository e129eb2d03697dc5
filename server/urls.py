"""Every address of this site, built here and nowhere else."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import request, url_for

from kg.vocab import CAMEO, CONTEXT, MODE, NS, PAX, PLOVER, REL, VAL, Base
from server.text_layout import part_at

_VOCABULARIES = {
    str(NS): "",
    str(REL): "relation-",
    str(VAL): "value-",
    str(PLOVER): "plover-",
    str(MODE): "plover-mode-",
    str(CONTEXT): "plover-context-",
    str(CAMEO): "cameo-",
    str(PAX): "pax-",
}


_PLACE = re.compile(r"\((\w+)\)")
_SEGMENT = "!$&'()*+,/:;=@"  # what stays as it is in a segment of a path, as in Werkzeug's converters


def _address(endpoint: str, **values: str) -> str:
    """What `url_for` gives, in a tenth of its time: a page has hundreds of addresses of few routes."""
    first, *rest = _parts(request.script_root, endpoint, tuple(values))
    filled = (quote(values[part], safe=_SEGMENT) if turn % 2 == 0 else part for turn, part in enumerate(rest))
    return first + "".join(filled)


@lru_cache(maxsize=64)
def _parts(root: str, endpoint: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The path of a route below a root, parted at the names of its values."""
    marks: dict[str, Any] = {name: f"({name})" for name in names}
    return tuple(_PLACE.split(url_for(endpoint, **marks)))


@lru_cache(maxsize=256)
def _one(root: str, endpoint: str, name: str, extension: str | None) -> str:
    """The path below a root of one of a few things that have names of ours."""
    return url_for(endpoint, name=name, extension=extension)


def home(whole: bool = False, process: str | None = None) -> str:
    """The start page, with the peace process of this key chosen, if any."""
    return url_for("pages.start", process=process, _external=whole)


def logo() -> str:
    """Our mark, a square; the whole address."""
    return url_for("static", filename="parley.svg", _external=True)


def entity(kind: str, slug: str, whole: bool = False) -> str:
    """The address that stands for the thing itself; it redirects to a page or to data."""
    if whole:
        return url_for("entities.thing", kind=kind, slug=slug, _external=True)
    return _address("entities.thing", kind=kind, slug=slug)


def thing(key: str, whole: bool = False) -> str:
    """The same address, by the key of the thing, such as state/france."""
    kind, _, slug = key.partition("/")
    return entity(kind, slug, whole)


def page(kind: str, slug: str, part: int = 1) -> str:
    """The page about a thing; `part` counts pages of what points at it."""
    return _address("entities.page", kind=kind, slug=slug) + (f"?part={part}" if part > 1 else "")


def passage(kind: str, slug: str, start: int, end: int) -> str:
    """Where characters [start, end) of a source are marked in its text; the sign # is read as in RFC 5147."""
    return f"{page(kind, slug, part_at(start))}#char={start},{end}"


def data(kind: str, slug: str, extension: str, part: int = 1) -> str:
    """The triples about a thing in one syntax; `part` counts parts of what is long."""
    number = part if part > 1 else None
    return url_for("entities.data", kind=kind, slug=slug, extension=extension, part=number)


def citation(kind: str, slug: str, extension: str) -> str:
    """How to cite a thing; the data set is dataset/parley."""
    return url_for("citing.thing", kind=kind, slug=slug, extension=extension)


def view_citation(address: str, extension: str) -> str:
    """How to cite the list, picture or answer at an address of this site."""
    return url_for("citing.view", extension=extension, of=address)


def graph(name: str, format_name: str | None = None) -> str:
    """A named graph, by the part of its IRI after `graph/`."""
    return url_for("graphs.graph", name=name, format=format_name)


def sparql(query: str | None = None, format_name: str | None = None) -> str:
    """The endpoint, or a permalink that carries a query."""
    return url_for("sparql.endpoint", query=query, format=format_name)


def queries(text: str | None = None) -> str:
    """All questions, or those with some words."""
    return url_for("catalogue.index", q=text)


def cookbook(name: str | None = None) -> str:
    """All recipes, or one."""
    return url_for("cookbook.recipe", name=name) if name else url_for("cookbook.index")


def query(name: str, extension: str | None = None, values: Mapping[str, str] | None = None) -> str:
    """The answer to a shipped query, with values for some of its parameters, in the format of an ending."""
    address = url_for("catalogue.answer", name=name, extension=extension)
    return f"{address}?{urlencode(values)}" if values else address


def listing(name: str, extension: str | None = None, values: Mapping[str, str] | None = None) -> str:
    """A list, such as that of actors, narrowed by values of its fields."""
    address = _one(request.script_root, "listing.listing", name, extension)
    return f"{address}?{urlencode(values)}" if values else address


def picture(name: str, extension: str | None = None, values: Mapping[str, str] | None = None) -> str:
    """A picture, such as the timeline, or its rows, narrowed by values of its filters."""
    address = _one(request.script_root, "pictures.picture", name, extension)
    return f"{address}?{urlencode(values)}" if values else address


def interface() -> str:
    """The description of all routes for programs."""
    return url_for("openapi.described")


def fragments(quads: bool = False) -> str:
    """Where triples, or quads, are found by pattern."""
    return url_for("pattern_fragments.quads" if quads else "pattern_fragments.triples")


def dumps() -> str:
    return url_for("dumps.index")


def dumps_of(version: str) -> str:
    """The files of one version."""
    return url_for("dumps.version", version=version)


def dump(version: str, name: str) -> str:
    """One file of one version."""
    return url_for("dumps.file", version=version, name=name)


def graph_dumps(version: str, part: int = 1) -> str:
    """The graphs of one version, each as files."""
    return url_for("dumps.graphs", version=version, part=part if part > 1 else None)


def graph_dump(version: str, name: str, ending: str) -> str:
    """One graph as a file; the ending is one of the dumps, such as `nq.gz`."""
    return url_for("dumps.document", version=version, name=f"{name}.{ending}")


def data_set(extension: str | None = None) -> str:
    """What is said of the data set as a whole: by negotiation, or in one syntax."""
    return url_for("data_set.described_in", extension=extension) if extension else url_for("data_set.page")


def below_root(path: str) -> str:
    """A path of this site where a proxy serves it below a prefix."""
    return home().rstrip("/") + path


def sitemap(part: int | None = None) -> str:
    return url_for("crawling.part", number=part) if part else url_for("crawling.sitemap")


def vocabulary() -> str:
    return _address("vocabulary.terms")


def module(name: str) -> str:
    """The page about one module of the vocabulary."""
    return url_for("vocabulary.module", name=name)


def vocabulary_version(number: str) -> str:
    """The ontology as it was in a version."""
    return url_for("vocabulary.version", number=number)


def alignments() -> str:
    return url_for("vocabulary.version", number="alignments")


def shapes(name: str | None = None) -> str:
    """The page about shapes, or the place of one on it."""
    return url_for("vocabulary.shapes", _anchor=name)


def search(
    query: str | None = None,
    kind: str | None = None,
    page: int | None = None,
    limit: str | None = None,
    format: str | None = None,
) -> str:
    """What a search found, or a part of it."""
    return url_for("search.found", q=query, kind=kind, page=page, limit=limit, format=format)


def search_template() -> str:
    """The whole address of a search, with a place for its words (OpenSearch 1.1)."""
    return f"{url_for('search.found', _external=True)}?q={{searchTerms}}"


def suggestions() -> str:
    """Names that begin so, for a box to type in; the whole address."""
    return url_for("search.suggest", _external=True)


def opensearch() -> str:
    """What tells a browser how to search here."""
    return url_for("search.opensearch")


def reconciliation(part: str = "", **fields: str) -> str:
    """The reconciliation service, or a part of it such as `suggest/entity`; the whole address."""
    whole = url_for("reconciliation.service", _external=True)
    address = f"{whole}/{part}" if part else whole
    return f"{address}?{urlencode(fields)}" if fields else address


def about_reconciliation() -> str:
    """What tells people how to use that service."""
    return url_for("reconciliation.about")


def quality() -> str:
    return url_for("assessment.quality")


def completion() -> str:
    """What the SPARQL editor completes by."""
    return url_for("editor.completion")


def examples() -> str:
    """The shipped questions with their texts."""
    return url_for("editor.examples")


def embedded(query: str) -> str:
    """The answer to a query as a page for a frame of others."""
    return url_for("sparql.endpoint", query=query, embed=1)


def places(base: Base) -> dict[str, str]:
    """Where what begins with an IRI is to be found here: what stands after it stands after the address."""
    ours = {f"{base.iri}id/": below_root("/id/"), f"{base.iri}graph/": below_root("/graph/")}
    return ours | {iri: f"{vocabulary()}#{prefix}" for iri, prefix in _VOCABULARIES.items()}


def anchor(iri: str) -> str | None:
    """Where on the vocabulary page a term of ours is, or None if it is not one."""
    for namespace, prefix in _VOCABULARIES.items():
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return None


def key(iri: str, base: Base) -> tuple[str, str] | None:
    """Kind and slug of a thing of this graph, or None for the IRI of anything else."""
    kind, _, slug = iri.removeprefix(f"{base.iri}id/").partition("/")
    return (kind, slug) if iri.startswith(f"{base.iri}id/") and slug and "/" not in slug else None


def of(iri: str, base: Base) -> str | None:
    """Where a reader finds this IRI: here if it is ours, else where it says; None for no web address."""
    return _found(request.script_root, iri, base)


@lru_cache(maxsize=4096)  # the rows of a page name the same things many times
def _found(root: str, iri: str, base: Base) -> str | None:
    ours = key(iri, base)
    if ours:
        return entity(*ours)
    if iri.startswith(f"{base.iri}graph/"):
        return graph(iri.removeprefix(f"{base.iri}graph/"))
    term = anchor(iri)
    if term is not None:
        return f"{vocabulary()}#{term}"
    return iri if on_the_web(iri) else None


def on_the_web(iri: str) -> bool:
    """Whether a browser can follow it. Any IRI may be asked, also of hosts that `urlsplit` refuses."""
    return iri.partition(":")[0].lower() in ("http", "https")
