"""Where a text begins to support each thing: the passage that a list or a page shows beside it."""

from collections.abc import Iterator

from rdflib import Graph
from rdflib.term import Node

from kg.assembly.page import Triple
from kg.vocab import NS

# evidence and its sub-properties in sources.ttl: an article's graph is assembled before anything is inferred
_EVIDENCE = (NS.evidence, NS.contentSpan, NS.cueSpan)


def first_passages(graph: Graph) -> Iterator[Triple]:
    """For each thing in the graph of one text, the passage that begins first; all that begin there."""
    passages: dict[Node, dict[Node, int]] = {}
    for predicate in _EVIDENCE:
        for node, span in graph.subject_objects(predicate):
            passages.setdefault(node, {})[span] = _start(graph, span)
    for node, starts in passages.items():
        first = min(starts.values())
        yield from ((node, NS.firstEvidence, span) for span, start in starts.items() if start == first)


def _start(graph: Graph, span: Node) -> int:
    return int(str(graph.value(span, NS.startOffset)))
