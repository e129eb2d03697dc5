"""How alike names are: words are paired, whatever their order, and what is left over counts against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.names.folding import PARTICLES, skeleton, sound

SAME_SOUND = 0.97  # of two spellings of one word
_SAME_BONES = 0.92  # of two words that differ in vowels alone
_INITIAL = 0.85  # of a letter and a word that begins with it
_LEAST = 0.72  # likeness of words that may be paired
_BONES = 3  # consonants that make vowels matter less
_ALIKE = 0.6  # likeness of letters that such words need besides; less is none


@dataclass(frozen=True)
class Likeness:
    """Of a query and a name: `score` from 0 to 1, the worst pair of words, whether the order is the same."""

    score: float
    worst: float
    in_order: bool


@lru_cache(2**17)
def alike(one: str, other: str) -> float:
    """How alike two plain words are, from 0 to 1, which is the same word."""
    if one == other:
        return 1.0
    if 1 in (len(one), len(other)):
        return _INITIAL if one[0] == other[0] else 0.0
    heard, said = sound(one), sound(other)
    if heard == said or ("j" in one and said == _as_y(one)) or ("j" in other and heard == _as_y(other)):
        return SAME_SOUND
    close = max(
        OSA.normalized_similarity(one, other, score_cutoff=_ALIKE),
        OSA.normalized_similarity(heard, said, score_cutoff=_ALIKE),
    )
    if close < _ALIKE:
        return 0.0
    bones = skeleton(one)
    longer = heard.startswith(said) or said.startswith(heard)  # Aliyev and Aliyeva, Niger and Nigeria
    if not longer and bones == skeleton(other) and len(bones.lstrip("*")) >= _BONES:
        close = max(close, _SAME_BONES)
    return float(close)


def _as_y(word: str) -> str:
    """As it sounds where j is y: Alijew, Selenskyj."""
    return sound(word.replace("j", "y"))


def likeness(query: Sequence[str], name: Sequence[str]) -> Likeness:
    """Of the plain words of a query and of a name, by Dice's measure over weighted words."""
    if "".join(query) == "".join(name):
        return Likeness(1.0, 1.0, True)
    pairs = _pairs(query, name)
    shared = sum(close * (_weight(query[here]) + _weight(name[there])) for here, there, close in pairs)
    whole = sum(map(_weight, query)) + sum(map(_weight, name))
    places = [there for _, there, _ in sorted(pairs)]
    worst = min((close for *_, close in pairs), default=0.0) if len(pairs) == len(query) else 0.0
    return Likeness(shared / whole if whole else 0.0, worst, places == sorted(places))


def _pairs(query: Sequence[str], name: Sequence[str]) -> list[tuple[int, int, float]]:
    """Places in both and likeness of words that may be one, best pairs first; each word is in one pair."""
    possible = [
        (close, -abs(here - there), here, there)
        for here, word in enumerate(query)
        for there, other in enumerate(name)
        if (close := alike(word, other)) >= _LEAST
    ]
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for close, _, here, there in sorted(possible, reverse=True):
        if here not in taken[0] and there not in taken[1]:
            taken[0].add(here)
            taken[1].add(there)
            pairs.append((here, there, close))
    return pairs


def _weight(word: str) -> float:
    return 0.3 if word in PARTICLES else 0.5 if len(word) == 1 else 1.0
