"""An article with what was read in it marked in its words: a colour for each speaker, types for kinds."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import click

from kg.model import Reading, Span, Statement
from server.commands.options import plural
from server.commands.summary import Summary

_HUES = ("cyan", "magenta", "yellow", "green", "blue", "red")
_COLOURS = (*_HUES, *(f"bright_{hue}" for hue in _HUES))
_LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# How each kind is set in type; the fields of a Reading that it stands for, and what to call it.
_KINDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("underline", ("entities",), "actors and places"),
    ("bold", ("events",), "events"),
    ("italic", ("formats", "rounds", "status_reports", "agreements", "corridors"), "talks and corridors"),
    ("reverse", ("unread",), "not placed"),
)


@dataclass(frozen=True)
class _Voice:
    """A speaker, or several who speak jointly, by their number in the article."""

    number: int
    name: str
    statements: tuple[Statement, ...]

    @property
    def colour(self) -> str | None:
        """The speaker's colour; none where the reader wants none (https://no-color.org)."""
        return None if os.environ.get("NO_COLOR") else _COLOURS[(self.number - 1) % len(_COLOURS)]


class Marked:
    """One reading as an article in colours. `labels` name things that the text only refers to."""

    def __init__(self, reading: Reading, labels: Mapping[str, str]) -> None:
        self._reading, self._summary = reading, Summary(reading, labels)
        self._voices = tuple(self._found_voices())
        self._kinds = {style: tuple(_spans(reading, fields)) for style, fields, _ in _KINDS}

    def lines(self) -> Iterator[str]:
        """Title and citation, the legend, the article, and what stayed unread with the reasons."""
        yield from self._summary.head()
        yield ""
        yield from self._legend()
        yield ""
        yield from "".join(self._article()).strip("\n").split("\n")
        if self._reading.unread:
            yield ""
            yield from self._summary.unread()

    def _found_voices(self) -> Iterator[_Voice]:
        """The speakers in the order in which their words appear."""
        found: dict[tuple[str, ...], list[Statement]] = {}
        for said in sorted(self._reading.statements, key=lambda said: min(said.content or said.evidence)):
            found.setdefault(said.speakers, []).append(said)
        for number, (speakers, statements) in enumerate(found.items(), 1):
            name = self._summary.names(speakers) or "somebody unnamed"
            yield _Voice(number, name, tuple(statements))

    def _legend(self) -> Iterator[str]:
        for voice in self._voices:
            count = plural(len(voice.statements), "statement")
            yield f"{click.style(f'[{voice.number}] {voice.name}', fg=voice.colour)}: {count}"
        shown = (click.style(name, **{style: True}) for style, _, name in _KINDS if self._kinds[style])
        yield ", ".join(shown)

    def _article(self) -> Iterator[str]:
        """The text cut wherever a mark begins or ends, each piece in the type of the marks around it."""
        text, active = self._reading.source.text, set[_Mark]()
        opening, closing = _by_edge(self._marks())
        for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
            yield from (mark.close() for mark in sorted(closing.get(start, ())))
            active = (active - {*closing.get(start, ())}) | {*opening.get(start, ())}
            yield from (mark.open() for mark in sorted(opening.get(start, ())))
            yield _styled(_LINE_BREAK.sub("\n", text[start:end]), active)

    def _marks(self) -> Iterator["_Mark"]:
        for voice in self._voices:
            for said in voice.statements:
                yield from (_Mark(span, voice.number, said.stance, voice.colour) for span in said.content)
        for style, spans in self._kinds.items():
            yield from (_Mark(span, style=style) for span in spans)


@dataclass(frozen=True, order=True)
class _Mark:
    """Characters that are of one kind; those of a statement have the number of its speaker."""

    span: Span
    voice: int = 0
    stance: str = ""
    colour: str | None = None
    style: str = ""

    def open(self) -> str:
        """What stands before the words of a statement."""
        return click.style(f"[{self.voice} {self.stance}] ", fg=self.colour, dim=True) if self.voice else ""

    def close(self) -> str:
        """What stands after them where no colour shows how far they go."""
        return click.style(f" [/{self.voice}]", dim=True) if self.voice and not self.colour else ""


def _by_edge(marks: Iterable[_Mark]) -> tuple[dict[int, list[_Mark]], dict[int, list[_Mark]]]:
    """The marks by where they begin, and by where they end."""
    opening, closing = defaultdict[int, list[_Mark]](list), defaultdict[int, list[_Mark]](list)
    for mark in dict.fromkeys(marks):
        opening[mark.span.start].append(mark)
        closing[mark.span.end].append(mark)
    return opening, closing


def _styled(words: str, active: set[_Mark]) -> str:
    """The words in the colour of the innermost statement around them, and the type of every kind."""
    if not active:
        return words
    said = [mark for mark in active if mark.voice]
    colour = min(said, key=lambda mark: (mark.span.end - mark.span.start, mark)).colour if said else None
    types = {mark.style: True for mark in active if mark.style}
    lines = words.split("\n")  # so that no style runs over the end of a line
    return "\n".join(click.style(line, fg=colour, **types) if line else "" for line in lines)


def _spans(reading: Reading, fields: Iterable[str]) -> Iterator[Span]:
    for field in fields:
        for thing in getattr(reading, field):
            yield from (m.span for m in thing.mentions) if field == "entities" else thing.evidence
