"""The ontology, its shapes and its alignments as RDF graphs, read from the Turtle files of this package."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import Graph

_ALIGNMENTS = "alignments.ttl"


def load() -> Graph:
    """Every module with the relation scheme, the values and the code schemes; not the alignments."""
    graph = Graph(namespace_manager=shared().namespace_manager)
    graph += shared()
    return graph


@cache
def shared() -> Graph:
    """What `load` gives a copy of, for who only reads it: do not change the graph."""
    return _parse(file for file in _turtle(files(__package__)) if file.name != _ALIGNMENTS)


@cache
def modules() -> dict[str, Graph]:
    """Each file but the alignments by its name without ending, such as `actors`; do not change the graphs."""
    named = ((file.name.removesuffix(".ttl"), file) for file in _turtle(files(__package__)))
    return {name: _parse([file]) for name, file in named if f"{name}.ttl" != _ALIGNMENTS}


@cache
def versions() -> dict[str, Graph]:
    """The earlier releases by their number, `0.1.0` for one, the oldest first; do not change the graphs."""
    kept = {file.name.removesuffix(".ttl"): file for file in _turtle(files(__package__) / "versions")}
    by_age = sorted(kept, key=lambda number: [int(part) for part in number.split(".")])
    return {number: _parse([kept[number]]) for number in by_age}


def shapes() -> Graph:
    """The SHACL shapes of all modules."""
    return _parse(_turtle(files(__package__) / "shapes"))


def alignments() -> Graph:
    """What other vocabularies call the same or nearly the same; loading the ontology does not load it."""
    return _parse([files(__package__) / _ALIGNMENTS])


def _turtle(folder: Traversable) -> list[Traversable]:
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".ttl")), key=lambda file: file.name
    )


def _parse(turtle: Iterable[Traversable]) -> Graph:
    graph = Graph()
    for file in turtle:
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph
