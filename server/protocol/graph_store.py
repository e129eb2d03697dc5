"""What a request to /graph-store does with which graph (SPARQL 1.1 Graph Store HTTP Protocol).

A graph is named directly, by the address below /graph-store, or indirectly, by `?graph=` or `?default`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

import pyoxigraph as ox

from kg.formats import Format, find
from server.engine.changes import GraphWrite, Outcome
from server.engine.documents import GRAPH_FORMATS, Document
from server.messages import HttpAnswer, HttpRequest
from server.problems import Problem
from server.protocol import multipart
from server.protocol.fields import Fields, content_type, of_address, only, refuse_charset, refuse_unreadable

Kind = Literal["get", "head", "put", "post", "delete"]
PATH = "/graph-store"
_KINDS: dict[str, Kind] = {
    "GET": "get",
    "HEAD": "head",
    "PUT": "put",
    "POST": "post",
    "DELETE": "delete",
}
_READS = ("GET", "HEAD")
_FIELDS = frozenset(("graph", "default", "format"))
_UNTYPED = "application/rdf+xml"  # what a body without a Content-Type is, section 5 of the protocol
_NEEDS_GRAPH = "Name a graph: ?graph=<absolute IRI>, ?default, or an address below this one."


@dataclass(frozen=True)
class GraphOperation:
    """What a request does: `graph` None is the default graph; `minted`, the graph is new, and named by us.

    `format` is what `format=` asks for; documents are what is put or posted, one or the parts of a form.
    """

    kind: Kind
    graph: str | None
    minted: bool = False
    format: str | None = None
    documents: tuple[Document, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done: nothing was posted, which is answered 204 (section 5.5)."""
        return self.kind == "post" and not self.documents

    @property
    def change(self) -> GraphWrite:
        """What it does to the store. Raises ValueError for one that only reads."""
        if self.kind == "get" or self.kind == "head":
            raise ValueError(f"{self.kind} changes nothing")
        return GraphWrite(self.kind, self.graph, self.documents)

    @property
    def there(self) -> str:
        """An ASK that tells whether the graph is there; the default graph always is."""
        return f"ASK {{ GRAPH {ox.NamedNode(self.graph)} {{}} }}" if self.graph else "ASK {}"

    @property
    def content(self) -> str:
        """A CONSTRUCT that gives the graph."""
        triples = "{ ?s ?p ?o }"
        where = f"{{ GRAPH {ox.NamedNode(self.graph)} {triples} }}" if self.graph else triples
        return f"CONSTRUCT {triples} WHERE {where}"


def _new_name() -> str:
    return str(uuid4())


def graph_operation(request: HttpRequest, mint: Callable[[], str] = _new_name) -> GraphOperation:
    """The operation that a request to /graph-store, or below it, states; `mint` names new graphs.

    Raises Problem: 400 for a graph or body that is malformed, 405, 415 for bodies that are no RDF.
    """
    fields = of_address(request)
    _refuse_unknown(fields)
    kind = _KINDS.get(request.method)
    allowed = methods(request, writable=True)
    if kind is None or request.method not in allowed:
        detail = _NEEDS_GRAPH if kind else f"{request.method[:20]} means nothing here."
        raise Problem(405, detail, {"Allow": ", ".join(allowed)})
    minted = not _named(request, fields)
    graph = f"{request.url.rstrip('/')}/{mint()}" if minted else _graph(request, fields)
    documents = _documents(request, graph or request.url) if kind in ("put", "post") else ()
    return GraphOperation(kind, graph, minted, only(fields, "format") or None, documents)


def methods(request: HttpRequest, writable: bool) -> tuple[str, ...]:
    """What may be done with what the address of the request names: a graph, or the store of them."""
    if not _named(request, of_address(request)):
        return ("POST", "OPTIONS") if writable else ("OPTIONS",)
    return (*_READS, *(("PUT", "POST", "DELETE") if writable else ()), "OPTIONS")


