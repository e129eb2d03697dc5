"""Words that tell proper names and what they name, from `names.toml`."""

from dataclasses import dataclass
from functools import cache, cached_property

from kg.reading.words.tables import WordClasses, table


class BodyWords(WordClasses):
    """Words in the names of bodies."""

    words: frozenset[str]
    groups: frozenset[str]
    media: frozenset[str]
    alone: frozenset[str]
    links: frozenset[str]
    kinds: frozenset[str]
    spread: frozenset[str]
    numbered: frozenset[str]
    possessors: frozenset[str]
    kinds_behind: frozenset[str]
    linked_on: frozenset[str]
    linked_to: frozenset[str]
    linked_in: frozenset[str]
    linked_against: frozenset[str]
    common: frozenset[str]
    modifiers: frozenset[str]
    staffed: frozenset[str]

    @cached_property
    def heads(self) -> frozenset[str]:
        """Every word that makes a name that of a body."""
        return self.words | self.groups | self.media


class PlaceWords(WordClasses):
    """Words in and before the names of places."""

    behind: frozenset[str]
    facilities: frozenset[str]
    linked: frozenset[str]
    ahead: frozenset[str]
    of_nouns: frozenset[str]
    prepositions: frozenset[str]
    between: frozenset[str]


class PersonWords(WordClasses):
    """Words beside the names of people."""

    family_first: frozenset[str]
    forms_of_address: frozenset[str]
    honorifics: frozenset[str]
    nouns: frozenset[str]
    openers: frozenset[str]
    behind: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    glued: frozenset[str]


class OtherWords(WordClasses):
    """Capitalised words that name no actor and no place."""

    things: frozenset[str]
    vessels: frozenset[str]
    ahead: frozenset[str]
    nobody: frozenset[str]
    shouts: frozenset[str]
    capitals: frozenset[str]
    furniture: frozenset[str]
    credits: frozenset[str]


class GivenNames(WordClasses):
    """Given names by the pronoun of most who bear them."""

    he: frozenset[str]
    she: frozenset[str]

    @cached_property
    def all(self) -> frozenset[str]:
        """Every given name."""
        return self.he | self.she


class DescribedWords(WordClasses):
    """Common nouns that stand for a body named before."""

    groups: frozenset[str]
    blocs: frozenset[str]
    media: frozenset[str]
    ministries: frozenset[str]
    others: frozenset[str]
    modifiers: frozenset[str]

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Every such noun."""
        return self.groups | self.blocs | self.media | self.ministries | self.others


class OutletWords(WordClasses):
    """Words beside the name of an outlet."""

    kinds: frozenset[str]
    writing: frozenset[str]


@dataclass(frozen=True)
class NameTable:
    """The file, table by table."""

    bodies: BodyWords
    places: PlaceWords
    people: PersonWords
    other: OtherWords
    given: GivenNames
    described: DescribedWords
    outlets: OutletWords
    gatherings: frozenset[str]
    tracks: frozenset[str]


@cache
def name_table() -> NameTable:
    """The table, read once."""
    data = table("names.toml")
    return NameTable(
        BodyWords.of(data["bodies"]),
        PlaceWords.of(data["places"]),
        PersonWords.of(data["people"]),
        OtherWords.of(data["beside"]),
        GivenNames.of(data["given"]),
        DescribedWords.of(data["described"]),
        OutletWords.of(data["outlets"]),
        frozenset(data["gatherings"]["words"]),
        frozenset(data["tracks"]["words"]),
    )
