"""`parley read`: what the reader makes of a text, without storing anything."""

import sys
from collections.abc import Callable, Iterable
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.known import index
from kg.model import Reading
from server.commands import options
from server.commands.loading import Loading
from server.commands.marking import Marked
from server.commands.summary import Summary

if TYPE_CHECKING:
    from kg.vocab import Base

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
    base: "Base | None",
    spelling: str | None,
    view: str | None,
    pager: bool,
) -> None:
    from kg.reading import read as read_text  # takes a second, which `parley --help` need not

    written = _writer(spelling, base) if spelling else None
    loading = Loading(date, publisher)
    sources = [found.source for found in loading.all(loading.discover(paths))]
    known = index()
    readings = (read_text(source, known) for source in sources)
    if written is None:
        marked = view == "marked" or (view is None and options.is_terminal())
        shown = Marked if marked else Summary
        _show(
            "\n\n".join("\n".join(shown(one, known.lexicon.labels).lines()) for one in readings),
            pager,
            marked,
        )
    else:
        sys.stdout.buffer.write(written(readings))
    loading.finish(nothing=not sources)


def _show(text: str, pager: bool, coloured: bool) -> None:
    """Print it; `coloured` text keeps its colours wherever it goes."""
    if pager:
        click.echo_via_pager(text, color=coloured or None)
    else:
        click.echo(text, color=coloured or None)


def _writer(format: str, base: "Base | None") -> Callable[[Iterable[Reading]], bytes]:
    """What writes the graph of readings in the format of this name; raises QueryError where there is none."""
    # These take an eighth of a second, which lists and marks need not.
    from pyoxigraph import RdfFormat, parse

    from kg import triples
    from kg.assembly import assemble
    from kg.formats import RDF_FORMATS, named
    from kg.vocab import Base

    wanted, below = named(format, RDF_FORMATS).writer, base or Base()

    def written(readings: Iterable[Reading]) -> bytes:
        graphs = ((triples.to_lines(assemble(one, below)), below.graph(one.source.key)) for one in readings)
        lines = ("\n".join(triples.in_graph(graph, name)) for graph, name in graphs)
        return triples.written((quad for text in lines for quad in parse(text, RdfFormat.N_QUADS)), wanted)

    return written
