"""Ordinary English words: what a capital at the start of a sentence says nothing about."""

from functools import cache

from kg.reading.words.grammar import grammar
from kg.reading.words.remembered import Remembered
from kg.reading.words.tables import lines
from kg.reading.words.verbs import verb_table

# A regular ending and what may stand in its place in the listed form.
_ENDINGS = (
    ("s", ("",)),
    ("es", ("", "e")),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("ly", ("", "le")),
    ("ily", ("y",)),
    ("er", ("", "e")),
    ("ers", ("", "e")),
)
_SHORTEST_STEM = 3


@cache
def _listed() -> frozenset[str]:
    return frozenset(lines("ordinary.tsv"))


def _is_ordinary(word: str) -> bool:
    known = _listed()
    if word in known or word in grammar().closed or word in verb_table().forms:
        return True
    stems = (word[: -len(end)] + put for end, puts in _ENDINGS if word.endswith(end) for put in puts)
    return any(len(stem) >= _SHORTEST_STEM and stem in known for stem in stems)


# Whether a lower-case word is one that any text may hold, in any of its regular forms.
is_ordinary = Remembered(_is_ordinary).__getitem__
