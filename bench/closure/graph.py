"""Graphs of any number of asserted triples, shaped like the shipped one, from a seed.

They are those of `bench.service.graph` without what is drawn or described: first what ships, then texts made
after its texts. What a made text would say of authority things themselves is left out, because other things
stand there for them: a post would serve two states. A graph smaller than what ships is of its first texts,
with what the authority data say of the things in them.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from bench.service import graph as service
from bench.service.graph import Graph, Quad

_DRAWN = ("/graph/ontology>", "/graph/inferred>", "/graph/void>")


def lines(graph: Graph, wanted: int, seed: int) -> list[str]:
    """Lines of N-Triples, each once."""
    told = dict.fromkeys(_line(quad) for part in (graph.shared, *graph.texts) for quad in _asserted(part))
    if wanted < len(told):
        return _few(graph, wanted)
    made = service.quads(graph, 2**62, seed)
    further = (_line(quad) for quad in _asserted(made) if not _is_of_authority(quad, graph))
    for line in further:
        told[line] = None
        if len(told) >= wanted:
            break
    return [*told]


def shipped(graph: Graph) -> list[str]:
    """What ships, whole."""
    return lines(graph, sum(map(len, (graph.shared, *graph.texts))), 1)


def _few(graph: Graph, wanted: int) -> list[str]:
    """The first texts, and what the authority data say of the things in them, each text with its own."""
    said: dict[str, list[Quad]] = {}
    for quad in _asserted(graph.shared):
        said.setdefault(quad[0], []).append(quad)
    found: dict[str, None] = {}
    for text in graph.texts:
        for quad in _asserted(text):
            found[_line(quad)] = None
            for term in (quad[0], quad[2]):
                found.update(dict.fromkeys(map(_line, said.get(term, ()))))
    return [*islice(found, wanted)]


def _asserted(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (quad for quad in quads if quad[3] and not quad[3].endswith(_DRAWN))


def _is_of_authority(quad: Quad, graph: Graph) -> bool:
    return quad[0] in graph.known and "/graph/report/" in quad[3]


def _line(quad: Quad) -> str:
    return f"{' '.join(quad[:3])} ."
