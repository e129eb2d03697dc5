"""The description of the data set and its graphs in VoID and DCAT: what is there, how much, and from where.

It depends on data and code alone, so that equal data have equal descriptions: addresses of servers, checksums
and sizes of files are added where it is served.
"""

from collections.abc import Iterable, Iterator
from importlib.resources import files

from rdflib import DCAT, DCTERMS, PROV, RDF, RDFS, SDO, VOID, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg import __version__, fingerprint
from kg.identifiers import digest, slug
from kg.vocab import PREFIXES, Base
from kg.void import distributions
from kg.void.counts import Counts, Links, count
from kg.void.distributions import LICENCE, distribution

__all__ = ["LICENCE", "count", "dataset", "describe", "distribution", "partition", "shapes"]

_GRAPHS = {
    "authority": "Names, types, codes and coordinates of actors, places, routes and tracks",
    "ontology": "The Parley ontology with its relations and values",
    "links": "Which accounts of different sources are of one event",
    "inferred": "What follows by the axioms of the ontology",
    "retired": "What became of things that reviewers merged, renamed or removed",
}
_Triples = Iterator[tuple[Node, Node, Node]]


def describe(counts: Counts, base: Base, sources: Iterable[str] = (), version: str = "") -> Graph:
    """The data set with a subset for each named graph, and partitions by class and by property.

    `sources` are the keys of what it was read from. The counts are those of all graphs but `void`, so that
    the description does not depend on its own size.
    """
    graph = Graph()
    shipped = (files(__package__) / "dataset.ttl").read_text("utf-8")
    graph.parse(data=shipped, format="turtle", publicID=base.iri)
    for prefix in ("void", "dcat", "dcterms", "prov"):
        graph.bind(prefix, PREFIXES[prefix])
    told = (
        _dataset(counts, base),
        distributions.triples(dataset(base), base),
        _subsets(counts, base),
        _partitions(counts, base),
        _linksets(counts.links, base),
        _origin(tuple(sources), version, base),
    )
    for triples in told:
        for triple in triples:
            graph.add(triple)
    return graph


def shapes() -> Graph:
    """The SHACL shapes that a served description keeps."""
    return Graph().parse(data=(files(__package__) / "shapes.ttl").read_text("utf-8"), format="turtle")


def dataset(base: Base) -> URIRef:
    """The IRI of the data set as a whole."""
    return base.id("dataset/parley")


def partition(kind: str, term: str, base: Base) -> URIRef:
    """The IRI of the part of the data that has to do with a class or a property: `kind` says which."""
    local = term.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    return base.id(f"partition/{kind}-{slug(local)}-{digest(term, length=6)}")


def _dataset(counts: Counts, base: Base) -> _Triples:
    node = dataset(base)
    yield node, VOID.uriSpace, Literal(base.iri + "id/")
    for name, number in counts.totals.items():
        yield node, VOID[name], Literal(number)
    for namespace in _vocabularies(counts, base):
        yield node, VOID.vocabulary, URIRef(namespace)
    for name in counts.graphs:
        yield node, VOID.subset, base.graph(name)
    if counts.period:
        period = base.id("period/of-the-sources")
        yield node, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        yield period, RDFS.label, Literal("When the sources were published", lang="en")
        for edge, day in zip((DCAT.startDate, DCAT.endDate), counts.period, strict=True):
            yield period, edge, Literal(day, datatype=XSD.date)


def _vocabularies(counts: Counts, base: Base) -> list[str]:
    """The namespaces of the classes and properties that are used; what is below the base is none."""
    terms = (*counts.classes, *counts.properties)
    spaces = {term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms}
    return sorted(space for space in spaces if not space.startswith(f"{base.iri}id/"))


def _subsets(counts: Counts, base: Base) -> _Triples:
    for name, number in counts.graphs.items():
        node = base.graph(name)
        yield node, RDF.type, VOID.Dataset
        yield node, DCTERMS.title, Literal(_GRAPHS.get(name, f"Graph of the source {name}"), lang="en")
        yield node, DCTERMS.license, LICENCE
        yield node, VOID.triples, Literal(number)


def _partitions(counts: Counts, base: Base) -> _Triples:
    kinds = (
        ("class", VOID.classPartition, VOID["class"], VOID.entities, counts.classes),
        ("property", VOID.propertyPartition, VOID.property, VOID.triples, counts.properties),
    )
    for kind, part, by, measure, numbers in kinds:
        for term, number in numbers.items():
            node = partition(kind, term, base)
            yield dataset(base), part, node
            yield node, RDF.type, VOID.Dataset
            yield node, by, URIRef(term)
            yield node, measure, Literal(number)


def _linksets(links: Iterable[Links], base: Base) -> _Triples:
    for one in links:
        target, name = URIRef(one.target.dataset), slug(one.predicate.rpartition("#")[2])
        node = base.id(f"linkset/{one.target.name}-{name}")
        yield dataset(base), VOID.subset, node
        yield node, RDF.type, VOID.Linkset
        yield node, DCTERMS.title, Literal(f"Links to {one.target.title}", lang="en")
        yield node, DCTERMS.license, LICENCE
        yield node, VOID.subjectsTarget, dataset(base)
        yield node, VOID.objectsTarget, target
        yield node, VOID.linkPredicate, URIRef(one.predicate)
        yield node, VOID.triples, Literal(one.triples)
        yield target, RDF.type, VOID.Dataset
        yield target, DCTERMS.title, Literal(one.target.title, lang="en")
        yield target, VOID.uriSpace, Literal(one.target.space)


def _origin(sources: tuple[str, ...], version: str, base: Base) -> _Triples:
    """Inputs and code: the version is a hash of both."""
    node, build = dataset(base), base.id("activity/build")
    software = base.id(f"software/parley-{__version__}")
    if version:
        yield node, URIRef(f"{DCAT}version"), Literal(version)  # which rdflib 7 does not know
        yield node, DCTERMS.identifier, Literal(f"parley-{version}")
    yield node, PROV.wasGeneratedBy, build
    yield build, RDF.type, PROV.Activity
    yield build, RDFS.label, Literal("Building of the graph", lang="en")
    yield build, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(f"Parley {__version__}", lang="en")
    yield software, SDO.softwareVersion, Literal(__version__)
    yield software, DCTERMS.identifier, Literal(f"code-{fingerprint.code()}")
    for key in sources:
        yield build, PROV.used, base.id(key)
        yield node, PROV.wasDerivedFrom, base.id(key)
