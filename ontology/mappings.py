"""The rows of `alignments.tsv`, which are SSSOM (https://mapping-commons.github.io/sssom/), as a graph."""

import csv
from collections.abc import Iterator
from importlib.resources import files

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

_TABLE = "alignments.tsv"
_MAPPING = "https://w3id.org/parley/mapping/"
SSSOM = Namespace("https://w3id.org/sssom/")
PREFIXES = {
    "cameo": "https://w3id.org/parley/cameo/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "grasp": "http://groundedannotationframework.org/grasp#",
    "lode": "http://linkedevents.org/ontology/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "parley": "https://w3id.org/parley/ns#",
    "plover": "https://w3id.org/parley/plover/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "time": "http://www.w3.org/2006/time#",
    "val": "https://w3id.org/parley/value/",
    "wd": "http://www.wikidata.org/entity/",
}


def rows() -> list[dict[str, str]]:
    """The table by its header: the slots of SSSOM, with CURIEs of `PREFIXES` and the source's address."""
    text = (files(__package__) / _TABLE).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def iri(curie: str) -> URIRef:
    """The IRI of a CURIE; raises KeyError for a prefix that is not listed."""
    prefix, _, name = curie.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def graph() -> Graph:
    """Each mapping as a triple, and as a node with what SSSOM says of it."""
    found = Graph()
    for row in rows():
        for triple in _triples(row):
            found.add(triple)
    return found


def _triples(row: dict[str, str]) -> Iterator[tuple[Node, Node, Node]]:
    subject, predicate, value = (iri(row[slot]) for slot in ("subject_id", "predicate_id", "object_id"))
    named = "-".join(row[slot].replace(":", "-") for slot in ("subject_id", "predicate_id", "object_id"))
    node = URIRef(_MAPPING + named.removeprefix("parley-"))
    yield subject, predicate, value
    yield node, RDF.type, SSSOM.Mapping
    yield node, SSSOM.subject_id, subject
    yield node, SSSOM.predicate_id, predicate
    yield node, SSSOM.object_id, value
    yield node, SSSOM.mapping_justification, iri(row["mapping_justification"])
    yield node, SSSOM.object_source, URIRef(row["object_source"])
    yield node, SSSOM.comment, Literal(row["comment"], lang="en")
