"""The word tables of the grammar of dates, read once from `words.toml`."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

_TABLES = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))

OPENERS: list[str] = _TABLES["openers"]
MONTHS: dict[str, int] = _TABLES["months"]
WEEKDAYS: dict[str, int] = _TABLES["weekdays"]
SEASONS: dict[str, int] = _TABLES["seasons"]
NUMBERS: dict[str, int] = _TABLES["numbers"]
PARTS: dict[str, list[int]] = _TABLES["parts"]
LICENCE = {kind: frozenset(words) for kind, words in _TABLES["licence"].items()}
TRAPS = {kind: frozenset(words) for kind, words in _TABLES["traps"].items()}
TENSE: dict[str, list[str]] = _TABLES["tense"]

# White space between the words of one expression: at most one line break, so never across paragraphs.
GAP = r"(?:[^\S\n]{1,2}|[^\S\n]{0,2}\n[^\S\n]{0,2})"


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first so that none hides a longer one."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
