"""/sitemap.xml and /robots.txt: every page that there is to find, and what is not for robots.

sitemaps.org/protocol.html: up to 50,000 addresses and 50 MB a file, an index where there are more.
RFC 9309 for robots.txt.
"""

from datetime import UTC, datetime
from urllib.parse import urljoin

from flask import Blueprint, Response, request

from server import site_map, urls
from server.context import generation
from server.interface import ASKS, MADE, Interface, offered, tells
from server.negotiation import Page
from server.problems import Problem
from server.responses import answered, refuse_known

blueprint = Blueprint("crawling", __name__)

_XML = Page("xml", "XML", "application/xml", "application/xml; charset=utf-8")
_TEXT = Page("text", "Text", "text/plain", "text/plain; charset=utf-8")
# What answers anything that somebody thinks of: no page, and dear. A rule holds for all that begins so, and
# the longest that fits counts; robots that know no `*` have the first ones.
_NOT_FOR_ROBOTS = ("/sparql?", "/graph-store", "/search?", "/suggest", "/reconcile?", "/fragments?", "/*?")
_FOR_ROBOTS = ("/*?part=",)  # further parts of a page


@blueprint.get("/sitemap.xml")
@tells(
    Interface(
        "All pages that there are.",
        "Data set",
        (offered((_XML,), "A sitemap, or an index of them."),),
        faults=ASKS,
    )
)
def sitemap() -> Response:
    """All pages, or an index of sitemaps where they are too many for one."""
    refuse_known(_XML.content_type)
    parts = site_map.parts(generation(), _home())
    return _xml(_index(len(parts)) if len(parts) > 1 else _pages(parts[0]))


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """One of the sitemaps, counted from 1. Raises Problem 404."""
    refuse_known(_XML.content_type)
    parts = site_map.parts(generation(), _home())
    if not 1 <= number <= len(parts):
        raise Problem(404, f"There are {len(parts)} sitemaps, numbered from 1.")
    return _xml(_pages(parts[number - 1]))


@blueprint.get("/robots.txt")
@tells(Interface("What robots may fetch.", "Service", (offered((_TEXT,), "Rules for robots."),), faults=MADE))
def robots() -> Response:
    """What robots may fetch. Below a prefix they look elsewhere, at the root of the host."""
    refuse_known(_TEXT.content_type)
    rules = "".join(f"Disallow: {urls.below_root(path)}\n" for path in _NOT_FOR_ROBOTS)
    rules += "".join(f"Allow: {urls.below_root(path)}\n" for path in _FOR_ROBOTS)
    text = f"User-agent: *\n{rules}\nSitemap: {_whole(urls.sitemap())}\n"
    return answered(text, _TEXT.content_type, generation().version)


def _index(number: int) -> str:
    places = (_whole(urls.sitemap(part)) for part in range(1, number + 1))
    return site_map.index(places, _changed())


def _pages(part: range) -> str:
    return site_map.sitemap(site_map.pages(generation(), _home(), part), _changed())


def _changed() -> str:
    """When the graph became what it is, in the form of W3C's note on dates."""
    return datetime.fromtimestamp(int(generation().since), UTC).isoformat()


def _home() -> str:
    return _whole(urls.home())


def _whole(place: str) -> str:
    return urljoin(request.host_url, place)


def _xml(text: str) -> Response:
    return answered(text, _XML.content_type, generation().version)
