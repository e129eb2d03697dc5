"""How pages are sent: their type, the version of the data, whether the client has them already, and packed.

A page holds while version of the data, code, address, media type and coding are the same. So its tag is known
before its queries run, and who sends it is told at once that nothing has changed. Tags of pages are weak:
they promise the same content, not the same bytes. Documents about things promise their bytes, under one
address whatever else stands after its `?`, and tell since when they hold.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from flask import Flask, Response, g, request

from server.cache.keys import digest
from server.code_version import code_time, code_version
from server.context import generation
from server.protocol import codings, conditions
from server.query_text import volatile

_VERSION = "Parley-Data-Version"
_PACKED = ("text/", "image/svg+xml", "application/")  # what compression makes smaller
_PACKED_ALREADY = "application/gzip"
_FILES = ("dumps.file", "dumps.document")  # sent as they lie there


class Unchanged(Exception):
    """The client has this page already; `tag` is what it knows it by."""

    def __init__(self, tag: str, version: str) -> None:
        super().__init__(tag)
        self.tag, self.version = tag, version


@dataclass(frozen=True)
class _Document:
    """What is the same each time, at an address; since when, in whole seconds since 1970.

    `weak` where only its content is: triples may come in another order, or nodes have other names.
    """

    address: str
    since: int
    weak: bool


def exactly(address: str, weak: bool = False) -> None:
    """What this request gets is a document: its tag is strong and depends on this whole address.

    It holds since the data became current or the code was written: RFC 9110, section 8.8.2. `weak` where
    bytes may differ from one answer to the next.
    """
    g.parley_document = _Document(address, int(max(generation().since, code_time())), weak)


def address() -> str:
    """The whole address of what this request gets; of a document the same, whatever stands after its `?`."""
    document = _document()
    return document.address if document else f"{request.host_url.rstrip('/')}{request.root_path}{view()}"


def view() -> str:
    """The path and fields of this request but for the form of the answer, which makes it no other one."""
    fields = [(name, value) for name, value in request.args.items(multi=True) if name != "format"]
    return f"{request.path}?{urlencode(fields)}" if fields else request.path


def _document() -> _Document | None:
    return cast(_Document | None, g.get("parley_document"))


def register(app: Flask) -> None:
    """Pack every page that was made by `answered` and every file of ours, and tag it."""
    app.register_error_handler(Unchanged, _unchanged)
    app.before_request(_refuse_all)
    app.after_request(_finished)


def _refuse_all() -> None:
    """Raises Problem 406 for a client that takes the page in no coding, nor as it is."""
    header = request.headers.get("Accept-Encoding")
    if codings.choose(header) is None or (request.endpoint in _FILES and codings.refuses_identity(header)):
        raise codings.nothing_fits()


def answered(body: str | bytes, content_type: str, version: str, query: str = "") -> Response:
    """200 with a whole body that was made from this version of the graph.

    `query` is what somebody asked for in SPARQL to get this page: its answer may differ each time.
    """
    response = Response(body, content_type=content_type)
    response.headers[_VERSION] = version
    response.vary.add("Accept")
    response.cache_control.no_store = volatile(query)
    return response


def refuse_known(content_type: str, query: str = "") -> None:
    """Raises Unchanged where the client has the page in this content type, so that it need not be made."""
    header = request.headers.get("If-None-Match")
    if request.method not in ("GET", "HEAD") or volatile(query):
        return
    version = generation().version
    if header is None:
        if _holds_since_asked():
            raise Unchanged(_tag(content_type, version, _coding()), version)
        return
    for coding in dict.fromkeys((_coding(), codings.IDENTITY)):
        tag = _tag(content_type, version, coding)
        if conditions.names(header, tag):
            raise Unchanged(tag, version)


def _holds_since_asked() -> bool:
    """Whether a document is no newer than what a client without a tag has (RFC 9110, section 13.1.3)."""
    document, asked = _document(), request.if_modified_since
    return document is not None and asked is not None and document.since <= asked.timestamp()


def _unchanged(known: Unchanged) -> Response:
    headers = {"ETag": known.tag, _VERSION: known.version}
    response = Response(status=304, headers=[*headers.items(), conditions.KEPT, conditions.VARY])
    response.headers.remove("Content-Type")
    return response


def _dated(response: Response) -> None:
    if document := _document():
        response.last_modified = datetime.fromtimestamp(document.since, UTC)


def _finished(response: Response) -> Response:
    if response.status_code != 200:
        response.cache_control.no_store = response.status_code >= 400
        return response
    coding = _packed(response) if "Range" not in request.headers else codings.IDENTITY
    if response.cache_control.no_store or request.method not in ("GET", "HEAD"):
        return response
    if _VERSION in response.headers and "ETag" not in response.headers:
        response.headers["ETag"] = _tag(response.content_type or "", response.headers[_VERSION], coding)
        _dated(response)
        if not response.cache_control:
            response.headers.set(*conditions.KEPT)
    elif coding != codings.IDENTITY:  # a file, whose tag is that of its bytes as they are
        response.headers["ETag"] = f'"{response.get_etag()[0]}-{coding}"'
    return _compared(response)


def _compared(response: Response) -> Response:
    """The page, or 304 where the client has it, or 412 where it wants another (RFC 9110, section 13.2.2)."""
    header, tag = request.headers.get("If-None-Match"), response.headers.get("ETag")
    if _is_another(response):
        response.status_code = 412
        response.set_data(b"")
        response.headers.remove("Content-Encoding")
        return response
    if tag and (conditions.names(header, tag) or conditions.names_anything(header)):
        response.status_code = 304
        response.set_data(b"")
        for name in ("Content-Type", "Content-Length", "Content-Encoding"):
            response.headers.remove(name)
    return response


def _is_another(response: Response) -> bool:
    """Whether the client asks for a state of the page that is no longer there."""
    wanted, tag = request.headers.get("If-Match"), response.headers.get("ETag", "")
    if wanted is not None:
        return not conditions.names_anything(wanted) and (
            tag.startswith("W/") or not conditions.names(wanted, tag)
        )
    before, since = request.if_unmodified_since, response.last_modified
    return before is not None and since is not None and since > before


def _packed(response: Response) -> str:
    """Write the body in the coding that the client likes best, if that is worth it; give its name."""
    if not _packable(response):
        return codings.IDENTITY
    response.vary.add("Accept-Encoding")
    size = response.content_length or response.calculate_content_length() or 0
    worth = codings.worth(size, request.headers.get("Accept-Encoding"))
    coding = _coding() if worth else codings.IDENTITY
    if coding != codings.IDENTITY:
        response.direct_passthrough = False
        response.set_data(b"".join(codings.compressed(coding, [response.get_data()])))
        response.headers["Content-Encoding"] = coding
    return coding


def _packable(response: Response) -> bool:
    kind = response.mimetype or ""
    return request.endpoint not in _FILES and kind != _PACKED_ALREADY and kind.startswith(_PACKED)


def _coding() -> str:
    """What the client likes best; a fault is sent as it is to whoever takes nothing."""
    return codings.choose(request.headers.get("Accept-Encoding")) or codings.IDENTITY


def _tag(content_type: str, version: str, coding: str) -> str:
    document = _document()
    parts = (code_version(), version, address(), content_type, coding)
    return conditions.tag(digest(parts), weak=document is None or document.weak)
