"""The namespaces of the graph, and the one place where a key becomes an IRI."""

from dataclasses import dataclass

from rdflib import Namespace, URIRef

NS = Namespace("https://w3id.org/parley/ns#")
REL = Namespace("https://w3id.org/parley/relation#")
VAL = Namespace("https://w3id.org/parley/value/")
PLOVER = Namespace("https://w3id.org/parley/plover/")
PAX = Namespace("https://w3id.org/parley/pax/")
CAMEO = Namespace("https://w3id.org/parley/cameo/")
MODE = Namespace("https://w3id.org/parley/plover-mode/")
CONTEXT = Namespace("https://w3id.org/parley/plover-context/")
LOADED = Namespace("https://w3id.org/parley/loaded/")
DEFAULT_BASE = "https://w3id.org/parley/"

PREFIXES = {
    "parley": str(NS),
    "rel": str(REL),
    "val": str(VAL),
    "plover": str(PLOVER),
    "pax": str(PAX),
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
}


@dataclass(frozen=True)
class Base:
    """Where instances live: `{iri}id/<kind>/<slug>` and `{iri}graph/<name>`; the vocabulary stays."""

    iri: str = DEFAULT_BASE

    def id(self, key: str) -> URIRef:
        """The IRI of the thing with this key, e.g. `state/azerbaijan`."""
        return URIRef(f"{self.iri}id/{key}")

    def graph(self, name: str) -> URIRef:
        """The IRI of a named graph, e.g. `authority` or `article/<slug>`."""
        return URIRef(f"{self.iri}graph/{name}")
