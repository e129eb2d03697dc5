"""Loads the files that a command was given, and says at its end what could not be used, and why."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as Day
from pathlib import Path

import click

from kg.errors import LeftOut, SourceError
from kg.sources import Loaded, discover, language, load_all
from server.commands.options import plural

_LISTED = 20  # faults, or notes of one kind, that are shown one by one
_EXAMPLES = 3  # of each kind where there are more
_UNDATED = "no date of publication, so relative dates stay open (see --date)"
_UNHEADED = "left out, having no header; name it to have it read as an article"


class Loading:
    """Goes on after a text that fails, and keeps the failures, so that the command can say so at its end."""

    def __init__(self, date: Day | None, publisher: str | None) -> None:
        self._date, self._publisher = date, publisher
        self._faults: list[SourceError] = []
        self._notes: dict[str, list[str]] = defaultdict(list)
        self._tried = 0

    def discover(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """The files that these paths lead to."""
        found = discover(paths)
        self.note(*found.failed)
        self._tried += len(found.failed)
        self._notes[_UNHEADED] += map(str, found.left_out)
        return found.files

    def all(self, files: Iterable[Path]) -> Iterator[Loaded]:
        """What could be loaded and is in English, in order; one text at a time."""
        for file in files:
            for found in load_all(file, self._date, self._publisher):
                self._tried += 1
                try:
                    yield self._checked(found)
                except SourceError as error:
                    self.note(error)

    def note(self, *errors: SourceError) -> None:
        """Keep these failures for the end."""
        self._faults += errors

    def finish(self, nothing: bool = False) -> None:
        """Say what was left out. Exit code 1 if a file is faulty, or if `nothing` could be used at all."""
        for note, places in self._notes.items():
            _tell_note(note, places)
        if len(self._faults) <= _LISTED:
            for error in self._faults:
                click.echo(f"parley: {error}", err=True)
        if len(self._faults) > 1:
            self._sum_up()
        if nothing or any(not isinstance(error, LeftOut) for error in self._faults):
            raise click.exceptions.Exit(1)

    def _checked(self, found: Loaded | SourceError) -> Loaded:
        if isinstance(found, SourceError):
            raise found
        language.check(found.source.text, found.where)
        for note in found.notes:
            self._notes[note].append(found.where)
        if found.source.citation.date is None:
            self._notes[_UNDATED].append(found.where)
        return found

    def _sum_up(self) -> None:
        """How many were left out, and for which reasons; with examples where they were not listed."""
        reasons = _by_reason(self._faults)
        click.echo(f"parley: {len(self._faults):,} of {plural(self._tried, 'text')} left out:", err=True)
        for reason, places in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
            examples = f" ({_some(places)})" if len(self._faults) > _LISTED else ""
            click.echo(f"  {len(places):,} × {reason}{examples}", err=True)


def _tell_note(note: str, places: Sequence[str]) -> None:
    if len(places) > _LISTED:
        click.echo(f"{len(places):,} texts: {note} ({_some(places)})", err=True)
    else:
        for place in places:
            click.echo(f"{place}: {note}", err=True)


def _by_reason(errors: Iterable[SourceError]) -> Mapping[str, list[str]]:
    """Where each fault occurs; names and numbers, which differ from case to case, are not told apart."""
    found: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        reason = re.sub(r"(?<=the same text as ).*|(?<=date and title of ).*(?=, and)", "another", error.what)
        reason = re.sub(r"'[^']*'|\d+", "…", reason)
        found[reason].append(error.where or "")
    return found


def _some(places: Sequence[str]) -> str:
    return "; ".join(places[:_EXAMPLES]) + (", …" if len(places) > _EXAMPLES else "")
