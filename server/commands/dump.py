"""`parley dump`: the graph, or one of its named graphs, on standard output."""

import sys
from collections.abc import Iterable

import click
from pyoxigraph import Quad, RdfFormat, parse

from kg import dumps, locks, triples
from kg.errors import QueryError
from kg.formats import RDF_FORMATS, named
from kg.generation import Generation
from kg.generations import Generations
from server.commands import folders

_SHOWN = 20  # names in an error
_HELP = """Write the graph to standard output, graph by graph as in the published dumps.

Formats without named graphs hold the union of their triples, sorted.

\b
Examples:
  parley dump > parley.nq
  parley dump --format turtle --graph inferred
  parley dump --store notes
  parley dump --format jsonld --graph report/daily-sabah-2023-12-06-azerbaijan-wants-us-to-consider-new-61c46c
"""


@click.command(help=_HELP, short_help="Write the graph to standard output.")
@click.option(
    "--format", "spelling", default="nquads", show_default=True, help="Name, extension or media type."
)
@click.option("--graph", metavar="NAME", help="One named graph; `parley info` lists them.")
@folders.either
def dump(spelling: str, graph: str | None, folder: Generations) -> None:
    wanted = named(spelling, RDF_FORMATS).writer
    generation = folder.current()
    quads: Iterable[Quad] = _quads(generation)
    if graph:
        iri = _iri(generation, graph)
        quads = (quad for quad in quads if str(quad.graph_name) == f"<{iri}>")
    elif not wanted.supports_datasets:
        quads = sorted(quads, key=str)  # what is said of one thing stands together, whichever graph says it
    sys.stdout.buffer.write(triples.written(quads, wanted))


def _quads(generation: Generation) -> Iterable[Quad]:
    """All of a graph in the order of its dumps; a writable store has none, and is read itself."""
    file = dumps.nquads(generation.dumps)
    if file.exists():
        return parse(path=file, format=RdfFormat.N_QUADS)
    with locks.held(generation.folder):  # while changes are made beside, and old states go
        return sorted(generation.open(), key=str)


def _iri(generation: Generation, name: str) -> str:
    """The IRI of the graph with this IRI or name. Raises QueryError where there is none."""
    known = generation.manifest["graphs"]
    for iri in (name, str(generation.base.graph(name))):
        if iri in known:
            return iri
    mend = f"There is: {', '.join(known) or 'none'}" if len(known) <= _SHOWN else "See: parley info"
    raise QueryError("no graph has this name", name, mend)
