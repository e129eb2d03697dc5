"""All that is known of one class or property, as rows for its entry on the page of its module."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import DCTERMS, OWL, RDFS, SKOS, Graph, URIRef

import ontology
from kg.manchester import axioms, exclusions
from kg.vocab import NS
from queries import Query
from server.reference import naming
from server.reference.constraints import Shape, shapes_about
from server.reference.naming import Mention, ordered
from server.reference.terms import Module, Term, modules
from server.reference.usage import questions

_SCHEMA = "https://schema.org/"
_DOMAINS = (RDFS.domain, URIRef(f"{_SCHEMA}domainIncludes"))
_RANGES = (RDFS.range, URIRef(f"{_SCHEMA}rangeIncludes"))
# What an alignment says, in words; others go by the name of their property.
ALIGNED = {
    OWL.equivalentClass: "the same as",
    OWL.equivalentProperty: "the same as",
    SKOS.exactMatch: "the same as",
    RDFS.subClassOf: "narrower than",
    RDFS.subPropertyOf: "narrower than",
    SKOS.broadMatch: "narrower than",
    SKOS.narrowMatch: "broader than",
    SKOS.closeMatch: "close to",
    SKOS.relatedMatch: "related to",
    RDFS.seeAlso: "see",
}
# Named for people; the other kinds of axioms are told as they stand.
_NAMED = {
    "Domain": "From (typed by it)",
    "Range": "To (typed by it)",
    "DomainIncludes": "From",
    "RangeIncludes": "To",
    "InverseOf": "Inverse",
}

# What is told in words or addresses; a term whose source is this ontology has none elsewhere.
_WORDS = (
    ("Source", DCTERMS.source),
    ("Example in words", SKOS.example),
    ("Changed", SKOS.changeNote),
)
_ITSELF = URIRef(str(NS).rstrip("#"))

Row = tuple[str, tuple[tuple[Mention, ...], ...]]


@dataclass(frozen=True)
class Entry:
    """A term with everything that the ontology, its shapes, alignments and questions say of it.

    Each row has a heading and the lines below it, each of words and terms.
    """

    term: Term
    rows: tuple[Row, ...]
    shapes: tuple[Shape, ...]
    questions: tuple[Query, ...]


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """The entries of each module by its name."""
    graph, aligned = ontology.shared(), ontology.alignments()
    apart = {iri: naming.mentions(axiom) for iri, axiom in exclusions(graph).items()}
    return {module.name: tuple(_entries(module, graph, aligned, apart)) for module in modules()}


def _entries(
    module: Module, graph: Graph, aligned: Graph, apart: dict[str, tuple[Mention, ...]]
) -> Iterator[Entry]:
    for term in module.terms:
        iri = URIRef(term.iri)
        excluded = (apart[term.iri],) if term.iri in apart else ()
        rows = (
            *_axioms(iri, graph),
            ("Excludes", excluded),
            *_around(iri, graph),
            *_told(iri, graph, aligned),
        )
        yield Entry(term, tuple(row for row in rows if row[1]), shapes_about(term.iri), questions(term.iri))


def _axioms(iri: URIRef, graph: Graph) -> Iterator[Row]:
    told = axioms(iri, graph)
    for kind in dict.fromkeys(axiom.kind for axiom in told):
        yield _NAMED.get(kind, kind), tuple(naming.mentions(axiom) for axiom in told if axiom.kind == kind)


def _around(iri: URIRef, graph: Graph) -> Iterator[Row]:
    """What else speaks of the term: narrower terms, and the properties that a class is used with."""
    below = {s for p in (RDFS.subClassOf, RDFS.subPropertyOf) for s in graph.subjects(p, iri)}
    yield "Narrower", _listed(s for s in below if isinstance(s, URIRef))
    own = _ours(graph, _DOMAINS, iri)
    above = {up for up in graph.transitive_objects(iri, RDFS.subClassOf) if isinstance(up, URIRef)}
    yield "Has", _listed(own)
    yield "Has, as what is broader", _listed({p for up in above for p in _ours(graph, _DOMAINS, up)} - own)
    yield "Value of", _listed(_ours(graph, _RANGES, iri))


def _told(iri: URIRef, graph: Graph, aligned: Graph) -> Iterator[Row]:
    yield (
        "Elsewhere",
        tuple(
            (Mention(ALIGNED[predicate]), naming.node(value))
            for predicate, value in sorted(aligned.predicate_objects(iri))
            if isinstance(predicate, URIRef) and predicate in ALIGNED
        ),
    )
    for heading, predicate in _WORDS:
        found = ordered(graph.objects(iri, predicate))
        yield heading, tuple((naming.node(one),) for one in found if one != _ITSELF)


def _ours(graph: Graph, predicates: Iterable[URIRef], iri: URIRef) -> set[URIRef]:
    found = {s for predicate in predicates for s in graph.subjects(predicate, iri)}
    return {s for s in found if isinstance(s, URIRef)}


def _listed(found: Iterable[URIRef]) -> tuple[tuple[Mention, ...], ...]:
    """All on one line, in alphabetical order."""
    terms = [naming.mention(str(iri)) for iri in sorted(found)]
    line = tuple(one for term in terms for one in (Mention(","), term))[1:]
    return (line,) if line else ()
