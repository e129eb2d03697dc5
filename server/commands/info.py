"""`parley info`: what a data folder holds."""

import click

from kg.store import DataFolder, Generation
from server.commands import folders, options, tables

_HELP = """Show what the graph holds and which texts it was read from.

\b
Examples:
  parley info
  parley info --data ~/peace-talks
"""


@click.command(help=_HELP, short_help="Show what the graph holds.")
@folders.data
def info(folder: DataFolder) -> None:
    generation = folder.current()
    manifest = generation.manifest
    facts = (
        ("Folder", str(folder.path.resolve())),
        ("Version", generation.version),
        ("Base", manifest["base"]),
        ("Triples", f"{manifest['triples']:,}"),
        ("Parley", manifest["parley"]),
        ("Kept", options.plural(len(folder.generations()), "version")),
    )
    for name, value in facts:
        click.echo(f"{name:<9}{value}")
    click.echo()
    click.echo(tables.render(("graph", "triples"), _graphs(generation)))
    click.echo()
    click.echo(tables.render(("text", "date", "publisher", "title"), _texts(generation)))


def _graphs(generation: Generation) -> list[tuple[str, str]]:
    start = generation.base.graph("")
    counts = generation.manifest["graphs"].items()
    return [(iri.removeprefix(start), f"{count:,}") for iri, count in counts]


def _texts(generation: Generation) -> list[tuple[str, str, str, str]]:
    texts = generation.manifest["built_from"]
    return [(t["key"], t["date"] or "unknown", t["publisher"] or "unknown", t["title"] or "") for t in texts]
