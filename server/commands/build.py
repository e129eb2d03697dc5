"""`parley build` and `parley remove`: change what the graph is read from, and build it again."""

from collections import Counter
from collections.abc import Mapping
from datetime import date as Day
from pathlib import Path

import click

from kg import pipeline
from kg.library import Stored
from kg.pipeline import BuildReport
from kg.sources import shipped_reports
from kg.store import DataFolder
from kg.vocab import Base
from server.commands import options
from server.commands.loading import Loading
from server.commands.options import plural

_BUILD = """Read texts into the graph; without PATH, the reports that come with Parley.

A text is added to those that the folder already holds, or replaces the one with the same publisher,
date and title. Texts that were read before are not read again.

\b
Examples:
  parley build
  parley build article.txt --date 2023-12-06 --publisher "Daily Sabah"
  parley build articles/ more/articles/ --data ~/peace-talks
"""

_REMOVE = """Take texts out of the graph by their keys, which `parley info` lists.

\b
Example:
  parley remove report/daily-sabah-2023-12-06-azerbaijan-wants-us-to-consider-new-61c46c
"""
_LISTED = 20  # texts that are reported one by one
_IRREGULAR = {
    "entities": ("actor or place", "actors and places"),
    "processes": ("peace process", "peace processes"),
    "unread": ("passage not placed", "passages not placed"),
}


@click.command(help=_BUILD, short_help="Read texts into the graph.")
@options.files
@options.citation
@options.base
@options.data
def build(
    paths: tuple[Path, ...], date: Day | None, publisher: str | None, base: Base | None, folder: DataFolder
) -> None:
    if not paths and (date or publisher):
        raise click.UsageError("--date and --publisher say something of a PATH: name one.")
    loading = Loading(date, publisher)
    files = loading.discover(paths) if paths else shipped_reports()
    texts = [Stored(found.source, found.licence, shipped=not paths) for found in loading.all(files)]
    if texts:
        report = pipeline.build(folder, texts, base, options.progress)
        loading.note(*report.failed)
        _report(report, folder)
    loading.finish()


@click.command(help=_REMOVE, short_help="Take texts out of the graph.")
@click.argument("keys", metavar="KEY…", nargs=-1, required=True)
@options.data
def remove(keys: tuple[str, ...], folder: DataFolder) -> None:
    _report(pipeline.remove(folder, keys, options.progress), folder)


def _report(report: BuildReport, folder: DataFolder) -> None:
    if len(report.read) > _LISTED:
        total = sum((Counter(outcome.counts) for outcome in report.read), Counter())
        click.echo(f"Read {len(report.read):,} texts: {_counted(total)}")
    else:
        for outcome in report.read:
            click.echo(f"Read {outcome.text.source.key}: {_counted(outcome.counts)}")
    for outcome in report.read:
        if not outcome.found:
            click.echo(f"{outcome.text.source.key}: nothing on conflicts or talks was found in it", err=True)
    if report.mended:
        click.echo("This build was damaged: its files are set aside, and it was built anew", err=True)
    manifest = report.generation.manifest
    done = "Built" if report.changed else "Nothing to do: the graph is up to date,"
    size = f"{manifest['triples']:,} triples from {plural(len(manifest['built_from']), 'text')}"
    click.echo(f"{done} version {report.generation.version} in {folder.path}: {size}")


def _counted(counts: Mapping[str, int]) -> str:
    """The kinds that were found at all: `12 statements, 5 events, 1 passage not placed`."""
    found = (plural(count, *_named(kind)) for kind, count in counts.items() if count)
    return ", ".join(found) or "nothing"


def _named(kind: str) -> tuple[str, str]:
    """One and many of a kind, which is the name of a field of a Reading."""
    words = kind.replace("_", " ")
    return _IRREGULAR.get(kind, (words.removesuffix("s"), words))
