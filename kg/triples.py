"""Graphs as sorted lines of N-Triples: the form in which they are cached, hashed, stored and dumped."""

import shutil
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from rdflib import Graph

from kg.vocab import PREFIXES
from ontology import nodes


def to_lines(graph: Graph) -> list[str]:
    """The triples, sorted; blank nodes get their canonical names (RDFC-1.0): equal graphs, equal lists."""
    quads = list(parse(graph.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES))
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        quads = _canonical(quads)
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert text is not None
    return sorted(set(lines_of(text.decode())))


def _canonical(quads: Iterable[Quad]) -> list[Quad]:
    """The same with canonical names; it takes as long again as all the rest."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def lines_of(text: str) -> list[str]:
    """The lines of N-Triples; not `splitlines`, since literals may hold U+2028 and its like as they are."""
    return text.removesuffix("\n").split("\n") if text else []


def from_lines(*groups: Iterable[str]) -> Graph:
    """One graph of all these lines."""
    graph = nodes.graph()
    for lines in groups:
        read_into(graph, parse("\n".join(lines), RdfFormat.N_TRIPLES))
    return graph


def read_into(graph: Graph, statements: Iterable[Quad]) -> None:
    """Add what Oxigraph has; blank nodes get names that the graph does not have yet."""
    for triple in nodes.of(statements):
        graph.add(triple)


def in_graph(lines: Iterable[str], name: str) -> list[str]:
    """The same triples as N-Quads of the graph with this IRI."""
    return [f"{line.removesuffix('.')}<{name}> ." for line in lines]


def written(quads: Iterable[Quad], format: RdfFormat) -> bytes:
    """The quads in this syntax, same order, same bytes; one without graphs holds each triple once."""
    if format.supports_datasets:
        return _with_sorted_prefixes(serialize(quads, format=format, prefixes=PREFIXES) or b"")
    triples = dict.fromkeys(quad.triple for quad in quads)
    return _with_sorted_prefixes(serialize(triples, format=format, prefixes=PREFIXES) or b"")


def write(statements: Iterable[Quad] | Iterable[Triple], format: RdfFormat, path: Path) -> None:
    """The statements as a file, one by one; prefixes sorted, as in `written`."""
    unsorted = path.with_name(f".{path.name}")
    serialize(statements, unsorted, format, prefixes=PREFIXES)
    with unsorted.open("rb") as file, path.open("wb") as sorted_file:
        sorted_file.write(_with_sorted_prefixes(b"".join(islice(file, len(PREFIXES)))))
        shutil.copyfileobj(file, sorted_file)
    unsorted.unlink()


def _with_sorted_prefixes(text: bytes) -> bytes:
    """pyoxigraph declares prefixes at the start, one a line, in an order of chance."""
    lines = text.split(b"\n", len(PREFIXES))
    head = [line for line in lines[: len(PREFIXES)] if line.startswith(b"@prefix")]
    return b"\n".join([*sorted(head), *lines[len(head) :]])
