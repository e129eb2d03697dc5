"""The reader, the gold format and the shapes take their values from the one list that the ontology gives."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from rdflib import RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection

import ontology
from kg.vocab import NS, PAX, PLOVER, VAL

SCHEMA = Namespace("https://schema.org/")
# How sure of an event anybody is, which the gold format tells together with where the event stands.
UNSURE = {"alleged", "hypothetical"}


@pytest.fixture(scope="module")
def terms() -> Graph:
    return ontology.load()


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return ontology.shapes()


def listed(terms: Graph, scheme: str) -> set[str]:
    """The values of a scheme by their names."""
    values = terms.subjects(SKOS.inScheme, VAL[scheme])
    return {str(value).removeprefix(f"{VAL}{scheme}-") for value in values}


def words(package: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files(package).joinpath(name).read_text("utf-8"))


@pytest.mark.parametrize("kind", ["stance", "modality"])
def test_the_gold_format_has_the_values_of_the_ontology(terms: Graph, kind: str) -> None:
    """A gold file can say every stance and modality, and no other."""
    assert set(words("kg.evaluation", "values.toml")[kind]) == listed(terms, kind)


def test_the_gold_format_has_the_statuses_of_the_ontology(terms: Graph) -> None:
    """What a gold file says of where an event stands is a status, or how sure of it anybody is."""
    told = set(words("kg.evaluation", "values.toml")["status"])
    assert told == listed(terms, "status") | UNSURE
    assert listed(terms, "factuality") >= UNSURE


def test_the_gold_format_has_the_event_codes_of_the_ontology(terms: Graph) -> None:
    """The classes of events are the PLOVER codes of the ontology, beside none."""
    inside = (str(code) for code in terms.subjects(SKOS.inScheme) if str(code).startswith(str(PLOVER)))
    codes = {code.removeprefix(str(PLOVER)) for code in inside}
    tables = words("kg.evaluation", "values.toml")
    assert set(tables["plover"]) == codes | {"none"}
    assert set(tables["event"]) <= codes | {"none"}


def test_the_reader_has_the_stances_of_the_ontology(terms: Graph) -> None:
    """The reporting verbs give every stance, and no other word of the tables gives one that is not listed."""
    verbs = words("kg.reading.words", "verbs.toml")
    assert set(verbs["cues"]) == listed(terms, "stance")
    for rows in (verbs["voicing"]["nouns"], verbs["attitudes"]):
        assert set(rows) <= listed(terms, "stance")
    for rows in (verbs["held"]["fixed"], verbs["held"]["usual"]):
        assert set(rows) <= listed(terms, "stance")
        assert set(rows.values()) <= listed(terms, "modality")


def test_the_kinds_of_talks_are_of_the_ontology(terms: Graph) -> None:
    """Parts of third parties, kinds of talks and agreements, issues and stages are of their schemes."""
    data = words("kg.reading.words", "kinds.toml")
    schemes = {"parts": "part", "titles": "part", "stages": "agreement"}
    tables = [(schemes.get(name, name), set(rows)) for name, rows in data.items() if name != "heads"]
    assert len(tables) == 10
    for scheme, values in tables:
        assert values <= listed(terms, scheme), scheme


def test_the_details_of_events_are_of_the_ontology(terms: Graph) -> None:
    """Kinds of sanction, steps and kinds of custody are values; the special kinds are classes of events."""
    data = words("kg.reading.words", "details.toml")
    assert {row["kind"] for row in data["restriction"]} | {"diplomatic"} == listed(terms, "sanction")
    steps = {step for name, rows in data["step"].items() if name != "measures" for step in rows}
    assert steps <= listed(terms, "step")
    assert set(data["custody"]) - {"open"} == listed(terms, "custody")
    assert set(data["halt"]) <= listed(terms, "halt")
    for row in data["kind"]:
        assert NS.Event in terms.transitive_objects(NS[row["kind"]], RDFS.subClassOf), row


def demanded(shapes: Graph) -> dict[URIRef, set[URIRef]]:
    """For each property the schemes of which a shape takes its values."""
    found: dict[URIRef, set[URIRef]] = {}
    for part, node in shapes.subject_objects(SH.node):
        for inner in shapes.objects(node, SH.property):
            schemes = {*shapes.objects(inner, SH.hasValue)}
            for several in shapes.objects(inner, SH["in"]):
                schemes |= set(Collection(shapes, several))
            path = shapes.value(part, SH.path)
            if isinstance(path, URIRef):
                found.setdefault(path, set()).update(s for s in schemes if isinstance(s, URIRef))
    return found


def test_every_property_with_a_value_has_a_shape_that_names_its_scheme(terms: Graph, shapes: Graph) -> None:
    """What takes a concept takes it of a scheme that the ontology lists, and a shape holds it to that."""
    properties = set(terms.subjects(SCHEMA.rangeIncludes, SKOS.Concept))
    held_to = demanded(shapes)
    assert len(properties) >= 30
    assert properties - held_to.keys() == set()
    schemes = set(terms.subjects(RDF.type, SKOS.ConceptScheme))
    assert {scheme for one in held_to.values() for scheme in one} <= schemes


def test_every_scheme_is_used(terms: Graph, shapes: Graph) -> None:
    """No scheme of values stands there without a shape that takes values of it."""
    used = {scheme for one in demanded(shapes).values() for scheme in one}
    schemes = (scheme for scheme in terms.subjects(RDF.type, SKOS.ConceptScheme))
    assert {scheme for scheme in schemes if str(scheme).startswith((str(VAL), str(PAX)))} <= used
