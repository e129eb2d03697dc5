"""What follows from asserted triples by the ontology: the OWL 2 RL rules that its axioms need.

They are the rules of OWL 2 Profiles, section 4.3, that speak of individuals and whose axioms the ontology
uses; `kg.axioms` names them. Left out are those that only say that a thing is itself or a Thing, and those
that merge individuals: a node is named by its content here. Where the ontology comes to use an axiom of
another kind, a test fails.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rdflib import OWL, RDF, Graph, URIRef

import ontology
from kg import axioms, triples
from kg.entailment import TYPE, Entailment, Fact
from kg.vocab import NS


def infer(graph: Graph) -> Graph:
    """New triples about the individuals of the graph: types and property values in the ontology's own terms.

    Blank nodes, classes of other vocabularies and anything about the terms themselves are left out, so that
    the result can stand as a named graph beside the asserted ones. The order of the triples has no effect.
    """
    return triples.from_lines(infer_lines([triples.lines_of(graph.serialize(format="nt"))]))


def infer_lines(groups: Iterable[Iterable[str]]) -> list[str]:
    """`infer` for graphs as lines of N-Triples; gives sorted lines. Keeps what can meet other facts."""
    terms = ontology.shared()
    drawn = _entailed(terms, *groups).drawn()
    return sorted(_line(fact) for fact in about_individuals(drawn, terms))


def saturated(graph: Graph, terms: Graph) -> ox.Store:
    """A store in memory with the graph, the ontology and everything that follows by named classes."""
    told = triples.lines_of(graph.serialize(format="nt"))
    drawn = (_line(fact) for fact in _entailed(terms, told).drawn() if not fact[2].startswith("_:"))
    store = ox.Store()
    for lines in (triples.lines_of(terms.serialize(format="nt")), told, drawn):
        store.bulk_load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)
    return store


def _entailed(terms: Graph, *groups: Iterable[str]) -> Entailment:
    """What the groups of lines say, and the ontology of its own individuals, with what follows."""
    found = Entailment(axioms.of(terms))
    for lines in (triples.lines_of(terms.serialize(format="nt")), *groups):
        for line in lines:
            found.tell(*line.removesuffix(" .").split(" ", 2))
    return found


def clash_rules() -> dict[str, str]:
    """The rules that show a contradiction, as SELECT queries of ?node, ?one and ?other."""
    return dict(_clash_rules())


@cache
def _clash_rules() -> dict[str, str]:
    found = [file for file in files("kg").joinpath("clashes").iterdir() if file.name.endswith(".rq")]
    named = {file.name.removesuffix(".rq"): file.read_text(encoding="utf-8") for file in found}
    return dict(sorted(named.items()))


def _line(fact: Fact) -> str:
    return f"{' '.join(fact)} ."


def about_individuals(drawn: Iterable[Fact], terms: Graph) -> Iterator[Fact]:
    """Those of three IRIs whose subject is no term, and whose class or property is one of ours."""
    said = {term.n3() for term in terms.subjects()}
    ours = {term.n3() for term in terms.subjects(RDF.type, OWL.ObjectProperty) if _is_ours(term)}
    classes = {term.n3() for term in terms.subjects(RDF.type, OWL.Class) if _is_ours(term)}
    for subject, predicate, value in drawn:
        wanted = value in classes if predicate == TYPE else predicate in ours and value.startswith("<")
        if wanted and subject.startswith("<") and subject not in said:
            yield subject, predicate, value


def _is_ours(term: object) -> bool:
    return isinstance(term, URIRef) and term.startswith(NS)
