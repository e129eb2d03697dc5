"""`parley dump`: the graph, or one of its named graphs, on standard output."""

import sys
from collections.abc import Iterable

import click
from pyoxigraph import Quad, RdfFormat, parse

from kg import dumps, triples
from kg.errors import QueryError
from kg.formats import RDF_FORMATS, named
from kg.store import DataFolder, Generation
from server.commands import options

_HELP = """Write the graph to standard output, in the order of the published dumps.

Formats without named graphs hold the union of their triples.

\b
Examples:
  parley dump > parley.nq
  parley dump --format turtle --graph inferred
  parley dump --format jsonld --graph report/daily-sabah-2023-12-06-azerbaijan-wants-us-to-consider-new-61c46c
"""


@click.command(help=_HELP, short_help="Write the graph to standard output.")
@click.option(
    "--format", "spelling", default="nquads", show_default=True, help="Name, extension or media type."
)
@click.option("--graph", metavar="NAME", help="One named graph; `parley info` lists them.")
@options.data
def dump(spelling: str, graph: str | None, folder: DataFolder) -> None:
    wanted = named(spelling, RDF_FORMATS).writer
    generation = folder.current()
    quads: Iterable[Quad] = parse(path=generation.dumps / f"{dumps.NAME}.nq", format=RdfFormat.N_QUADS)
    if graph:
        iri = _iri(generation, graph)
        quads = (quad for quad in quads if str(quad.graph_name) == f"<{iri}>")
    sys.stdout.buffer.write(triples.written(quads, wanted))


def _iri(generation: Generation, name: str) -> str:
    """The IRI of the graph with this IRI or name; raises QueryError where there is none."""
    known = generation.manifest["graphs"]
    for iri in (name, str(generation.base.graph(name))):
        if iri in known:
            return iri
    raise QueryError("no graph has this name", name, "See the names with: parley info")