def options(request: HttpRequest, writable: bool) -> HttpAnswer:
    """What may be done with a graph; headers for other origins are the sender's to add."""
    headers = [("Allow", ", ".join(methods(request, writable)))]
    if writable:
        types = (*(row.media_type for row in GRAPH_FORMATS), multipart.NAME)
        headers.append(("Accept-Post", ", ".join(types)))
    return HttpAnswer(204, tuple(headers))


def written(operation: GraphOperation, outcome: Outcome) -> HttpAnswer:
    """What a write is answered with once it is done: 201 for a new graph, else 204.

    Raises Problem 404 where there was nothing to delete.
    """
    if not outcome.found:
        raise missing(operation)
    if operation.minted and operation.graph and not operation.idle:
        return HttpAnswer(201, (("Location", operation.graph),))
    return HttpAnswer(201 if outcome.created else 204)


def missing(operation: GraphOperation) -> Problem:
    """404 for a graph that is not there."""
    return Problem(404, f"There is no graph {operation.graph} here.")


def _below(request: HttpRequest) -> str:
    return request.path.removeprefix(PATH).strip("/")


def _named(request: HttpRequest, fields: Fields) -> bool:
    return bool(_below(request) or fields.keys() & {"graph", "default"})


def _refuse_unknown(fields: Fields) -> None:
    unknown = next((name for name in fields if name not in _FIELDS), None)
    if unknown is not None:
        known = ", ".join(sorted(_FIELDS))
        raise Problem(400, f"A graph store has no field {unknown[:40]!r}. There is: {known}.")


def _graph(request: HttpRequest, fields: Fields) -> str | None:
    """The graph's IRI, or None for the default graph; the address and the fields name one together.

    An address with `.` or `..` between slashes is read as another one by most clients (RFC 3986, section
    5.2.4), which would then look for the graph in vain.
    """
    ways = [bool(_below(request)), "graph" in fields, "default" in fields]
    if sum(ways) > 1:
        raise Problem(400, "The request names several graphs. Use one of ?graph=, ?default and the address.")
    if {".", ".."} & set(_below(request).split("/")):
        raise Problem(400, f"The address {request.path[:80]!r} names no graph: it has '.' or '..' as a part.")
    if "default" in fields:
        if only(fields, "default"):
            raise Problem(400, "The field 'default' has no value.")
        return None
    iri = only(fields, "graph") if "graph" in fields else request.url
    try:
        return ox.NamedNode(iri or "").value
    except ValueError:
        raise Problem(400, f"{(iri or '')[:80]!r} names no graph: it is no absolute IRI.") from None


def _documents(request: HttpRequest, base: str) -> tuple[Document, ...]:
    """The body as documents; relative IRIs in them count from the graph, or from the address.

    An empty body to POST adds nothing (section 5.5), whatever its type; to PUT it is an empty document.
    """
    if request.method == "POST" and not request.body:
        return ()
    refuse_unreadable(request)
    media = content_type(request.header("content-type"))
    if media.name != multipart.NAME:
        return (Document(_syntax(media.name or _UNTYPED).media_type, request.body, base),)
    found = multipart.parts(request.body, media)
    if not found:
        raise Problem(400, "The form has no parts. Send one for each document.")
    return tuple(Document(_part_syntax(part).media_type, part.body, base) for part in found)


def _part_syntax(part: multipart.Part) -> Format[ox.RdfFormat]:
    """By its Content-Type, or where it has none by the ending of its file's name (section 5.5)."""
    if part.type is not None:
        media = content_type(part.type)
        refuse_charset(media)
        return _syntax(media.name)
    ending = (part.filename or "").rpartition(".")[2]
    row = next((row for row in GRAPH_FORMATS if ending and row.extension == ending.lower()), None)
    if row is None:
        raise Problem(400, f"The part {part.name[:40]!r} does not say what it is: it has no Content-Type.")
    return row


def _syntax(media_type: str) -> Format[ox.RdfFormat]:
    row = find(media_type, GRAPH_FORMATS) if "/" in media_type else None
    if row is None:
        known = ", ".join((*(row.media_type for row in GRAPH_FORMATS), multipart.NAME))
        raise Problem(415, f"Graphs in {media_type[:60]!r} are not read. Send one of: {known}.")
    return row
