"""Each shape lets sound nodes pass and says of each unsound one what is wrong with it."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

import ontology
from kg.shapes import validate
from kg.violations import Violation
from kg.vocab import PREFIXES

CASES = Path(__file__).parent / "cases" / "shapes"
ID = "https://w3id.org/parley/id/"
SHAPE = "https://w3id.org/parley/shape#"
NAMES = sorted(path.stem for path in CASES.glob("*.ttl") if path.stem != "world")
PREAMBLE = f"@base <{ID}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return ontology.shapes()


def read(name: str) -> str:
    return (CASES / f"{name}.ttl").read_text(encoding="utf-8")


def only(shapes: Graph, name: str) -> Graph:
    """One shape of the graph, with all that hangs on it by blank nodes."""
    return shapes.cbd(URIRef(SHAPE + name))


def violations(shapes: Graph, name: str) -> list[Violation]:
    data = Graph().parse(data=PREAMBLE + read("world") + read(name), format="turtle")
    return validate(data, only(shapes, name))


@pytest.mark.parametrize("name", NAMES)
def test_shape(shapes: Graph, name: str) -> None:
    """The nodes of a case that pass and those that fail are exactly the ones that the case lists."""
    found = {(one.node.removeprefix(ID), one.message) for one in violations(shapes, name)}
    expected = re.findall(r"^# fails: (\S+) \| (.+)$", read(name), re.MULTILINE)
    passing = re.findall(r"^# passes: (\S+)$", read(name), re.MULTILINE)
    assert passing
    assert expected
    assert len(found) == len(expected), found
    for node, message in expected:
        assert any(node == one and told.startswith(message) for one, told in found), (node, message)
    assert not {node for node, _ in found} & set(passing)


def test_every_shape_has_a_case(shapes: Graph) -> None:
    """No shape goes without a case, and their number is known for each module."""
    named = {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(RDF.type, SH.NodeShape)}
    assert set(NAMES) == named
    known = dict(
        re.findall(r"^(\S+)\t(\d+)$", (CASES / "counts.tsv").read_text(encoding="utf-8"), re.MULTILINE)
    )
    files = (Path(ontology.__file__).parent / "shapes").glob("*.ttl")
    found = {file.stem: len(set(Graph().parse(file).subjects(RDF.type, SH.NodeShape))) for file in files}
    assert found == {module: int(count) for module, count in known.items()}


def test_every_message_is_provoked(shapes: Graph) -> None:
    """Each constraint fails in some case, so that none is dead."""
    provoked = {one.message.split(" Found: ")[0] for name in NAMES for one in violations(shapes, name)}
    assert provoked == {str(message) for message in shapes.objects(None, SH.message)}


def test_messages_identify_constraints(shapes: Graph) -> None:
    """No two constraints share a message, and each message says what is wrong and more."""
    messages = [str(message) for message in shapes.objects(None, SH.message)]
    assert len(set(messages)) == len(messages)
    assert all(len(message.split()) >= 6 and message.endswith((".", "…")) for message in messages)


def test_a_violation_names_shape_property_and_value(shapes: Graph) -> None:
    """A violation tells the rule by shape and property, the node, and the value at fault."""
    found = [one for one in violations(shapes, "MediatorRole") if one.node == f"{ID}role/of-a-process"]
    assert [(one.rule, one.severity) for one in found] == [("shape MediatorRole roleIn", "violation")]
    assert found[0].message.endswith(f"Found: {ID}process/x")


def test_warnings_are_told_apart(shapes: Graph) -> None:
    """What may be right, such as a source without a date, is a warning."""
    told = {one.rule: one.severity for one in violations(shapes, "Source")}
    assert told["shape Source date"] == "warning"
    assert told["shape Source sha256"] == "violation"
    assert {one.severity for one in violations(shapes, "Alleged")} == {"warning"}
