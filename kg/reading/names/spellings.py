"""One name in several spellings: transliterations and letters with marks, by rule rather than by list."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.identifiers import without_marks
from kg.lexicon import Name
from kg.reading.words.tables import table

Group = tuple[str, ...]

_MOST = 64  # spellings of one name
_SHORTEST = 5  # letters of a word whose end may vary
_WORD = re.compile(r"[^\W\d_]+|[\W\d_]+")
_ARTICLE = re.compile(r"\b((?:al|Al|el|El)[- ])(?=[A-Z])")
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True)
class Spellings:
    """Spellings that stand for each other, as `spellings.toml` has them."""

    words: Mapping[str, Group]  # each word with its group
    endings: tuple[Group, ...]
    given_endings: tuple[Group, ...]
    letters: tuple[Group, ...]
    articles: Group
    sounds: Mapping[str, str]


@cache
def spellings() -> Spellings:
    """The table that ships with the reader."""
    rows = table("spellings.toml")
    words = {word: tuple(group) for group in rows["words"] for word in group}
    endings, given, letters = (
        tuple(map(tuple, rows[name])) for name in ("endings", "given_endings", "letters")
    )
    return Spellings(words, endings, given, letters, tuple(rows["articles"]), rows["sounds"])


def foldings(text: str) -> tuple[str, ...]:
    """The text in plain letters, marks dropped and marks sounded: "Şuşa" as "Susa" and "Shusha"."""
    if text.isascii():
        return (text,)
    sounded = "".join(spellings().sounds.get(letter, letter) for letter in text)
    return tuple(dict.fromkeys((without_marks(text), without_marks(sounded))))


def spelled(names: Mapping[str, tuple[Name, ...]]) -> dict[str, tuple[Name, ...]]:
    """Further forms of listed names with their readings.

    A form that is listed, or that the rules make from the names of two things, is left out: the rules never
    take a name from a thing and never make one that could be either of two.
    """
    made: defaultdict[str, dict[frozenset[str], tuple[Name, ...]]] = defaultdict(dict)
    for form, readings in names.items():
        keys = frozenset(name.key for name in readings)
        for variant in variants(form, {name.type for name in readings}):
            if variant not in names:  # not by the difference of sets, which would go through all names
                made[variant].setdefault(keys, readings)
    certain = {form: readings for form, readings in made.items() if len(readings) == 1}
    return {
        form: tuple(replace(name, form=form) for name in next(iter(readings.values())))
        for form, readings in sorted(certain.items())
    }


def variants(form: str, kinds: set[str]) -> set[str]:
    """The other spellings of a form that names things of these kinds, none of them too short to be sure."""
    found = {form}
    if kinds == {"Person"}:
        found.update(itertools.islice(_spelled_words(form), _MOST))
        found.update([_unhyphenated(one) for one in found if "-" in one])
    if kinds <= {"Person", "Place"} and "h" in form:
        found.update([one.replace(a, b) for one in found for a, b in spellings().letters])
    if _ARTICLE.search(form):
        found.update([made for one in found for made in _with_articles(one)])
    return {folded for one in found for folded in foldings(one) if len(folded) >= _SHORTEST} - {form}


def _spelled_words(form: str) -> Iterator[str]:
    """A person's name with each of its words in each spelling."""
    parts = _WORD.findall(form)
    choices = [
        tuple(dict.fromkeys(_of_word(part, index == len(parts) - 1))) for index, part in enumerate(parts)
    ]
    return ("".join(words) for words in itertools.product(*choices))


def _of_word(word: str, is_last: bool) -> Iterator[str]:
    """A word of a person's name in its spellings, its own first."""
    yield word
    yield from spellings().words.get(word, ())
    if len(word) >= _SHORTEST and word not in spellings().words:
        for group in spellings().endings + (() if is_last else spellings().given_endings):
            yield from _with_endings(word, group)


def _with_endings(word: str, group: Group) -> Iterator[str]:
    for ending in sorted(group, key=len, reverse=True):
        stem = word.removesuffix(ending.removeprefix("="))
        if stem != word and not (ending.startswith("=") and stem[-1].lower() in _VOWELS):
            yield from (stem + other.removeprefix("=") for other in group)
            return


def _unhyphenated(form: str) -> str:
    """ "Lee Jae-myung" as "Lee Jae Myung"."""
    return re.sub(r"(?<=\w\w)-(\w)(?=\w)", lambda match: f" {match[1].upper()}", form)


def _with_articles(form: str) -> Iterator[str]:
    parts = _ARTICLE.split(form, maxsplit=1)
    if len(parts) == 3:  # before, article, behind
        yield from (f"{parts[0]}{article}{parts[2]}" for article in spellings().articles)
