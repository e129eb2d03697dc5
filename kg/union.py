"""The default graph of a store: the union of its named graphs, each triple once.

In SPARQL 1.1 a query matches against an RDF graph, which is a set (Query Language, section 13). pyoxigraph
can take all graphs for the default one while a query runs, but then a triple matches once for each graph that
it stands in; so the union is stored instead.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import NamedNode, Quad, Store


def of(lines: Iterable[str]) -> Iterator[str]:
    """Sorted lines of N-Triples, each once."""
    return (line for line, _ in groupby(lines))


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
