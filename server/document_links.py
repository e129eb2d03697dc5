"""Link headers of things and of the documents about them (RFC 8288; relations of the IANA registry).

`describes` leads from a document to its thing, `describedby` back, `canonical` (RFC 6596) is the one address
of a document, whatever stands after its `?`.
"""

from collections.abc import Iterator
from urllib.parse import urljoin

from flask import request

from kg.formats import RDF_FORMATS
from kg.void import LICENCE
from server import urls
from server.negotiation import HTML
from server.resources import Resource


def of_thing(thing: Resource) -> str:
    """What an address that redirects links to: all documents about the thing."""
    return ", ".join(_documents(thing, "describedby", 1))


def of_document(thing: Resource, extension: str | None, part: int, more: bool) -> str:
    """What the page (no extension) or the data in one syntax link to; `more`: another part follows."""
    place = address(thing, extension, part)
    links = [
        f'<{thing.iri}>; rel="describes"',
        f'<{place}>; rel="canonical"',
        f'<{LICENCE}>; rel="license"',
        *_documents(thing, "alternate", part),
    ]
    if part > 1:
        links.append(f'<{address(thing, extension, part - 1)}>; rel="prev"')
    if more:
        links.append(f'<{address(thing, extension, part + 1)}>; rel="next"')
    return ", ".join(links)


def address(thing: Resource, extension: str | None, part: int) -> str:
    """The whole address of a document about a thing."""
    return urljoin(request.host_url, _place(thing, extension, part))


def _documents(thing: Resource, relation: str, part: int) -> Iterator[str]:
    yield f'<{_place(thing, None, part)}>; rel="{relation}"; type="{HTML.media_type}"'
    for row in RDF_FORMATS:
        yield f'<{_place(thing, row.extension, 1)}>; rel="{relation}"; type="{row.media_type}"'


def _place(thing: Resource, extension: str | None, part: int) -> str:
    if extension is None:
        return urls.page(thing.kind, thing.slug, part)
    return urls.data(thing.kind, thing.slug, extension, part)
