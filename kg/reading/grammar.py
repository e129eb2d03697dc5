"""Closed classes of English words, from `grammar.toml`."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Grammar:
    """Each field is the set of lower-case words of one class."""

    modals_possible: frozenset[str]
    modals_future: frozenset[str]
    modals_necessary: frozenset[str]
    auxiliaries: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    subordinators: frozenset[str]
    clause_marks: frozenset[str]
    pronouns_person: frozenset[str]
    pronouns_thing: frozenset[str]
    pronouns_plural: frozenset[str]
    pronouns_first: frozenset[str]
    possessives_person: frozenset[str]
    possessives_thing: frozenset[str]
    possessives_plural: frozenset[str]
    possessive_marks: frozenset[str]
    document_nouns: frozenset[str]
    official_nouns: frozenset[str]
    pair_nouns: frozenset[str]
    transparent_nouns: frozenset[str]

    @property
    def modals(self) -> frozenset[str]:
        """Every modal verb."""
        return self.modals_possible | self.modals_future | self.modals_necessary

    @property
    def helpers(self) -> frozenset[str]:
        """What may stand inside a verb group before its main verb."""
        return self.modals | self.auxiliaries | self.negations | self.adverbs


@cache
def grammar() -> Grammar:
    """The word classes; raises KeyError if the file lacks one, which a test would show."""
    data = tomllib.loads(files("kg.reading").joinpath("grammar.toml").read_text("utf-8"))
    return Grammar(**{field.name: frozenset(data[field.name]) for field in fields(Grammar)})
