"""How each syntax writes graphs one after another, so that each graph is one piece of the file.

Head, one piece and tail are a document of their own: that is the dump of one graph.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg import triples
from kg.formats import RDF_FORMATS, Format, named
from kg.vocab import PREFIXES

_LONGEST = 50_000  # lines of a run; a hundred bytes to a few hundred each
# What XML 1.0 has no way to write (section 2.2, production Char).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XMLNS = re.compile(rb' xmlns:(\w+)="[^"]*"')


@dataclass(frozen=True)
class Run:
    """Sorted lines of N-Triples of one graph, whole subjects of it."""

    graph: str
    lines: Sequence[str]

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """The same as terms."""
        return tuple(quad.triple for quad in parse("\n".join(self.lines), RdfFormat.N_TRIPLES))

    @cached_property
    def in_xml(self) -> tuple[Triple, ...]:
        """Those that RDF/XML can hold: not those whose literals have control characters."""
        return tuple(triple for triple in self.triples if _writable_in_xml(triple))


def runs(graph: str, lines: Sequence[str]) -> Iterator[Run]:
    """The graph in runs that fit in memory, cut between subjects."""
    held: list[str] = []
    for _, of_subject in groupby(lines, key=lambda line: line.partition(" ")[0]):
        held += of_subject
        if len(held) >= _LONGEST:
            yield Run(graph, held)
            held = []
    if held:
        yield Run(graph, held)


@dataclass(frozen=True)
class Syntax:
    """The parts of a file: its head and tail, what opens and closes a graph, and what stands in between.

    `body` writes a run; `joint` goes between runs of one graph, `between` between graphs.
    """

    format: Format[RdfFormat]
    body: Callable[[Run], bytes]
    head: bytes = b""
    tail: bytes = b""
    opening: Callable[[str], bytes] = lambda graph: b""
    closing: bytes = b""
    joint: bytes = b""
    between: bytes = b""


def _quads(run: Run) -> bytes:
    return "".join(f"{line}\n" for line in triples.in_graph(run.lines, run.graph)).encode()


def _lines(run: Run) -> bytes:
    return "".join(f"{line}\n" for line in run.lines).encode()


def _turtle(run: Run) -> bytes:
    text = serialize(run.triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    while text.startswith(b"@prefix"):
        text = text.partition(b"\n")[2]
    return text


def _json(run: Run) -> bytes:
    text = serialize(run.triples, format=RdfFormat.JSON_LD) or b""
    return text.strip().removeprefix(b"[").removesuffix(b"]")


def _xml(run: Run) -> bytes:
    text = serialize(run.in_xml, format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    inner = text[text.index(b"\n", text.index(b"<rdf:RDF")) + 1 : text.rindex(b"</rdf:RDF>")]
    return inner.replace(b"\r", b"&#13;")  # which a parser would take for a line's end


def _writable_in_xml(triple: Triple) -> bool:
    return not (isinstance(triple.object, Literal) and _NOT_XML.search(triple.object.value))


def prefixes() -> bytes:
    """The head of Turtle and TriG."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())).encode()


def _xml_head() -> bytes:
    """Namespaces in an order that does not change from run to run."""
    written = serialize([], format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    declared = sorted(match[0] for match in _XMLNS.finditer(written))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF' + b"".join(declared) + b">\n"


def _json_opening(graph: str) -> bytes:
    return f'{{"@id":{json.dumps(graph)},"@graph":['.encode()


def table() -> tuple[Syntax, ...]:
    """Every syntax of `kg.formats`."""
    turtle, ntriples, jsonld, rdfxml, trig, nquads = (
        named(name, RDF_FORMATS) for name in ("turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads")
    )
    return (
        Syntax(nquads, _quads),
        Syntax(trig, _turtle, prefixes(), b"", lambda graph: f"{NamedNode(graph)} {{\n".encode(), b"}\n"),
        Syntax(jsonld, _json, b"[", b"]\n", _json_opening, b"]}", b",", b",\n"),
        Syntax(ntriples, _lines),
        Syntax(turtle, _turtle, prefixes()),
        Syntax(rdfxml, _xml, _xml_head(), b"</rdf:RDF>\n"),
    )
