"""The manifests of the suite: which cases there are, and what each of them asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from . import checkout

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TESTS = "http://www.w3.org/2001/sw/DataAccess/tests/"
PREFIXES = {
    "rdf": _RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "mf": f"{_TESTS}test-manifest#",
    "qt": f"{_TESTS}test-query#",
    "rs": f"{_TESTS}result-set#",
    "ut": "http://www.w3.org/2009/sparql/tests/test-update#",
    "cnt": "http://www.w3.org/2011/content#",
    "ht": "http://www.w3.org/2011/http#",
}
Subject = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Node:
    """A node of a graph in a file, and what stands there about it; predicates are written `prefix:name`."""

    graph: ox.Store
    term: Subject | ox.Literal | ox.Triple

    @property
    def value(self) -> str:
        """The IRI, the text of the literal, or the label."""
        assert not isinstance(self.term, ox.Triple)
        return self.term.value

    @property
    def name(self) -> str:
        """What follows the last `#` or `/` of the IRI."""
        return self.value.replace("#", "/").rpartition("/")[2]

    def all(self, predicate: str) -> list["Node"]:
        """All objects of a predicate."""
        assert isinstance(self.term, Subject)
        prefix, _, local = predicate.partition(":")
        iri = ox.NamedNode(PREFIXES[prefix] + local)
        return [Node(self.graph, quad.object) for quad in self.graph.quads_for_pattern(self.term, iri, None)]

    def any(self, predicate: str) -> "Node | None":
        """The object of a predicate, or None. Raises ValueError where there are several."""
        found = self.all(predicate)
        if len(found) > 1:
            raise ValueError(f"{self.term} has several {predicate}")
        return found[0] if found else None

    def one(self, predicate: str) -> "Node":
        """The object of a predicate. Raises ValueError where there is none, or several."""
        found = self.any(predicate)
        if found is None:
            raise ValueError(f"{self.term} has no {predicate}")
        return found

    def items(self) -> Iterator["Node"]:
        """The members of the list that starts here."""
        at = self
        while at.value != f"{_RDF}nil":
            yield at.one("rdf:first")
            at = at.one("rdf:rest")


@dataclass(frozen=True)
class Case:
    """One test: `kind` is the local name of its class, `folder` where its manifest lies."""

    iri: str
    kind: str
    folder: str
    node: Node

    @property
    def id(self) -> str:
        """A short name that no other case has."""
        return f"{self.folder}#{self.node.name}"


@cache
def graph(url: str) -> ox.Store:
    """The graph of a file."""
    found = ox.Store()
    found.extend(checkout.quads(url))
    return found


def node(url: str) -> Node:
    """The file itself as a node of its graph."""
    return Node(graph(url), ox.NamedNode(url))


@cache
def cases(folder: str) -> tuple[Case, ...]:
    """The cases of a folder in the order of its manifest, and of those that it includes."""
    return tuple(_cases(folder, f"{checkout.PUBLIC}{folder}/manifest.ttl"))


def _cases(folder: str, url: str) -> Iterator[Case]:
    for found in subjects(url, "mf:include"):
        for included in found.one("mf:include").items():
            yield from _cases(folder, included.value)
    for found in subjects(url, "mf:entries"):
        for entry in found.one("mf:entries").items():
            yield Case(entry.value, entry.one("rdf:type").name, folder, entry)


def subjects(url: str, predicate: str) -> list[Node]:
    """The nodes of a file that have a predicate."""
    prefix, _, local = predicate.partition(":")
    iri = ox.NamedNode(PREFIXES[prefix] + local)
    found = graph(url).quads_for_pattern(None, iri, None)
    return [Node(graph(url), subject) for subject in dict.fromkeys(quad.subject for quad in found)]
