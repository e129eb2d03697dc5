"""Text as plain words of a to z and 0 to 9, and the words as they sound, whatever the spelling.

Letters of other scripts are written in Latin by `anyascii`; where English writes a letter otherwise,
`letters.tsv` says how. `spellings.tsv` holds what is written in several ways for one sound: Pashinyan and
Pashinian, Sergey and Sergei, Gaddafi and Qadhafi.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

LONGEST = 256  # characters of a text that are looked at: no name is longer
_MOST = 24  # words
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WITHIN = re.compile(r"['’‘ʼʻ`´ʿʾ]")  # between letters of one word: Sana’a, People's
_WORD = re.compile(r"[a-z0-9]+")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouj")  # j is y in much of Europe: Alijew, Selenskyj
_LONG = 3  # letters of a skeleton that one may be left out of

# What joins words and says little by itself.
PARTICLES = frozenset((files(__package__) / "particles.txt").read_text("utf-8").split())


def _pairs(name: str) -> dict[str, str]:
    lines = (files(__package__) / name).read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


_LETTERS = str.maketrans(_pairs("letters.tsv"))
_SPELLINGS = _pairs("spellings.tsv")
_WRITTEN = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))


def words(text: str) -> tuple[str, ...]:
    """The words of a text in order: `Əliyev, İlham` gives `aliyev`, `ilham`; `O.S.C.E.` gives `osce`."""
    joined = _DOTTED.sub(lambda found: f"{found[0].replace('.', '')} ", text[:LONGEST])
    plain = anyascii(_WITHIN.sub("", joined).casefold().translate(_LETTERS)).lower()
    return tuple(_WORD.findall(_WITHIN.sub("", plain))[:_MOST])


def bag(plain: Sequence[str]) -> str:
    """The same for words in whichever order."""
    return " ".join(sorted(plain))


@lru_cache(2**16)
def sound(word: str) -> str:
    """A plain word as it sounds: the same for spellings of one name."""
    return _TWICE.sub(r"\1", _WRITTEN.sub(lambda found: _SPELLINGS[found[0]], word))


@lru_cache(2**16)
def skeleton(word: str) -> str:
    """The consonants of a plain word, with a star before them where it starts with a vowel."""
    heard = sound(word).replace("g", "k")
    bones = _TWICE.sub(r"\1", "".join(letter for letter in heard if letter not in _VOWELS))
    return f"*{bones}" if heard[:1] in _VOWELS else bones


def near(bones: str) -> tuple[str, ...]:
    """A skeleton, and what it is with any one consonant left out; two that differ in one share such a key.

    One of two consonants or fewer is too short for that: half of all words would be near it.
    """
    if len(bones) < _LONG:
        return (bones,)
    return tuple(dict.fromkeys((bones, *(bones[:at] + bones[at + 1 :] for at in range(len(bones))))))


def initials(text: str) -> str | None:
    """What a name of several words is shortened to, `osce`; None for fewer than three that count."""
    counted = [plain for part in text.split() if (plain := words(part)) and plain[0] not in PARTICLES]
    return "".join(plain[0][0] for plain in counted) if len(counted) > 2 else None
