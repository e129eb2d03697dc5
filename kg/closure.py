"""What follows from asserted triples by the ontology: OWL 2 RL rules, run until they give nothing new.

The rules are the files of `kg/rules`, named after the tables of OWL 2 Profiles, section 4.3
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules): those whose axioms
the ontology uses and that speak of individuals. Left out are those that only say that a thing is itself or
a Thing, and those that merge individuals: a node is named by its content here.
"""

from functools import cache
from importlib.resources import files
from typing import cast

import pyoxigraph as ox
from rdflib import OWL, RDF, Graph, URIRef

import ontology
from kg.vocab import NS


def infer(graph: Graph) -> Graph:
    """New triples about the individuals of the graph: types and property values in the ontology's own terms.

    Blank nodes, classes of other vocabularies and anything about the terms themselves are left out, so that
    the result can stand as a named graph beside the asserted ones. The order of the triples has no effect.
    """
    terms = ontology.load()
    return _about_individuals(saturated(graph, terms), terms) - graph


def saturated(graph: Graph, terms: Graph) -> ox.Store:
    """A store in memory with the graph, the ontology and everything that the rules draw from them."""
    store = ox.Store()
    for part in (terms, graph):
        store.bulk_load(part.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)
    before = -1
    while len(store) != before:
        before = len(store)
        for text in rules().values():
            found = cast(ox.QueryTriples, store.query(text))
            store.extend([ox.Quad(*triple) for triple in found])
    return store


def rules() -> dict[str, str]:
    """The rules that draw a triple from others, as CONSTRUCT queries by their names in OWL 2 Profiles."""
    return _queries("rules")


def clash_rules() -> dict[str, str]:
    """The rules that show a contradiction, as SELECT queries of ?node, ?one and ?other."""
    return _queries("rules/clashes")


@cache
def _queries(folder: str) -> dict[str, str]:
    found = [file for file in files("kg").joinpath(folder).iterdir() if file.name.endswith(".rq")]
    named = {file.name.removesuffix(".rq"): file.read_text(encoding="utf-8") for file in found}
    return dict(sorted(named.items()))


def _about_individuals(store: ox.Store, terms: Graph) -> Graph:
    """The triples of the store whose subject is no term and whose class or property is one of ours."""
    said = {term for term in terms.subjects() if isinstance(term, URIRef)}
    found = Graph()
    for predicate in _wanted_predicates(terms):
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            triple = _named(quad)
            if triple and triple[0] not in said and (predicate != RDF.type or triple[2].startswith(NS)):
                found.add(triple)
    return found


def _wanted_predicates(terms: Graph) -> list[URIRef]:
    ours = (term for term in terms.subjects(RDF.type, OWL.ObjectProperty) if str(term).startswith(NS))
    return [RDF.type, *(term for term in ours if isinstance(term, URIRef))]


def _named(quad: ox.Quad) -> tuple[URIRef, URIRef, URIRef] | None:
    """The triple of three IRIs, or None where a blank node or a literal has a place in it."""
    parts = [URIRef(term.value) for term in quad.triple if isinstance(term, ox.NamedNode)]
    return (parts[0], parts[1], parts[2]) if len(parts) == len(quad.triple) else None
