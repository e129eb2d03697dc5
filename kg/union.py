"""The default graph of a store: the union of its named graphs, each triple once.

In SPARQL 1.1 a query matches against an RDF graph, which is a set (Query Language, section 13). pyoxigraph
can take all graphs for the default one while a query runs, but then a triple matches once for each graph that
it stands in; so the union is stored instead.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store


def of(quads: Iterable[str]) -> Iterator[str]:
    """The lines of N-Triples for sorted lines of N-Quads: the same triples next to each other are one."""
    before = ""
    for line in quads:
        triple = f"{line[: line.rindex(' <')]} ."
        if triple != before:
            yield triple
        before = triple


def merged(store: Store, default: Iterable[NamedNode], named: Iterable[NamedNode]) -> Store:
    """A store in memory whose default graph is the union of some graphs; it has the named ones beside it.

    For queries with more than one FROM, whose graphs are merged into one (Query Language, section 13.2.1).
    """
    found = Store()
    for name in default:
        found.bulk_extend(Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, name))
    for name in named:
        found.bulk_extend(store.quads_for_pattern(None, None, None, name))
    return found
