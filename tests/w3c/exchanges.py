"""What the manifests of the protocols describe: requests one after another, and what must come back.

Their vocabulary is HTTP in RDF (https://www.w3.org/TR/HTTP-in-RDF10/) with the suite's `mf:expected…`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .manifest import Case, Node

# The suite writes the path of the service as one of these; a trailing slash is part of the stand-in.
_PATHS = {"/sparql/": "/sparql", "/gsp": "/graph-store"}
_STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Expected:
    """What an answer must have; None and empty: anything will do.

    `statuses` are codes, or whole classes such as 2 for 2xx. `location` is the name that later requests have
    for the Location of this answer. `graph` is Turtle that the body must be isomorphic to.
    """

    statuses: frozenset[int]
    boolean: bool | None
    format: str | None
    location: str | None
    content_type: str | None
    graph: str | None


@dataclass(frozen=True)
class Exchange:
    """One request, its path with the query, and what is expected for it."""

    method: str
    path: str
    headers: Headers
    body: bytes
    expected: Expected


@dataclass(frozen=True)
class Data:
    """A graph that must be there before the first request: its name, and the file that has it."""

    graph: str
    url: str


def exchanges(case: Case) -> tuple[Exchange, ...]:
    """The requests of a case, in order."""
    return tuple(map(_exchange, case.node.one("mf:action").one("ht:requests").items()))


def data(case: Case) -> tuple[Data, ...]:
    """The graphs of a case."""
    described = case.node.all("ut:graphData")
    return tuple(Data(one.one("rdfs:label").value, one.one("ut:graph").value) for one in described)


def _exchange(request: Node) -> Exchange:
    return Exchange(
        request.one("ht:methodName").value,
        _here(request.one("ht:absolutePath").value),
        tuple(_headers(request)),
        _body(request),
        _expected(request.one("ht:resp")),
    )


def _here(path: str) -> str:
    theirs = next(stand_in for stand_in in _PATHS if path.startswith(stand_in))
    return _PATHS[theirs] + path.removeprefix(theirs)


def _headers(message: Node) -> Iterator[tuple[str, str]]:
    listed = message.any("ht:headers")
    for header in listed.items() if listed else ():
        yield header.one("ht:fieldName").value, header.one("ht:fieldValue").value


def _body(message: Node) -> bytes:
    body = message.any("ht:body")
    return body.one("cnt:chars").value.encode(body.one("cnt:characterEncoding").value) if body else b""


def _expected(response: Node) -> Expected:
    boolean, body = response.any("mf:expectedBoolean"), _body(response)
    return Expected(
        frozenset(map(_status, response.all("mf:expectedStatus"))),
        None if boolean is None else boolean.value == "true",
        _value(response.any("mf:expectedFormat")),
        _value(response.any("mf:expectedLocation")),
        dict(_headers(response)).get("content-type"),
        body.decode() if body else None,
    )


def _status(named: Node) -> int:
    """A code, or the first digit of a class such as `StatusCode2xx`."""
    name = named.name
    return _STATUS.get(name) or int(name.removeprefix("StatusCode").removesuffix("xx"))


def _value(node: Node | None) -> str | None:
    return node.value if node else None
