"""The ontology says what each term means and where it comes from, and follows the design."""

import csv
import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection

import ontology
from kg.vocab import CAMEO, CONTEXT, MODE, NS, PAX, PLOVER, REL, VAL

CASES = Path(__file__).parent / "cases" / "ontology"
MODULES = Path(ontology.__file__).parent
LOADED = URIRef("https://w3id.org/parley/loaded")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
# The probe declares `start` and uses it nowhere: spans have `startOffset` and `endOffset` in its place.
DROPPED = {NS.start}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return ontology.load()


@pytest.fixture(scope="module")
def design(shared: Path) -> Path:
    return shared / "design"


def terms(graph: Graph, namespace: str) -> set[URIRef]:
    """The subjects of a namespace, without the scheme that may have the namespace's own IRI."""
    found = {s for s in graph.subjects() if isinstance(s, URIRef) and str(s).startswith(namespace)}
    return {term for term in found if str(term) != namespace}


def counted(file: Path) -> list[int]:
    """How many terms of each kind a module declares, how many individuals, and how many chains."""
    module = Graph().parse(file)
    kinds = [len(terms(module, str(NS)) & set(module.subjects(RDF.type, kind))) for kind in KINDS]
    named = sum(len(terms(module, str(space))) for space in (REL, VAL, PLOVER, PAX, CAMEO, MODE, CONTEXT))
    return [*kinds, named, len(list(module.objects(None, OWL.propertyChainAxiom)))]


def test_counts() -> None:
    """The numbers of terms of each module are known, so that none can vanish unseen."""
    with (CASES / "counts.tsv").open(encoding="utf-8") as table:
        header, *rows = csv.reader(table, delimiter="\t")
    assert header == ["module", "classes", "links", "data", "annotations", "individuals", "chains"]
    files = [file for file in MODULES.glob("*.ttl") if file.stem not in {"alignments", "loaded-terms"}]
    assert {file.stem: counted(file) for file in files} == {name: list(map(int, n)) for name, *n in rows}


@pytest.mark.parametrize(
    "namespace", [str(NS), str(REL), str(VAL), str(PLOVER), str(PAX), str(CAMEO), str(MODE), str(CONTEXT)]
)
def test_every_term_is_described(graph: Graph, namespace: str) -> None:
    """Each term has one English label, one English definition, a source and the ontology that defines it."""
    for term in terms(graph, namespace):
        for predicate in (RDFS.label, SKOS.definition):
            assert [o.language for o in graph.objects(term, predicate)] == ["en"], (term, predicate)
        assert all(isinstance(o, URIRef) for o in graph.objects(term, DCTERMS.source))
        assert (term, DCTERMS.source, None) in graph, term
        assert (term, RDFS.isDefinedBy, URIRef("https://w3id.org/parley/ns")) in graph, term


def test_definitions_say_more_than_the_label(graph: Graph) -> None:
    """A definition is a sentence, and no two terms of one namespace share it."""
    for namespace in (str(NS), str(REL)):
        texts = [str(graph.value(term, SKOS.definition)) for term in terms(graph, namespace)]
        assert len(set(texts)) == len(texts)
        assert all(text.endswith(".") and len(text.split()) >= 4 for text in texts)


def test_names_follow_the_style(graph: Graph) -> None:
    """Classes are TitleCase, properties lowerCamelCase."""
    for term in terms(graph, str(NS)):
        name = str(term).removeprefix(str(NS))
        pattern = r"[A-Z][A-Za-z]+" if (term, RDF.type, OWL.Class) in graph else r"[a-z][A-Za-z0-9]+"
        assert re.fullmatch(pattern, name), name


def test_header(graph: Graph) -> None:
    """The ontology names itself, its version and its licence."""
    itself = URIRef("https://w3id.org/parley/ns")
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [itself]
    for predicate in (DCTERMS.title, DCTERMS.license, OWL.versionInfo, OWL.versionIRI):
        assert (itself, predicate, None) in graph


def test_each_relation_is_property_and_individual(graph: Graph) -> None:
    """A relation can be the value of propPredicate, and is still a property for exports."""
    for relation in terms(graph, str(REL)):
        assert set(graph.objects(relation, RDF.type)) == {OWL.ObjectProperty, OWL.NamedIndividual}


