"""Each statement as a nanopublication: assertion, provenance and publication info, each a graph of its own.

Nanopublication Guidelines, working draft, "Well-formed Nanopublications"; http://www.nanopub.org/nschema#.
They have no time of creation, which the guidelines advise: dumps of equal data are equal.
"""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from kg.dumps import NAME
from kg.dumps.extracts import rows
from kg.dumps.listing import File, files
from kg.dumps.sinks import Pair
from kg.vocab import PREFIXES, Base

STEM = f"{NAME}-nanopublications"
_PARTS = ("assertion", "provenance", "pubinfo")
_AT_ONCE = 1000  # nanopublications
_NP = "http://www.nanopub.org/nschema#"
_SCHEMA = "http://www.nanopub.org/nschema"
_PREFIXES = PREFIXES | {"np": _NP, "npx": "http://purl.org/nanopub/x/"}
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LINKS = {"assertion": "hasAssertion", "provenance": "hasProvenance", "pubinfo": "hasPublicationInfo"}


class _Told(NamedTuple):
    """A triple of one part of the nanopublication of a statement."""

    statement: str
    rank: int
    triple: tuple[Any, Any, Any]


def write(folder: Path, store: Store, base: Base) -> Iterator[File]:
    """Write one for each statement as TriG, plain and packed."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(_PREFIXES.items())).encode()
    pair = Pair(folder / f"{STEM}.trig", head)
    parts = (_part(store, rank, name, base) for rank, name in enumerate(_PARTS))
    told = groupby(merge(*parts, key=lambda one: one[:2]), key=lambda one: one.statement)
    each = (list(_quads(statement, told_of_one, base)) for statement, told_of_one in told)
    count = 0
    while quads := list(islice(each, _AT_ONCE)):
        count += sum(map(len, quads))
        pair.write(_trig([quad for of_one in quads for quad in of_one]))
    kind = "application/trig"
    yield from files(
        pair.close(), "Statements as nanopublications, TriG", kind, triples=count, conforms_to=_SCHEMA
    )


def iri(statement: str, base: Base) -> str:
    """What the nanopublication of a statement is called."""
    return f"{base.iri}id/nanopublication/{statement.rpartition('/')[2]}"


def _part(store: Store, rank: int, name: str, base: Base) -> Iterator[_Told]:
    for row in rows(store, f"nanopublication-{name}", base):
        yield _Told(str(getattr(row["statement"], "value", "")), rank, (row["s"], row["p"], row["o"]))


def _quads(statement: str, told: Iterator[_Told], base: Base) -> Iterator[Quad]:
    this = iri(statement, base)
    graphs = {part: NamedNode(f"{this}#{part}") for part in _PARTS}
    head, node = NamedNode(f"{this}#Head"), NamedNode(this)
    yield Quad(node, _TYPE, NamedNode(f"{_NP}Nanopublication"), head)
    for part, link in _LINKS.items():
        yield Quad(node, NamedNode(f"{_NP}{link}"), graphs[part], head)
    ours = {NamedNode("np:this"): node, NamedNode("np:assertion"): graphs["assertion"]}
    for one in dict.fromkeys(told):
        subject, predicate, value = one.triple
        yield Quad(ours.get(subject, subject), predicate, value, graphs[_PARTS[one.rank]])


def _trig(quads: list[Quad]) -> bytes:
    text = serialize(quads, format=RdfFormat.TRIG, prefixes=_PREFIXES) or b""
    while text.startswith(b"@prefix"):
        text = text.partition(b"\n")[2]
    return text
