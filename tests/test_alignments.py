"""Alignments: each row is whole, speaks of a term that there is, and contradicts nothing."""

import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph

import ontology
from kg import hermit
from kg.vocab import NS, VAL
from ontology import mappings

PREDICATES = {
    *(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    *("rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentClass", "owl:equivalentProperty"),
}
# The public file, at a commit, in which each vocabulary was checked.
SOURCE = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/blob/[0-9a-f]{40}/\S+")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return ontology.load()


def test_rows_are_whole(graph: Graph) -> None:
    """Each row has a term of ours, a known relation, a term of a known vocabulary, its file and a reason."""
    rows = mappings.rows()
    assert len(rows) == 234
    for row in rows:
        assert (mappings.iri(row["subject_id"]), RDF.type, None) in graph, row
        assert row["predicate_id"] in PREDICATES, row
        assert row["object_id"].partition(":")[0] in mappings.PREFIXES, row
        assert not row["object_id"].startswith("parley:"), row
        assert re.fullmatch(r"wd:Q[1-9]\d*|(?!wd:).+", row["object_id"]), row
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert SOURCE.fullmatch(row["object_source"]), row
        assert row["comment"].endswith("."), row
        assert len(row["comment"].split()) >= 4, row


def test_rows_are_no_duplicates() -> None:
    """No two rows say the same, or two things of one pair."""
    pairs = [(row["subject_id"], row["object_id"]) for row in mappings.rows()]
    assert len(set(pairs)) == len(pairs)


def test_relations_fit_the_kind(graph: Graph) -> None:
    """A class is under a class and a property under a property."""
    for row in mappings.rows():
        is_class = (mappings.iri(row["subject_id"]), RDF.type, OWL.Class) in graph
        if row["predicate_id"] in ("rdfs:subClassOf", "owl:equivalentClass"):
            assert is_class, row
        if row["predicate_id"] in ("rdfs:subPropertyOf", "owl:equivalentProperty"):
            assert not is_class, row


def test_each_mapping_is_a_node_with_its_source() -> None:
    """The graph has each row as a triple and as a node of SSSOM that names its source and reason."""
    found = ontology.alignments()
    nodes = set(found.subjects(RDF.type, mappings.SSSOM.Mapping))
    assert len(nodes) == len(mappings.rows())
    for node in nodes:
        triple = tuple(
            found.value(node, mappings.SSSOM[slot]) for slot in ("subject_id", "predicate_id", "object_id")
        )
        assert triple in found
        assert (node, mappings.SSSOM.object_source, None) in found
        assert (node, mappings.SSSOM.comment, None) in found


def test_alignments_contradict_nothing(graph: Graph) -> None:
    """With what the rows say of classes, HermiT finds no class empty that is not so without them."""
    said = Graph()
    for triple in mappings.graph():
        if triple[1] in (RDFS.subClassOf, OWL.equivalentClass):
            said.add(triple)
            said.add((triple[2], RDF.type, OWL.Class))
    assert len(list(said.triples((None, RDFS.subClassOf, None)))) >= 15
    assert hermit.empty_classes(graph + said) == []


def test_matches_are_annotations() -> None:
    """Matches are declared as annotations, so that an OWL 2 DL tool draws nothing from them."""
    found = ontology.alignments()
    for kind in ("exact", "close", "broad", "narrow", "related"):
        assert (SKOS[f"{kind}Match"], RDF.type, OWL.AnnotationProperty) in found
    ours = (str(NS), str(VAL))
    assert all(str(s).startswith(ours) for s in found.subjects(SKOS.closeMatch))
