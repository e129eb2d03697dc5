"""The ontology, its shapes, alignments and examples as RDF graphs, read from the Turtle of this package."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import takewhile

import pyoxigraph as ox
from rdflib import Graph

from ontology import mappings, nodes

_ALIGNMENTS = "alignments.ttl"


@dataclass(frozen=True)
class Module:
    """One file: the sentence that it opens with, and its triples."""

    purpose: str
    graph: Graph


def load() -> Graph:
    """Every module with the relation scheme, the values and the code schemes; not the alignments."""
    graph = Graph(namespace_manager=shared().namespace_manager)
    graph += shared()
    return graph


@cache
def shared() -> Graph:
    """What `load` gives a copy of, for who only reads it: do not change the graph."""
    return _parse(file for file in turtle_files(files(__package__)) if file.name != _ALIGNMENTS)


@cache
def modules() -> dict[str, Module]:
    """Each file but the alignments by its name without ending, such as `actors`; do not change the graphs."""
    return _modules(file for file in turtle_files(files(__package__)) if file.name != _ALIGNMENTS)


@cache
def shape_modules() -> dict[str, Module]:
    """The same for the shapes."""
    return _modules(turtle_files(files(__package__) / "shapes"))


@cache
def examples() -> dict[str, Module]:
    """Known talks, agreements and corridors told in the terms of the ontology, each fact with its page.

    They show how the terms are used and are in no graph that is built. Do not change the graphs.
    """
    return _modules(turtle_files(files(__package__) / "examples"))


@cache
def versions() -> dict[str, Graph]:
    """The earlier releases by their number, `0.1.0` for one, the oldest first; do not change the graphs."""
    kept = {file.name.removesuffix(".ttl"): file for file in turtle_files(files(__package__) / "versions")}
    by_age = sorted(kept, key=lambda number: [int(part) for part in number.split(".")])
    return {number: _parse([kept[number]]) for number in by_age}


def shapes() -> Graph:
    """The SHACL shapes of all modules."""
    return _parse(turtle_files(files(__package__) / "shapes"))


def alignments() -> Graph:
    """What other vocabularies call the same or nearly the same; loading the ontology does not load it.

    Each row of `alignments.tsv` is a triple and a node with its source and reason, as
    `ontology.mappings` has it.
    """
    return _parse([files(__package__) / _ALIGNMENTS]) + mappings.graph()


def turtle_files(folder: Traversable) -> list[Traversable]:
    """The Turtle files of a folder, by name."""
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".ttl")), key=lambda file: file.name
    )


def _modules(turtle: Iterable[Traversable]) -> dict[str, Module]:
    return {file.name.removesuffix(".ttl"): Module(_purpose(file), _parse([file])) for file in turtle}


def _purpose(file: Traversable) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return " ".join(line.removeprefix("#").strip() for line in takewhile(lambda x: x.startswith("#"), lines))


def _parse(turtle: Iterable[Traversable]) -> Graph:
    """By Oxigraph, which reads Turtle several times faster than rdflib, with the prefixes of each file."""
    graph = Graph()
    for file in turtle:
        read = ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE)
        for triple in nodes.of(read):
            graph.add(triple)
        for prefix, namespace in read.prefixes.items():
            graph.bind(prefix, namespace)
    return graph
