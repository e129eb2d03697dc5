"""JSON-LD as people read it: names of terms for their IRIs, by a context that is also published on its own.

A document holds the part of the context that it uses, so that it is read offline and in one request; the
whole is at /context.jsonld, for whoever writes data. JSON-LD 1.1, sections 3.1 and 4.1.2 to 4.2.3.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

import ontology
from kg.vocab import NS, PREFIXES
from server.engine.contract import Row, Term

Definitions = dict[str, Any]
_TYPE, _STRING = str(RDF.type), str(XSD.string)


def context(of: Graph) -> Definitions:
    """The prefixes and properties of a version of the ontology, as definitions of a context.

    A property between things takes IRIs as strings, one with a datatype the lexical forms of it.
    """
    found = {str(s) for kind in _KINDS for s in of.subjects(RDF.type, kind) if str(s).startswith(NS)}
    terms = {iri.removeprefix(NS): _definition(URIRef(iri), of) for iri in sorted(found)}
    return dict(sorted(PREFIXES.items())) | terms


_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def current() -> Definitions:
    """The context of the ontology as it is now."""
    return context(ontology.load())


def compacted(expanded: bytes) -> bytes:
    """A document in expanded form, as Oxigraph writes it, with the context that it needs."""
    nodes = [_Writer().node(node) for node in json.loads(expanded)]
    used = sorted({name for node in nodes for name in _names(node)})
    told = {"@context": _used(used), "@graph": nodes}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def about(iri: str, names: Row, types: Sequence[Row], outgoing: Sequence[Row]) -> dict[str, Any]:
    """Names, classes and properties of one thing, from what its page shows, for a `script` element."""
    node: dict[str, Any] = {"@id": iri, "@type": [_value(row["type"])["@id"] for row in types]}
    rows = [
        (str(RDFS.label), names.get("label")),
        (f"{PREFIXES['skos']}prefLabel", names.get("preferredLabel")),
    ]
    for key, term in (*rows, *((_value(row["property"])["@id"], row["value"]) for row in outgoing)):
        if term is not None and not str(term).startswith("_:"):
            node.setdefault(key, []).append(_value(term))
    written = _Writer().node(node)
    return {"@context": _used(sorted(set(_names(written)))), **written}


class _Writer:
    """Writes nodes of expanded documents in the names of the context."""

    def __init__(self) -> None:
        self._terms = current()

    def node(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """One node object."""
        found: dict[str, Any] = {}
        for key, values in node.items():
            if key == "@id":
                found[key] = values
            elif key in ("@type", _TYPE):  # Oxigraph writes the property
                found["@type"] = _one(
                    [_name(value if isinstance(value, str) else value["@id"]) for value in values]
                )
            else:
                name = _name(key)
                found[name] = _one([self._value(name, value) for value in values])
        return found

    def _value(self, name: str, value: Mapping[str, Any]) -> Any:
        """A plain string where the definition of its key says the rest."""
        definition = self._terms.get(name)
        kind = definition.get("@type") if isinstance(definition, dict) else None
        if set(value) == {"@id"} and kind == "@id":
            return value["@id"]
        if kind and value.get("@type") == kind_iri(kind):
            return value["@value"]
        plain = set(value) == {"@value"} and isinstance(value["@value"], str)
        return value["@value"] if plain and kind is None else dict(value)


def kind_iri(kind: str) -> str:
    """The IRI that a compact one such as `xsd:date` stands for."""
    prefix, _, name = kind.partition(":")
    return f"{PREFIXES[prefix]}{name}" if prefix in PREFIXES else kind


def _definition(iri: URIRef, of: Graph) -> dict[str, str]:
    told = {"@id": f"parley:{iri.removeprefix(NS)}"}
    datatype = of.value(iri, RDFS.range)
    if (iri, RDF.type, OWL.ObjectProperty) in of:
        return told | {"@type": "@id"}
    if isinstance(datatype, URIRef) and datatype.startswith(str(XSD)) and datatype != XSD.string:
        return told | {"@type": f"xsd:{datatype.removeprefix(str(XSD))}"}
    return told


def _name(iri: str) -> str:
    """The shortest name of a property or class: a term, a compact IRI, or else itself."""
    if iri.startswith(NS) and iri.removeprefix(NS) in current():
        return iri.removeprefix(NS)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and not iri.removeprefix(namespace).startswith("//"):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _names(node: Mapping[str, Any]) -> Iterable[str]:
    types = node.get("@type", [])
    yield from (key for key in node if not key.startswith("@"))
    yield from [types] if isinstance(types, str) else types


def _used(names: Iterable[str]) -> Definitions:
    """The part of the context that these names need; terms need prefixes."""
    terms = {name: current()[name] for name in names if ":" not in name and name in current()}
    told = (
        *(name for name in names if ":" in name),
        *(word for one in terms.values() for word in one.values()),
    )
    prefixes = {name.partition(":")[0] for name in told} & PREFIXES.keys()
    return {prefix: PREFIXES[prefix] for prefix in sorted(prefixes)} | terms


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _value(term: Term) -> dict[str, Any]:
    """A term of an answer in expanded form."""
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    if not isinstance(term, Literal):
        return {"@id": str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    return {"@value": term.value} if datatype == _STRING else {"@value": term.value, "@type": datatype}
