"""`parley read`: what the reader makes of a text, without storing anything."""

import sys
from collections.abc import Iterator
from datetime import date as Day
from pathlib import Path

import click
from pyoxigraph import Quad, RdfFormat, parse

from kg import triples
from kg.assembly import assemble
from kg.formats import RDF_FORMATS, named
from kg.model import Reading
from kg.source_graphs import index
from kg.vocab import DEFAULT_BASE, Base
from server.commands import options
from server.commands.loading import Loading
from server.commands.marking import Marked
from server.commands.summary import Summary

_HELP = """Show what is read in each text: actors, statements, events, formats, corridors, and what could
not be placed. On a terminal the articles themselves are shown, with all that marked in their words; where
NO_COLOR is set, without colours. With --format, the graph of the texts instead. Nothing is stored.

\b
Examples:
  parley read article.txt --date 2023-12-06
  parley read article.txt --plain
  parley read article.txt --format turtle > article.ttl
"""


@click.command(help=_HELP, short_help="Show what is read in a text, storing nothing.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.citation
@options.base
@click.option("--format", "spelling", metavar="NAME", help="turtle, nquads, jsonld, …: the graph instead.")
@click.option("--marked", "view", flag_value="marked", help="Show the article, marked, even in a pipe.")
@click.option("--plain", "view", flag_value="plain", help="Show lists, even on a terminal.")
@click.option("--pager", is_flag=True, help="Page by page.")
def read(
    paths: tuple[Path, ...],
    date: Day | None,
    publisher: str | None,
    base: Base | None,
    spelling: str | None,
    view: str | None,
    pager: bool,
) -> None:
    from kg.reading import read as read_text  # takes a second, which `parley --help` need not

    wanted = named(spelling, RDF_FORMATS).writer if spelling else None
    loading = Loading(date, publisher)
    sources = [found.source for found in loading.all(loading.discover(paths))]
    base = base or Base(DEFAULT_BASE)
    known = index(base)
    readings = (read_text(source, known) for source in sources)
    if wanted is None:
        marked = view == "marked" or (view is None and options.is_terminal())
        shown = Marked if marked else Summary
        _show(
            "\n\n".join("\n".join(shown(one, known.lexicon.labels).lines()) for one in readings),
            pager,
            marked,
        )
    else:
        quads = (quad for reading in readings for quad in _quads(reading, base))
        sys.stdout.buffer.write(triples.written(quads, wanted))
    loading.finish(nothing=not sources)


def _show(text: str, pager: bool, coloured: bool) -> None:
    """Print it; `coloured` text keeps its colours wherever it goes."""
    if pager:
        click.echo_via_pager(text, color=coloured or None)
    else:
        click.echo(text, color=coloured or None)


def _quads(reading: Reading, base: Base) -> Iterator[Quad]:
    lines = triples.in_graph(triples.to_lines(assemble(reading, base)), base.graph(reading.source.key))
    return iter(parse("\n".join(lines), RdfFormat.N_QUADS))
