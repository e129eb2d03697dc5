"""Whether a client has the answer already, and what it may do with the one it gets.

The tag of an answer is the key that the cache finds it by, so it is known before the query runs. A client can
only have it from a whole answer; so who sends it is told that nothing has changed, and no query runs.

There is no Last-Modified: data may change twice in one second, and the tag tells more. Nor are there ranges
of answers: a query would run for each. RFC 9110, sections 8.8.3 and 13; RFC 9111, section 5.2.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache

from server.messages import Headers, HttpAnswer, HttpRequest
from server.protocol.query_form import query_form
from server.query_text import volatile

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\U0010ffff]*")')
_LIST = re.compile(rf"\s*(?:,\s*)*{_TAG.pattern}(?=\s*(?:,|$))")
# Methods of which the answer stands for the address, or for the address with the query that was sent.
_ASKING = frozenset(("GET", "HEAD", "QUERY"))

# Data may change at any time: whoever keeps an answer asks each time whether it still holds.
KEPT = ("Cache-Control", "public, no-cache")
NEVER_KEPT = ("Cache-Control", "no-store")
VARY = ("Vary", "Accept, Accept-Encoding")
NO_RANGES = ("Accept-Ranges", "none")


def tag(key: bytes, weak: bool = False) -> str:
    """The entity tag of the answer with this key of the cache, as it stands in ETag."""
    return f'{"W/" if weak else ""}"{urlsafe_b64encode(key).decode()}"'


def tag_of_query(key: bytes, text: str) -> str | None:
    """The tag of the answer to a query over unchanging data; None where no two answers need be the same.

    It is weak where each run makes blank nodes of its own, which differ in nothing but their labels.
    """
    return tag(key, weak=_makes_nodes(text)) if repeats(text) else None


@lru_cache(maxsize=256)
def repeats(text: str) -> bool:
    """Whether a query has the same answer each time that it is asked of the same data."""
    return not volatile(text)


@lru_cache(maxsize=256)
def _makes_nodes(text: str) -> bool:
    return any(sign in text for sign in ("[", "_:", "(")) and query_form(text) == "construct"


def names(header: str | None, entity_tag: str) -> bool:
    """Whether an If-None-Match header lists this tag, by weak comparison; `*` does not name it.

    A header that breaks the grammar counts up to where it does.
    """
    return entity_tag.removeprefix("W/") in _opaque(header or "")


def names_anything(header: str | None) -> bool:
    """Whether an If-None-Match header is `*`: only an answer that is no success will do."""
    return header is not None and header.strip() == "*"


def _opaque(header: str) -> Iterator[str]:
    at = 0
    while match := _LIST.match(header, at):
        yield match[1]
        at = match.end()


def headers(entity_tag: str | None, version: str, method: str = "GET") -> Headers:
    """What an answer to a query says of its data and of how long it holds; `entity_tag` None: not at all.

    An answer to POST has no tag: it does not stand for the address (RFC 9110, section 9.3.3).
    """
    shown = (("ETag", entity_tag),) if entity_tag and method in _ASKING else ()
    kept = KEPT if entity_tag else NEVER_KEPT
    return (*shown, kept, VARY, NO_RANGES, ("Parley-Data-Version", version))


def unchanged(
    request: HttpRequest, entity_tag: str | None, version: str, ran: bool = False
) -> HttpAnswer | None:
    """304 where the client has the answer with this tag, else None.

    `ran`: the query has given a whole answer, so that `*` is met too. Conditions of a POST are passed over
    (RFC 9110, section 13.2.1): what they would be about has no tag.
    """
    asked = request.header("if-none-match")
    if asked is None or entity_tag is None or request.method not in _ASKING:
        return None
    if names(asked, entity_tag) or (ran and names_anything(asked)):
        return HttpAnswer(304, headers(entity_tag, version, request.method))
    return None
