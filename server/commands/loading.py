"""Loads the files that a command was given, one line for each that cannot be used."""

from collections.abc import Iterable, Iterator
from datetime import date as Day
from pathlib import Path

import click

from kg.errors import SourceError
from kg.sources import Loaded, discover, load


class Loading:
    """Goes on after a file that fails, and counts the failures, so that the command can say so at its end."""

    def __init__(self, date: Day | None, publisher: str | None) -> None:
        self._date, self._publisher = date, publisher
        self._seen: dict[str, tuple[str, Path]] = {}
        self.failed = 0

    def discover(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """The files that these paths lead to, after a line for each that is left out. Raises SourceError."""
        found = discover(paths)
        for file in found.left_out:
            click.echo(f"{file}: left out, having no header; name it to have it read as an article", err=True)
        return found.files

    def all(self, files: Iterable[Path]) -> Iterator[Loaded]:
        """What could be loaded, in order."""
        for file in files:
            try:
                yield self._one(file)
            except SourceError as error:
                self.note(error)

    def note(self, *errors: SourceError) -> None:
        """Count these failures, and say what each is about."""
        self.failed += len(errors)
        for error in errors:
            click.echo(f"parley: {error}", err=True)

    def finish(self) -> None:
        """End the command with exit code 1 if anything failed."""
        if self.failed:
            raise click.exceptions.Exit(1)

    def _one(self, file: Path) -> Loaded:
        found = load(file, self._date, self._publisher)
        source = found.source
        sha256, twin = self._seen.setdefault(source.key, (source.sha256, file))
        if sha256 != source.sha256:
            what = f"has the publisher, date and title of {twin}, and another text"
            raise SourceError(what, str(file), "Leave one of them out, or mend its citation")
        if source.citation.date is None:
            click.echo(f"{file}: no date of publication, so relative dates stay open (see --date)", err=True)
        return found
