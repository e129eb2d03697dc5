"""Names of values, relations, classes and codes as IRIs; a name that the ontology does not define raises."""

from rdflib import OWL, RDF, RDFS, Namespace, URIRef

import ontology
from kg.errors import ParleyError
from kg.vocab import NS, PLOVER, REL, VAL

_MEND = "Use a name that the ontology defines, or define it there."


def value(kind: str, name: str) -> URIRef:
    """The value concept, as in value("stance", "accuse"); raises ParleyError for an unknown one."""
    return _defined(VAL, f"{kind}-{name}", "value")


def relation(name: str) -> URIRef:
    """The relation of a proposition; raises ParleyError for an unknown one."""
    return _defined(REL, name, "relation")


def code(name: str) -> URIRef:
    """The PLOVER class of an event; raises ParleyError for an unknown one."""
    return _defined(PLOVER, name, "event code")


def thing_class(name: str) -> URIRef:
    """A class of the ontology; raises ParleyError for an unknown one."""
    iri = _defined(NS, name, "class")
    if (iri, RDF.type, OWL.Class) not in ontology.shared():
        raise ParleyError(f"{name} is no class", "ontology", _MEND)
    return iri


def event_class(name: str) -> URIRef:
    """A class of events; raises ParleyError for a class of anything else."""
    iri = thing_class(name)
    if NS.Event not in ontology.shared().transitive_objects(iri, RDFS.subClassOf):
        raise ParleyError(f"{name} is no class of events", "ontology", _MEND)
    return iri


def _defined(namespace: Namespace, name: str, what: str) -> URIRef:
    iri = namespace[name]
    if (iri, None, None) not in ontology.shared():
        raise ParleyError(f"{name} is an unknown {what}", "ontology", _MEND)
    return iri
