"""The right answers, by pyoxigraph in this process, and updates whose effect can be told."""

import random
import re
import threading

import pyoxigraph as ox

from bench.service import answers, data
from bench.service.shapes import Shape

_KEPT = 2_000  # answers that are known already
_THINGS = 200  # that updates speak of
_MARK = re.compile(r"# 0\.\d+$")  # what makes a text another one that asks the same
_ALL = "SELECT * { ?s ?p ?o }"
_ENDLESS = (  # whatever the store holds: a product of its own triples ends where it has few
    "INSERT { <urn:thing:0> <urn:all> ?n0 } WHERE { "
    + " ".join(f"VALUES ?n{place} {{ {' '.join(map(str, range(40)))} }}" for place in range(7))
    + " }"
)


class Expected:
    """Answers over several graphs, each found once."""

    def __init__(self, graphs: list[data.Made]) -> None:
        self._stores = [ox.Store.read_only(str(made.store)) for made in graphs]
        self._known: dict[tuple[int, str], answers.Counter[answers.Row]] = {}
        self._lock = threading.Lock()

    def differs(self, graph: int, shape: Shape, text: str, body: bytes) -> str | None:
        """In what an answer is wrong; None where it is right."""
        try:
            found = answers.rows(shape, body)
        except (ValueError, SyntaxError, KeyError) as error:
            return f"an answer that cannot be read: {error!r}"
        return answers.differs(shape, found, self._rows(graph, shape, _MARK.sub("", text)))

    def _rows(self, graph: int, shape: Shape, text: str) -> "answers.Counter[answers.Row]":
        key = (graph, text)
        with self._lock:
            if key not in self._known:
                if len(self._known) > _KEPT:
                    self._known.clear()
                self._known[key] = answers.rows(shape, serialized(self._stores[graph], text))
            return self._known[key]


def serialized(store: ox.Store, text: str) -> bytes:
    """An answer in the syntax that the benches ask for."""
    found = store.query(text)
    if isinstance(found, ox.QueryTriples):
        return ox.serialize(found, format=ox.RdfFormat.TURTLE) or b""
    return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def update(number: int, draw: random.Random) -> tuple[str, str]:
    """An update and the statuses that may come of it."""
    one, other = (f"<urn:thing:{draw.randrange(_THINGS)}>" for _ in range(2))
    fine = "200 204"
    kinds = (
        (f"INSERT DATA {{ {one} <urn:knows> {other} ; <urn:age> {number} }}", fine),
        (f"DELETE WHERE {{ {one} ?p ?o }}", fine),
        (f"DELETE {{ {one} ?p ?o }} INSERT {{ {other} ?p ?o }} WHERE {{ {one} ?p ?o }}", fine),
        (f"INSERT DATA {{ {one} <urn:a> 1 }} ; INSERT DATA {{ GRAPH <urn:g> {{ {one} <urn:b> 2 }} }}", fine),
        (_ENDLESS, "503 507 413"),
        (f"INSERT DATA {{ {one} <urn:b> ", "400"),
        ("LOAD <http://127.0.0.1:9/>", "400 403"),
        (f"INSERT DATA {{ {one} <urn:never> 1 }}", "401"),
    )
    weights = (40, 10, 10, 10, 1, 5, 2, 5)
    return draw.choices(kinds, weights)[0]


def holds(store: ox.Store, body: bytes) -> str | None:
    """In what a store's default graph differs from an answer to SELECT * { ?s ?p ?o }; None: in nothing."""
    wanted, found = _triples(serialized(store, _ALL)), _triples(body)
    if wanted == found:
        return None
    return f"{len(found)} triples instead of {len(wanted)}, such as {next(iter(wanted ^ found))}"


def copy(body: bytes) -> ox.Store:
    """A store that holds what the answer says."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in _triples(body))
    return store


def _triples(body: bytes) -> set[tuple[object, ...]]:
    parsed = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    return {(row["s"], row["p"], row["o"]) for row in parsed}
