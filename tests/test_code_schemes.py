"""CAMEO's codes and PLOVER's modes and contexts: how many, how they hang together, what matches what."""

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Namespace, URIRef

import ontology
from kg.vocab import CAMEO, CONTEXT, MODE, PLOVER

SCHEMES = {CAMEO: 169, PLOVER: 16, MODE: 67, CONTEXT: 34}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return ontology.load()


def concepts(graph: Graph, space: Namespace) -> dict[URIRef, str]:
    """Each concept of a namespace with its notation."""
    found = {s for s in graph.subjects(RDF.type, SKOS.Concept) if str(s).startswith(str(space))}
    return {URIRef(str(s)): str(graph.value(s, SKOS.notation)) for s in found}


@pytest.mark.parametrize("space", SCHEMES)
def test_codes_are_described(graph: Graph, space: Namespace) -> None:
    """Each code has its own notation, one label, one sentence that defines it, its scheme and a source."""
    found = concepts(graph, space)
    assert len(found) == SCHEMES[space]
    assert len(set(found.values())) == len(found)
    for concept in found:
        assert len(list(graph.objects(concept, RDFS.label))) == 1
        (text,) = graph.objects(concept, SKOS.definition)
        assert str(text).endswith(".")
        assert len(str(text).split()) >= 3
        assert graph.value(concept, SKOS.inScheme) == URIRef(str(space).rstrip("/"))
        assert (concept, DCTERMS.source, None) in graph


def test_definitions_differ(graph: Graph) -> None:
    """No two codes of CAMEO share a label or a definition, but for those of which no kind is told."""
    for predicate in (RDFS.label, SKOS.definition):
        texts = [str(graph.value(concept, predicate)) for concept in concepts(graph, CAMEO)]
        assert len(set(texts)) == len(texts)


def test_hierarchy_follows_the_codes(graph: Graph) -> None:
    """CAMEO has 20 roots; each other code lies under the one that begins it."""
    codes = concepts(graph, CAMEO)
    roots = {concept for concept, code in codes.items() if len(code) == 2}
    assert sorted(codes[root] for root in roots) == [f"{number:02}" for number in range(1, 21)]
    for concept, code in codes.items():
        above = list(graph.objects(concept, SKOS.broader))
        assert above == ([] if concept in roots else [CAMEO[code[:2]]]), code
        assert ((concept, SKOS.topConceptOf, None) in graph) == (concept in roots)


def test_codes_match_classes_of_plover(graph: Graph) -> None:
    """Each code of CAMEO matches a class of PLOVER, but for statements and appeals, which PLOVER dropped."""
    classes = set(concepts(graph, PLOVER))
    matches = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
    without = {
        code
        for concept, code in concepts(graph, CAMEO).items()
        if not {value for match in matches for value in graph.objects(concept, match)} & classes
    }
    assert {code[:2] for code in without} == {"01", "02"}
    modes = set(concepts(graph, MODE))
    targets = {value for match in matches for value in graph.objects(None, match)}
    assert {str(t) for t in targets if str(t).startswith(str(MODE))} <= set(map(str, modes))


def test_plover_has_its_own_notation(graph: Graph) -> None:
    """A class of PLOVER is noted by its own name, and matches codes of CAMEO as these match it."""
    back = {
        SKOS.closeMatch: SKOS.closeMatch,
        SKOS.broadMatch: SKOS.narrowMatch,
        SKOS.narrowMatch: SKOS.broadMatch,
    }
    for concept, notation in concepts(graph, PLOVER).items():
        assert concept == PLOVER[notation]
        matches = [(match, code) for match in back for code in graph.objects(concept, match)]
        assert matches
        assert all((code, back[match], concept) in graph for match, code in matches)


def test_modes_belong_to_classes(graph: Graph) -> None:
    """Each mode is one of a class of PLOVER, whose name begins its notation."""
    for mode, notation in concepts(graph, MODE).items():
        assert graph.value(mode, SKOS.broadMatch) == PLOVER[notation.partition("-")[0]]
