"""The description of the data set and its graphs in VoID: what is there, how much, under which licence."""

from collections.abc import Iterator, Mapping

from rdflib import DCTERMS, RDF, VOID, Graph, Literal, URIRef
from rdflib.term import Node

from kg.vocab import NS, PREFIXES, VAL, Base

LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_VOCABULARIES = ("prov", "skos", "dcterms", "schema", "rdfs", "owl")
_GRAPHS = {
    "authority": "Names, types, codes and coordinates of actors, places, routes and tracks",
    "ontology": "The Parley ontology with its relations and values",
    "links": "Which accounts of different sources are of one event",
    "inferred": "What follows by the axioms of the ontology",
}


def describe(counts: Mapping[str, int], base: Base) -> Graph:
    """The data set with a subset for each named graph, given as graph name and number of its triples.

    A count of `void` itself is left out, so that the description does not depend on its own size; no run
    times and no addresses of servers either, so that equal data have equal descriptions.
    """
    sizes = {name: count for name, count in sorted(counts.items()) if name != "void"}
    graph = Graph()
    graph.bind("void", PREFIXES["void"])
    graph.bind("dcterms", PREFIXES["dcterms"])
    for triple in (*_dataset(sizes, base), *_subsets(sizes, base)):
        graph.add(triple)
    return graph


def dataset(base: Base) -> URIRef:
    """The IRI of the data set as a whole."""
    return base.id("dataset/parley")


def _dataset(sizes: Mapping[str, int], base: Base) -> Iterator[tuple[Node, Node, Node]]:
    node = dataset(base)
    yield from _sized(node, "Parley knowledge graph", sum(sizes.values()))
    about = "Who said what about whom in reports on conflicts and peace talks, with the words that say so."
    yield node, DCTERMS.description, Literal(about, lang="en")
    yield node, VOID.uriSpace, Literal(base.iri + "id/")
    yield node, VOID.exampleResource, base.id("state/azerbaijan")
    for namespace in (str(NS), str(VAL), *(PREFIXES[prefix] for prefix in _VOCABULARIES)):
        yield node, VOID.vocabulary, URIRef(namespace)
    for name in sizes:
        yield node, VOID.subset, base.graph(name)


def _subsets(sizes: Mapping[str, int], base: Base) -> Iterator[tuple[Node, Node, Node]]:
    for name, count in sizes.items():
        yield from _sized(base.graph(name), _GRAPHS.get(name, f"Graph of the source {name}"), count)


def _sized(node: Node, title: str, triples: int) -> Iterator[tuple[Node, Node, Node]]:
    yield node, RDF.type, VOID.Dataset
    yield node, DCTERMS.title, Literal(title, lang="en")
    yield node, DCTERMS.license, LICENCE
    yield node, VOID.triples, Literal(triples)
