"""The reader knows no actor: under other names, in text and authority data, the same text reads the same."""

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from readings import facts

from kg import authority
from kg.lexicon import Lexicon
from kg.model import Reading, Source
from kg.reading import Index, read
from kg.reading.words.ordinary import is_ordinary
from kg.vocab import Base

KINDS = {"State", "Person", "Place", "Organisation", "IntergovernmentalOrganisation", "NonStateGroup"}
VOWELS, OTHERS = "aeiou", "bcdfghjklmnpqrstvwxyz"
SHIFT = str.maketrans(
    VOWELS + OTHERS + VOWELS.upper() + OTHERS.upper(),
    VOWELS[2:] + VOWELS[:2] + OTHERS[5:] + OTHERS[:5] + VOWELS[2:].upper() + VOWELS[:2].upper()
    + OTHERS[5:].upper() + OTHERS[:5].upper(),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["article", "report"])
def test_renamed_actors_give_the_same_graph_under_the_new_names(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Every word of every actor's and place's name is replaced, in the text and in the authority data."""
    source: Source = request.getfixturevalue(f"{kind}_source")
    reading = read(source, Index.of(authority.lexicon(Base())))
    names = name_words(reading)
    assert len(names) >= 30
    outlet = replace(source.citation, publisher=in_new_names(source.citation.publisher or "", names))
    renamed = replace(source, text=in_new_names(source.text, names), citation=outlet)
    again = read(renamed, Index.of(renamed_lexicon(names, tmp_path)))
    expected = {tuple(in_new_names(part, names) for part in fact) for fact in facts(reading)}
    found = {tuple(in_new_names(part, names, keys_only=True) for part in fact) for fact in facts(again)}
    assert sorted(found - expected) == []
    assert sorted(expected - found) == []


def name_words(reading: Reading) -> set[str]:
    """The capitalised words by which the text names actors and places; no titles, common nouns, or initials
    (of which some others are numerals).
    """
    named = {"name", "alias", "metonym"}
    mentions = [m.span for e in reading.entities if e.type in KINDS for m in e.mentions if m.form in named]
    words = {
        word
        for span in mentions
        for word in re.findall(r"[^\W\d_]+", reading.source.text[span.start : span.end])
    }
    return {word for word in words if word[0].isupper() and len(word) > 2 and not is_ordinary(word.lower())}


def in_new_names(text: str, names: set[str], keys_only: bool = False) -> str:
    """The text with each name word shifted; keys, which hold names in lower case, likewise."""
    key = re.fullmatch(r"[a-z]+/[a-z0-9-]+", text) is not None
    if keys_only and not key:
        return text
    words = {word.lower() for word in names} if key else names
    return re.sub(
        r"[^\W\d_]+", lambda m: m.group().translate(SHIFT) if m.group() in words else m.group(), text
    )


def renamed_lexicon(names: set[str], folder: Path) -> Lexicon:
    """The authority data with the same words replaced in every literal; the IRIs of listed things stay."""
    for file in files("kg.authority").iterdir():
        if file.name.endswith((".ttl", ".toml")):
            text = file.read_text(encoding="utf-8")
            literal = re.compile(r'"[^"\n]*"')
            changed = (
                literal.sub(lambda m: in_new_names(m.group(), names), text)
                if file.name.endswith(".ttl")
                else text
            )
            (folder / file.name).write_text(changed, encoding="utf-8")
    return authority.lexicon(Base(), folder)
