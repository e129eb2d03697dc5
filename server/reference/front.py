"""What the first page on the ontology says of the whole: its metadata, what changed, its alignments."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from rdflib import DCTERMS, OWL, RDF, VANN, Graph, URIRef

import ontology
from kg.evolution import Change
from kg.evolution import changes as computed
from server.reference.entries import ALIGNED
from server.reference.naming import Mention, mention, node, ordered

_FIELDS = (
    ("Version", OWL.versionInfo),
    ("Version IRI", OWL.versionIRI),
    ("Prior version", OWL.priorVersion),
    ("Compatible with", OWL.backwardCompatibleWith),
    ("Created", DCTERMS.created),
    ("Issued", DCTERMS.issued),
    ("Modified", DCTERMS.modified),
    ("Status", URIRef("http://purl.org/ontology/bibo/status")),
    ("Creator", DCTERMS.creator),
    ("Contributor", DCTERMS.contributor),
    ("Publisher", DCTERMS.publisher),
    ("Licence", DCTERMS.license),
    ("Grown from", DCTERMS.source),
    ("Prefix", VANN.preferredNamespacePrefix),
    ("Namespace", VANN.preferredNamespaceUri),
)


@dataclass(frozen=True)
class About:
    """What an ontology says of itself."""

    iri: str
    title: str
    abstract: str
    citation: str
    fields: tuple[tuple[str, tuple[Mention, ...]], ...]


@dataclass(frozen=True)
class Alignment:
    """One line of the alignments: a term of ours, how it is related, and the term elsewhere."""

    term: Mention
    relation: str
    other: Mention


def about(graph: Graph) -> About:
    """The metadata of the ontology in a graph."""
    itself = graph.value(None, RDF.type, OWL.Ontology)
    if itself is None:
        raise ValueError("the graph declares no owl:Ontology")
    told = {name: tuple(node(o) for o in ordered(graph.objects(itself, p))) for name, p in _FIELDS}
    title, description, abstract, citation = (
        str(graph.value(itself, p) or "")
        for p in (DCTERMS.title, DCTERMS.description, DCTERMS.abstract, DCTERMS.bibliographicCitation)
    )
    fields = tuple((name, values) for name, values in told.items() if values)
    return About(str(itself), title, abstract or description, citation, fields)


@cache
def number() -> str:
    """The version of the ontology that is described."""
    return str(
        ontology.modules()["parley"].graph.value(URIRef("https://w3id.org/parley/ns"), OWL.versionInfo)
    )


@cache
def changes() -> tuple[str, dict[str, tuple[Change, ...]]]:
    """The last version before this one, and what changed since, by kind."""
    last, graph = list(ontology.versions().items())[-1]
    found = groupby(computed(graph, ontology.shared()), key=lambda change: change.kind)
    return last, {kind: tuple(told) for kind, told in found}


@cache
def aligned() -> tuple[Alignment, ...]:
    """Every alignment, by term."""
    return tuple(_aligned(ontology.alignments()))


def _aligned(graph: Graph) -> Iterator[Alignment]:
    for s, p, o in sorted(graph):
        if isinstance(s, URIRef) and isinstance(p, URIRef) and p in ALIGNED:
            yield Alignment(mention(str(s)), ALIGNED[p], node(o))
