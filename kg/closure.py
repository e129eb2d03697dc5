"""What follows from asserted triples by the ontology: OWL 2 RL rules, run until they give nothing new.

The rules are the files of `kg/rules`, named after the tables of OWL 2 Profiles, section 4.3
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules): those whose axioms
the ontology uses and that speak of individuals. Left out are those that only say that a thing is itself or
a Thing, and those that merge individuals: a node is named by its content here.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import cast

import pyoxigraph as ox
from rdflib import OWL, RDF, Graph, URIRef

import ontology
from kg import triples
from kg.vocab import NS


def infer(graph: Graph) -> Graph:
    """New triples about the individuals of the graph: types and property values in the ontology's own terms.

    Blank nodes, classes of other vocabularies and anything about the terms themselves are left out, so that
    the result can stand as a named graph beside the asserted ones. The order of the triples has no effect.
    """
    return triples.from_lines(infer_lines([triples.lines_of(graph.serialize(format="nt"))]))


def infer_lines(groups: Iterable[Iterable[str]]) -> list[str]:
    """`infer` for graphs as lines of N-Triples; gives sorted lines. The graphs are in memory once, packed."""
    terms = ontology.load()
    store = _store(_encoded(terms))
    for lines in groups:
        store.bulk_load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    return _about_individuals(_saturate(store), terms)


def saturated(graph: Graph, terms: Graph) -> ox.Store:
    """A store in memory with the graph, the ontology and everything that the rules draw from them."""
    store = _store(_encoded(terms), _encoded(graph))
    for _ in _saturate(store):
        pass
    return store


def _encoded(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")


def _store(*parts: bytes) -> ox.Store:
    store = ox.Store()
    for part in parts:
        store.bulk_load(part, ox.RdfFormat.N_TRIPLES)
    return store


def _saturate(store: ox.Store) -> Iterator[ox.Triple]:
    """Add what the rules draw until they give nothing new; each new triple once."""
    before = -1
    while len(store) != before:
        before = len(store)
        for text in rules().values():
            drawn = {ox.Quad(*triple) for triple in cast(ox.QueryTriples, store.query(text))}
            new = [quad for quad in drawn if quad not in store]
            store.extend(new)
            yield from (quad.triple for quad in new)


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


def _about_individuals(drawn: Iterable[ox.Triple], terms: Graph) -> list[str]:
    """The triples, as sorted lines, whose subject is no term and whose class or property is one of ours."""
    said = {str(term) for term in terms.subjects() if isinstance(term, URIRef)}
    wanted = {str(predicate) for predicate in _wanted_predicates(terms)}
    return sorted(f"{triple} ." for triple in drawn if _is_about_individual(triple, said, wanted))


def _is_about_individual(triple: ox.Triple, said: set[str], wanted: set[str]) -> bool:
    """Whether it is of three IRIs, of which the subject is no term; a type has to be one of ours."""
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode)):
        return False
    is_type = predicate.value == str(RDF.type)
    return (
        predicate.value in wanted
        and subject.value not in said
        and (not is_type or value.value.startswith(str(NS)))
    )


def _wanted_predicates(terms: Graph) -> list[URIRef]:
    ours = (term for term in terms.subjects(RDF.type, OWL.ObjectProperty) if str(term).startswith(NS))
    return [RDF.type, *(term for term in ours if isinstance(term, URIRef))]
