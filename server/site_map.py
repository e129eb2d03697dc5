"""Which pages a sitemap lists, cut into files that keep the protocol's limits."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape

from rdflib import RDF

import ontology
import queries
from kg.dumps import THINGS
from kg.generation import Generation
from kg.runs import lines
from server import lists, urls
from server.cookbook import recipes
from server.pictures.shown import PICTURES
from server.reference.terms import modules
from server.resources import CODES

MOST_PAGES = 50_000
MOST_BYTES = 52_428_800  # 50 MB, as the protocol counts them
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_KIND = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="' + _SPACE + '">\n'
_FRAME = 200  # bytes, more than the first and the last line have
_ENTRY = 80  # bytes of an entry beside its address, more than it has
_SAFE = "/:@!$&'()*+,;=~"  # as they stand in a path


def parts(present: Generation, home: str) -> tuple[range, ...]:
    """How the pages, in their order, are cut; at least one part."""
    things, stated = present.dumps / THINGS, len(_listed(present, home))
    return _cut(things, things.stat().st_mtime_ns if things.exists() else 0, stated, len(home))


def pages(present: Generation, home: str, part: range) -> Iterator[str]:
    """The addresses of one part, escaped for XML."""
    return islice(_all(present, home), part.start, part.stop)


def sitemap(places: Iterable[str], changed: str) -> str:
    """A sitemap of these addresses, each changed at this time."""
    return _written("urlset", "url", places, changed)


def index(places: Iterable[str], changed: str) -> str:
    """An index of sitemaps."""
    return _written("sitemapindex", "sitemap", places, changed)


def _written(kind: str, each: str, places: Iterable[str], changed: str) -> str:
    entries = (f"<{each}><loc>{place}</loc><lastmod>{changed}</lastmod></{each}>\n" for place in places)
    return f"{_KIND.format(kind)}{''.join(entries)}</{kind}>\n"


def _all(present: Generation, home: str) -> Iterator[str]:
    yield from _listed(present, home)
    yield from _things(present, home)


def _things(present: Generation, home: str) -> Iterator[str]:
    """The pages about things; put together here, since to ask Flask for each takes ten times as long."""
    things, start = present.dumps / THINGS, escape(home)
    if things.exists():
        yield from (f"{start}page/{escape(_quoted(line))}" for line in lines(things))


def _listed(present: Generation, home: str) -> list[str]:
    """The pages that are the same whatever the graph holds, and those of the graphs."""
    start = str(present.base.graph(""))
    names = (iri.removeprefix(start) for iri in present.manifest["graphs"])
    places = (
        *(urls.home(), urls.dumps(), urls.queries(), urls.sparql(), urls.vocabulary()),
        *((urls.data_set(),) if present.manifest["graphs"] else ()),  # a store that changes has none
        *(urls.module(module.name) for module in modules()),
        *(urls.vocabulary_version(number) for number in ontology.versions()),
        *(urls.alignments(), urls.shapes(), urls.search(), urls.about_reconciliation(), urls.quality()),
        *(urls.listing(name) for name in lists.NAMES),
        *(urls.picture(name) for name in PICTURES),
        urls.cookbook(),
        *(urls.cookbook(name) for name in recipes()),
        *(urls.query(name) for name in queries.load()),
        *(urls.graph(name) for name in names),
        *_codes(),
    )
    return [escape(urljoin(home, place)) for place in places]


def _codes() -> Iterator[str]:
    """The pages about values and codes, which the ontology has and not the graph alone."""
    for kind, namespace in CODES.items():
        for iri in sorted(set(map(str, ontology.shared().subjects(RDF.type)))):
            if iri.startswith(namespace):
                yield urls.page(kind, iri.removeprefix(namespace))


def _quoted(line: str) -> str:
    return quote(line, safe=_SAFE)


@lru_cache(maxsize=4)
def _cut(things: Path, written: int, stated: int, before: int) -> tuple[range, ...]:
    """Cut where the next page would break a limit; `stated` pages come first, and fit in any part."""
    found, start, size, number = list[range](), 0, _FRAME + stated * 500, stated
    for line in lines(things) if written else ():
        entry = before + len(escape(_quoted(line))) + _ENTRY + 5
        if number - start >= MOST_PAGES or size + entry > MOST_BYTES:
            found.append(range(start, number))
            start, size = number, _FRAME
        size, number = size + entry, number + 1
    return (*found, range(start, number))
