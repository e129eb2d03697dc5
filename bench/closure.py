"""How long the served closure takes beside owlrl, on the same graph in the same run.

    .venv/bin/python -m bench.closure [COPIES]

The graph is what the shipped reports say, without passages and mentions, as both engines get it; COPIES of it
under other names show how each grows. Prints triples, seconds and the ratio owlrl / closure.
"""

import sys
from collections.abc import Callable
from time import perf_counter

import owlrl
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

import ontology
from kg import authority
from kg.assembly import assemble
from kg.closure import infer
from kg.reading import Index, read
from kg.sources import load, shipped_reports
from kg.vocab import NS, Base


def main(copies: int) -> None:
    """Time both engines on 1 to `copies` copies of the graph."""
    base = Base()
    index = Index.of(authority.lexicon(base))
    graph = Graph()
    for path in shipped_reports():
        graph += _without_passages(assemble(read(load(path).source, index), base))
    print("triples  closure s  owlrl s  ratio")
    for count in range(1, copies + 1):
        facts = _copied(graph, count)
        ours, theirs = _seconds(infer, facts), _seconds(_owlrl, facts)
        print(f"{len(facts):7}  {ours:9.2f}  {theirs:7.2f}  {theirs / ours:5.1f}")


def _without_passages(graph: Graph) -> Graph:
    """Passages are most of the triples and imply nothing; owlrl would spend its time on them."""
    passages = set(graph.subjects(RDF.type, NS.TextSpan))
    kept = Graph()
    for triple in graph:
        if triple[0] not in passages and triple[2] not in passages:
            kept.add(triple)
    return kept


def _copied(graph: Graph, count: int) -> Graph:
    """The graph, and the same with every instance under another name, `count` times in all."""
    many = Graph()
    for number in range(count):
        for subject, predicate, value in graph:
            many.add((_renamed(subject, number), predicate, _renamed(value, number)))
    return many


def _renamed(node: Node, number: int) -> Node:
    instance = isinstance(node, URIRef) and "/id/" in node
    return URIRef(f"{node}-copy-{number}") if instance and number else node


def _owlrl(facts: Graph) -> None:
    everything = ontology.load() + facts
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(everything)


def _seconds(work: Callable[[Graph], object], facts: Graph) -> float:
    start = perf_counter()
    work(facts)
    return perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
