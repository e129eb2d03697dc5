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
from server.commands import folders, options
from server.commands.loading import Loading
from server.commands.options import plural
from server.commands.progress import Progress

_BUILD = """Read texts into the graph; without PATH, the reports that come with Parley.

PATH is a file (.txt, .md, .html, .jsonl; with .gz after it too) or a folder of them. A text is added to
those that the data folder holds, or replaces the one with the same publisher, date and title. Texts that
were read before are not read again, so a build that was interrupted goes on where it stopped.

One text that cannot be used does not stop the others: the end of the output says which were left out, and
why. The exit code is 0 if every text is in the graph, the same as one in it, or not for this reader (in
another language, or figures); 1 if a file is missing or faulty, or nothing could be stored.

\b
Examples:
  parley build
  parley build article.txt --date 2023-12-06 --publisher "Daily Sabah"
  parley build articles/ pages/*.html stream.jsonl.gz --data ~/peace-talks
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
@folders.kept
def build(
    paths: tuple[Path, ...], date: Day | None, publisher: str | None, base: Base | None, folder: DataFolder
) -> None:
    if not paths and (date or publisher):
        raise click.UsageError("--date and --publisher say something of a PATH: name one.")
    loading = Loading(date, publisher)
    files = loading.discover(paths) if paths else shipped_reports()
    with Progress(loading.all(files), "Loading") as found:
        texts = [Stored(one.source, one.licence, shipped=not paths, where=one.where) for one in found]
    if texts:
        report = pipeline.build(folder, texts, base, Progress)
        loading.note(*report.failed)
        _report(report, folder)
    loading.finish(nothing=not texts)


@click.command(help=_REMOVE, short_help="Take texts out of the graph.")
@click.argument("keys", metavar="KEY…", nargs=-1, required=True)
@folders.kept
def remove(keys: tuple[str, ...], folder: DataFolder) -> None:
    _report(pipeline.remove(folder, keys, Progress), folder)


def _report(report: BuildReport, folder: DataFolder) -> None:
    if len(report.read) > _LISTED:
        total = sum((Counter(outcome.counts) for outcome in report.read), Counter())
        click.echo(f"Read {len(report.read):,} texts: {_counted(total)}")
    else:
        for outcome in report.read:
            click.echo(f"Read {outcome.text.source.key}: {_counted(outcome.counts)}")
    _tell_empty([outcome.text.source.key for outcome in report.read if not outcome.found])
    if report.mended:
        click.echo("This build was damaged: its files are set aside, and it was built anew", err=True)
    manifest = report.generation.manifest
    done = "Built" if report.changed else "Nothing to do: the graph is up to date,"
    size = f"{manifest['triples']:,} triples from {plural(len(manifest['built_from']), 'text')}"
    click.echo(f"{done} version {report.generation.version} in {folder.path}: {size}")


def _tell_empty(keys: list[str]) -> None:
    if len(keys) > _LISTED:
        click.echo(f"{len(keys):,} texts: nothing on conflicts or talks was found in them", err=True)
    else:
        for key in keys:
            click.echo(f"{key}: nothing on conflicts or talks was found in it", err=True)


def _counted(counts: Mapping[str, int]) -> str:
    """The kinds that were found at all: `12 statements, 5 events, 1 passage not placed`."""
    found = (plural(count, *_named(kind)) for kind, count in counts.items() if count)
    return ", ".join(found) or "nothing"


def _named(kind: str) -> tuple[str, str]:
    """One and many of a kind, which is the name of a field of a Reading."""
    words = kind.replace("_", " ")
    return _IRREGULAR.get(kind, (words.removesuffix("s"), words))
