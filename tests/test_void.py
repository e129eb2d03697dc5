"""The description of the data set: graphs, sizes and licence, and nothing that changes from run to run."""

from rdflib import DCTERMS, RDF, VOID, Literal, URIRef

from kg import void
from kg.vocab import Base

BASE = Base("https://example.org/")
COUNTS = {"authority": 7, "article/a": 5, "links": 0}


def test_every_graph_is_a_subset_with_its_size() -> None:
    """Each named graph has a title, its number of triples and the licence; the whole has the sum."""
    graph = void.describe(COUNTS, BASE)
    whole = void.dataset(BASE)
    sizes = {subset: graph.value(subset, VOID.triples) for subset in graph.objects(whole, VOID.subset)}
    assert sizes == {BASE.graph(name): Literal(count) for name, count in COUNTS.items()}
    assert graph.value(whole, VOID.triples) == Literal(12)
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert {graph.value(node, DCTERMS.license) for node in (whole, *sizes)} == {licence}
    assert all(graph.value(node, DCTERMS.title) for node in (whole, *sizes))


def test_its_own_size_is_left_out() -> None:
    """A count of the description itself changes nothing."""
    assert set(void.describe({**COUNTS, "void": 99}, BASE)) == set(void.describe(COUNTS, BASE))


def test_the_order_of_the_counts_does_not_matter() -> None:
    """Equal data, equal bytes."""
    turned = dict(reversed(COUNTS.items()))
    assert void.describe(turned, BASE).serialize() == void.describe(COUNTS, BASE).serialize()


def test_all_things_described_are_data_sets() -> None:
    """The description is about data sets only."""
    graph = void.describe(COUNTS, BASE)
    assert set(graph.subjects()) == set(graph.subjects(RDF.type, VOID.Dataset))
