"""Whether a text is running English: told by its script, and by the share of its commonest words.

Function words make up a fifth to a half of running text in any language, and hardly one of them is common in
two; so lists of a few dozen for each language tell which it is, without a model (the same idea as counting
stop words, Grefenstette 1995).
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.errors import LeftOut

_ENOUGH = 8  # words, or letters of another script, before anything is judged
_ENGLISH = 0.15  # share of English function words above which a text can be English
_MIXED = 0.5  # of the share of another language, from which on it is English with much quoted in the other
_OTHER = 0.12  # share of another language's below which nothing is said of a text
_SAMPLE = 200_000  # characters; more cannot change the answer
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d[\d.,:%/-]*")
_MEND = "Parley reads English; give a translation"
_SCRIPTS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


def check(text: str, where: str) -> None:
    """Raise LeftOut for a text in another language, or one of figures without sentences."""
    sample = text[:_SAMPLE]
    if script := _other_script(sample):
        raise LeftOut(f"is not English: it is written in {script} letters", where, _MEND)
    words = _WORD.findall(sample.lower())
    if (language := _language(words)) != "English":
        raise LeftOut(f"is not English: it reads like {language}", where, _MEND)
    figures = len(_FIGURE.findall(sample))
    if figures >= _ENOUGH and figures > len(words):
        raise LeftOut("holds figures and hardly any sentences", where, "Parley reads running text only")


def _other_script(text: str) -> str | None:
    """The script of most letters, if that is not Latin."""
    letters = Counter(c for c in text if c.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "UNNAMED").partition(" ")[0]] += count
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    if script == "LATIN" or count < _ENOUGH or 2 * count < scripts.total():
        return None
    return _SCRIPTS.get(script, script.capitalize())


def _language(words: list[str]) -> str:
    """The language whose function words are commonest; English where nothing speaks for another."""
    if len(words) < _ENOUGH:
        return "English"
    counted = Counter(words)
    shares = {
        language: sum(counted[word] for word in common) / len(words)
        for language, common in _function_words().items()
    }
    best = max(shares, key=lambda language: shares[language])
    english = shares["English"] >= max(_ENGLISH, _MIXED * shares[best])
    return "English" if english or shares[best] < _OTHER else best


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(files("kg.sources").joinpath("languages.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}
