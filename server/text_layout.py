"""What is shown of a text: a part of it, in paragraphs, with what may not be shown hidden in its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PART = 5000  # characters of a text on one page: marked as densely as reports are, about 65 kB of HTML
REACH = 1000  # characters before and after a part that belong to a paragraph at its edge
HIDDEN = "\0"  # stands for each character that is not shown; no text has one
_HIDDEN_RUN = re.compile(f"{HIDDEN}+")


@dataclass(frozen=True)
class Stretch:
    """Characters [start, end) of a text."""

    start: int
    end: int


def part_at(offset: int) -> int:
    """The part, from 1, of the page of a text that shows the character at an offset."""
    return offset // PART + 1


def parts_of(length: int) -> int:
    """How many parts a text of so many characters fills."""
    return max(1, -(-length // PART))


def part(text: str, number: int) -> Stretch:
    """What one part shows: its characters, with the rest of the paragraphs that begin or end within.

    So every part is found from an offset alone, and no paragraph is torn that is not very long.
    """
    first, last = (number - 1) * PART, min(number * PART, len(text))
    start = text.rfind("\n", max(0, first - REACH), first) + 1 or max(0, first - REACH)
    end = text.find("\n", last - 1, last + REACH)
    return Stretch(start, min(len(text), last + REACH) if end < 0 else end)


def paragraphs(text: str, within: Stretch) -> list[Stretch]:
    """The lines of a stretch that have anything on them, without the space around them."""
    found: list[Stretch] = []
    start = within.start
    for line in text[within.start : within.end].split("\n"):
        if line.strip():
            left = len(line) - len(line.lstrip())
            found.append(Stretch(start + left, start + len(line.rstrip())))
        start += len(line) + 1
    return found


def hidden_runs(text: str, within: Stretch) -> list[Stretch]:
    """Where characters of a stretch are hidden."""
    return [Stretch(*match.span()) for match in _HIDDEN_RUN.finditer(text, within.start, within.end)]


def passages_of(text: str, shown: Iterable[Stretch]) -> str:
    """The text with nothing but these stretches and its line breaks left; each character keeps its place."""
    letters = [sign if sign == "\n" else HIDDEN for sign in text]
    for one in shown:
        letters[one.start : one.end] = text[one.start : one.end]
    return "".join(letters)


def patched(length: int, pieces: Iterable[tuple[int, str]]) -> str:
    """A text of which no more is known than some pieces, each by its offset."""
    letters = [HIDDEN] * length
    for start, words in pieces:
        letters[start : start + len(words)] = words
    return "".join(letters[:length])
