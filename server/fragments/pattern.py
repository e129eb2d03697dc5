"""The pattern of a fragment: terms as clients write them in addresses, and the queries that answer it.

Terms are in Hydra's explicit representation (Hydra Core Vocabulary, section 5.3): `http://e/a`, `"a"`,
`"a"@en`, `"1"^^http://www.w3.org/2001/XMLSchema#integer`. What is empty or begins with `?` matches anything.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from queries.parameters import Parameter, WrongValue
from server.engine.contract import Row, Term

_LITERAL = re.compile(
    r'"(?P<text>.*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<?(?P<datatype>[^"<>]+)>?)?', re.DOTALL
)
_LONG = 100_000  # characters of a term: passages are long
_MEND = (
    'give an IRI, a literal such as "a", "a"@en or "1"^^http://www.w3.org/2001/XMLSchema#integer, or nothing'
)


def _place(name: str, example: str) -> Parameter:
    what = f"The {name}: an IRI, a literal in quotation marks, or nothing for any."
    return Parameter(name, "string", what, example=example, longest=_LONG)


SUBJECT = _place("subject", "https://w3id.org/parley/id/state/armenia")
PREDICATE = _place("predicate", "http://www.w3.org/2000/01/rdf-schema#label")
OBJECT = _place("object", '"Armenia"@en')
GRAPH = _place("graph", "https://w3id.org/parley/graph/authority")
TRIPLE = (SUBJECT, PREDICATE, OBJECT)
QUAD = (*TRIPLE, GRAPH)


@dataclass(frozen=True)
class Pattern:
    """What is asked for in each place, by its name: a term, or None for any.

    `graphs` says whether triples of named graphs are asked for, each with its graph, or all together.
    """

    terms: Mapping[str, Term | None]
    graphs: bool = False

    @property
    def possible(self) -> bool:
        """Whether anything could match: no literal is a subject, and no blank node is named from outside."""
        own = [isinstance(self.terms[place.name], ox.Literal) for place in (SUBJECT, PREDICATE)]
        named = isinstance(self.terms.get(GRAPH.name), ox.Literal)
        return not any([*own, named, *(isinstance(term, ox.BlankNode) for term in self.terms.values())])

    def part(self, size: int, start: int) -> str:
        """A query for some of the matches, in the order in which the store holds them."""
        return f"SELECT * WHERE {{ {self._group()} }} LIMIT {size} OFFSET {start}"

    def count(self) -> str:
        """A query for the number of matches, as `?n`."""
        return f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._group()} }}"

    def quads(self, rows: Iterator[Row]) -> list[ox.Quad]:
        """The matches that such rows stand for."""
        return [self._quad(row) for row in rows]

    def _group(self) -> str:
        triple = " ".join(self._written(place.name) for place in TRIPLE)
        return f"GRAPH {self._written(GRAPH.name)} {{ {triple} }}" if self.graphs else triple

    def _written(self, place: str) -> str:
        term = self.terms.get(place)
        return f"?{place}" if term is None else str(term)

    def _quad(self, row: Row) -> ox.Quad:
        subject, predicate, object_, graph = (
            self.terms.get(place.name) or row.get(place.name) for place in QUAD
        )
        return ox.Quad(subject, predicate, object_, graph if self.graphs else None)  # type: ignore[arg-type]


def term(place: Parameter, value: str) -> Term | None:
    """The term that a client asks for in a place. Raises WrongValue."""
    if not value or value.startswith("?"):
        return None
    try:
        return _literal(value) if value.startswith('"') else _node(value)
    except ValueError:
        raise WrongValue(place.name, value, _MEND) from None


def _node(value: str) -> Term:
    if value.startswith("_:"):
        return ox.BlankNode()  # whatever its label: labels say nothing outside the answer that has them
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    return ox.NamedNode(bare)


def _literal(value: str) -> Term:
    found = _LITERAL.fullmatch(value)
    if found is None:
        raise ValueError(value)
    if found["language"]:
        return ox.Literal(found["text"], language=found["language"])
    datatype = ox.NamedNode(found["datatype"]) if found["datatype"] else None
    return ox.Literal(found["text"], datatype=datatype)
