"""What lasts beyond an event is written so that the shapes accept it."""

from dataclasses import replace

from rdflib import RDF, Graph
from reading_cases import cases

from kg import known
from kg.assembly import assemble
from kg.reading import read
from kg.shapes import validate
from kg.vocab import NS, Base

BASE = Base()
CLASSES = (
    "MonitoringMission", "PeacekeepingMission", "Mandate", "BorderCommission", "Sanction", "Provision",
    "Signature", "Precondition", "Resumption", "CountClaim",
)  # fmt: skip


def test_what_lasts_conforms_to_its_shapes() -> None:
    """The graphs of all cases of what lasts hold each class and break no rule that is more than advice."""
    index, graph = known.index(), Graph()
    told = [case.source for case in cases() if case.name.startswith("what-lasts:") and case.expect]
    for number, source in enumerate(told):
        for triple in assemble(read(replace(source, slug=f"lasting-{number}"), index), BASE):
            graph.add(triple)
    assert {name for name in CLASSES if (None, RDF.type, NS[name]) not in graph} == set()
    lasting = {str(node) for name in CLASSES for node in graph.subjects(RDF.type, NS[name])}
    broken = [v for v in validate(graph) if v.severity == "violation" and v.node in lasting]
    assert broken == []
