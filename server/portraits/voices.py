"""Who speaks in a text, each with a sign, a colour and a share of its words."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.vocab import VAL
from server.tables import Cell

HUES = 8  # colours that parley.css has; from there on they come again, with another sign
UNKNOWN = f"{VAL}unknown-speaker"
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "de", "al"))
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


@dataclass(frozen=True)
class Said:
    """One run of characters of a statement's content, and who speaks: one, or several jointly."""

    statement: str
    stance: str
    modality: str
    speakers: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Voice:
    """A speaker, or several who speak jointly; `words` of a text that has so many in all."""

    number: int
    sign: str
    speakers: tuple[Cell, ...]
    statements: int
    words: int = 0
    of: int = 0

    @property
    def hue(self) -> int:
        return (self.number - 1) % HUES + 1

    @property
    def name(self) -> str:
        return " and ".join(cell.text for cell in self.speakers)

    @property
    def share(self) -> int:
        """Its part of the words, in hundredths."""
        return round(100 * self.words / self.of) if self.of else 0


def sign(names: Sequence[str]) -> str:
    """Initials of a speaker, or of several: `IA`, `Ar+Az`."""
    return "+".join(map(_initials, names[:3]))


def voices(said: Iterable[Said]) -> tuple[Voice, ...]:
    """Those who speak, in the order in which their words stand."""
    found: dict[tuple[Cell, ...], set[str]] = {}
    for one in sorted(said, key=lambda one: (one.start, one.end)):
        found.setdefault(one.speakers, set()).add(one.statement)
    short = _signs([[cell.text for cell in speakers] for speakers in found])
    return tuple(
        Voice(number, initials, speakers, len(statements))
        for number, (initials, (speakers, statements)) in enumerate(zip(short, found.items(), strict=True), 1)
    )


def shared(text: str, said: Sequence[Said], of: Sequence[Voice]) -> tuple[int, tuple[Voice, ...]]:
    """Words of the text that are nobody's of those who speak, and the voices with theirs.

    A word within the content of several statements goes to the narrowest, of equal ones to the last.
    """
    starts = [match.start() for match in _WORD.finditer(text)]
    owners: list[tuple[Cell, ...] | None] = [None] * len(starts)
    for one in sorted(said, key=lambda one: one.start - one.end):
        first, after = bisect_right(starts, one.start - 1), bisect_right(starts, one.end - 1)
        owners[first:after] = [one.speakers] * (after - first)
    counted = Counter(owners)
    told = tuple(replace(voice, words=counted[voice.speakers], of=len(starts)) for voice in of)
    return counted[None], told


def _signs(names: Sequence[Sequence[str]]) -> Iterator[str]:
    """A short sign for each: initials, with a number where two have the same."""
    taken: Counter[str] = Counter()
    for several in names:
        short = sign(several)
        taken[short] += 1
        yield short if taken[short] == 1 else f"{short}{taken[short]}"


def _initials(name: str) -> str:
    words = [word for word in _WORD.findall(name) if word.lower() not in _SMALL_WORDS]
    if name == "unknown speaker" or not words:
        return "?"
    return words[0][:2] if len(words) == 1 else f"{words[0][0]}{words[-1][0]}"