def test_each_scheme_has_its_values(graph: Graph) -> None:
    """A scheme lists the values that reader and shapes agree on, each once and all different."""
    with (CASES / "values.tsv").open(encoding="utf-8") as table:
        rows = {row["scheme"]: row["values"].split() for row in csv.DictReader(table, delimiter="\t")}
    schemes = {VAL[scheme] for scheme in rows}
    assert schemes == terms(graph, str(VAL)) & set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for scheme, values in rows.items():
        expected = {VAL[f"{scheme}-{value}"] for value in values}
        assert set(graph.subjects(SKOS.inScheme, VAL[scheme])) == expected
        apart = {
            frozenset(Collection(graph, members)) for members in graph.objects(None, OWL.distinctMembers)
        }
        assert expected in apart


def test_relations_of_the_scheme(graph: Graph) -> None:
    """The relation scheme lists what propositions may say."""
    expected = {REL[name] for name in (CASES / "relations.txt").read_text(encoding="utf-8").split()}
    assert expected <= set(graph.subjects(SKOS.inScheme, URIRef("https://w3id.org/parley/relation")))
    assert set(graph.subjects(SKOS.inScheme, URIRef("https://w3id.org/parley/relation"))) == terms(
        graph, str(REL)
    )


def test_no_term_is_used_undeclared(graph: Graph) -> None:
    """Every term of ours that an axiom mentions is declared in a module."""
    ours = tuple(map(str, (NS, REL, VAL, PLOVER, PAX)))
    used = {x for triple in graph for x in triple if isinstance(x, URIRef) and str(x).startswith(ours)}
    assert {term for term in used if (term, RDF.type, None) not in graph} == set()


def test_chains_have_two_links(graph: Graph) -> None:
    """The closure's chain rule joins two properties; a longer chain would need a longer rule."""
    chains = list(graph.objects(None, OWL.propertyChainAxiom))
    assert chains
    assert all(len(Collection(graph, chain)) == 2 for chain in chains)


def test_dates_are_annotations(graph: Graph) -> None:
    """HermiT stops at xsd:date in data properties, so dates are annotation properties."""
    for name in ("earliest", "latest", "edtf", "relayExplicit"):
        assert list(graph.objects(NS[name], RDF.type)) == [OWL.AnnotationProperty]


def test_terms_of_the_design_are_there(graph: Graph, design: Path) -> None:
    """Every class and property that the design lists is in the ontology, under its superterms."""
    with (design / "terms.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert len(rows) == 105
    for row in rows:
        term = NS[row["name"]]
        assert (term, RDF.type, None) in graph, row["name"]
        above = RDFS.subClassOf if row["kind"] == "class" else RDFS.subPropertyOf
        for name in filter(re.compile(r"\w+").fullmatch, row["super"].split(", ")):
            assert (term, above, NS[name]) in graph, row


def test_axioms_of_the_probe_are_there(graph: Graph, design: Path) -> None:
    """Each axiom that the design tried out about named terms is an axiom of the ontology."""
    probe = Graph().parse(design / "axioms-probe.ttl")
    individuals = "https://w3id.org/parley/id/"
    for s, p, o in probe:
        if isinstance(s, URIRef) and isinstance(o, URIRef) and not str(s).startswith(individuals):
            assert s in DROPPED or (s, p, o) in graph or (o, p, s) in graph, (s, p, o)


def test_loaded_terms_are_explained(graph: Graph) -> None:
    """Each word that takes a side has a neutral wording without one, says what it adds, and who uses it."""
    listed = set(graph.subjects(SKOS.inScheme, LOADED))
    words = {str(graph.value(term, RDFS.label)) for term in listed}
    assert len(listed) == len(words) == 147
    for term in listed:
        neutral, why, use = (
            str(graph.value(term, p)) for p in (SKOS.scopeNote, SKOS.definition, SKOS.example)
        )
        assert neutral.startswith("Neutral wording: ")
        assert neutral.endswith(".")
        assert why.endswith(".")
        assert use.endswith(".")
        assert str(graph.value(term, RDFS.label)) not in neutral.casefold().split()
