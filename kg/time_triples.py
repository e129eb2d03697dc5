"""Times as triples, the same in the authority data and in the graph of a text."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from kg.facts import Triple
from kg.model import TimeSpan
from kg.times import label_of
from kg.vocab import NS, VAL


def time_triples(node: URIRef, time: TimeSpan) -> Iterator[Triple]:
    """What a time says of itself; the same wherever it is told of, as its key comes from its EDTF text."""
    yield node, RDF.type, NS.TimeSpan
    yield node, RDFS.label, Literal(label_of(time), lang="en")
    yield node, NS.precision, VAL[f"precision-{time.precision}"]
    yield node, NS.edtf, Literal(time.edtf)
    for bound, day in ((NS.earliest, time.earliest), (NS.latest, time.latest)):
        if day is not None:
            yield node, bound, Literal(day.isoformat(), datatype=XSD.date)
