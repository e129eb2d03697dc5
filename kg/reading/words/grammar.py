"""Closed classes of English words, from `grammar.toml`."""

from functools import cache, cached_property

from kg.reading.words.tables import WordClasses, table


class Grammar(WordClasses):
    """Each field is the set of lower-case words of one class."""

    modals_possible: frozenset[str]
    modals_future: frozenset[str]
    modals_necessary: frozenset[str]
    auxiliaries: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    inner_adverbs: frozenset[str]
    no_adverbs: frozenset[str]
    prepositions: frozenset[str]
    particles: frozenset[str]
    determiners: frozenset[str]
    subordinators: frozenset[str]
    pronouns_person: frozenset[str]
    pronouns_own: frozenset[str]
    pronouns_thing: frozenset[str]
    pronouns_plural: frozenset[str]
    possessives_person: frozenset[str]
    possessive_marks: frozenset[str]
    document_nouns: frozenset[str]
    official_nouns: frozenset[str]
    governing_nouns: frozenset[str]
    pair_nouns: frozenset[str]
    plural_nouns: frozenset[str]
    transparent_nouns: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    copulas: frozenset[str]
    finite_helpers: frozenset[str]
    negatives: frozenset[str]
    circumstance_marks: frozenset[str]
    relatives: frozenset[str]
    clause_openers: frozenset[str]
    subordinate_openers: frozenset[str]
    time_conjunctions: frozenset[str]
    question_words: frozenset[str]
    supposing: frozenset[str]
    conditional: frozenset[str]
    hearsay: frozenset[str]
    hearsay_nouns: frozenset[str]
    hearsay_verbs: frozenset[str]
    untrue: frozenset[str]
    demonstratives: frozenset[str]
    definite: frozenset[str]
    abbreviations: frozenset[str]
    sentence_openers: frozenset[str]
    quarters: frozenset[str]
    placing: frozenset[str]
    marching: frozenset[str]
    leaving: frozenset[str]
    connecting: frozenset[str]
    gifts: frozenset[str]
    place_marks: frozenset[str]
    given_names: frozenset[str]
    place_nouns: frozenset[str]
    name_particles: frozenset[str]
    before_title: frozenset[str]
    remit_marks: frozenset[str]
    lesser_posts: frozenset[str]
    holders_to_be: frozenset[str]
    times_gone: frozenset[str]
    framing_links: frozenset[str]
    linking: frozenset[str]
    toward: frozenset[str]
    ground_marks: frozenset[str]

    @cached_property
    def modals(self) -> frozenset[str]:
        """Every modal verb."""
        return self.modals_possible | self.modals_future | self.modals_necessary

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The nouns among these words."""
        return self.document_nouns | self.official_nouns | self.pair_nouns

    @cached_property
    def object_openers(self) -> frozenset[str]:
        """What a noun phrase or a clause behind a verb begins with."""
        pronouns = self.pronouns_person | self.pronouns_thing | self.pronouns_plural
        return (self.determiners | pronouns | {"that", "there"}) - {"both", "all"}

    @cached_property
    def closed(self) -> frozenset[str]:
        """Words that are never a name, however they are written."""
        pronouns = self.pronouns_person | self.pronouns_thing | self.pronouns_plural | self.possessives_person
        joining = self.prepositions | self.subordinators | self.relatives | self.sentence_openers
        return pronouns | joining | self.nouns | self.particles | self.determiners | self.helpers

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Closed words that are no nouns."""
        return self.closed - self.nouns

    @cached_property
    def predicating(self) -> frozenset[str]:
        """Helpers that only a clause has, whatever its main verb."""
        return (self.finite_helpers | self.modals) - {"to"}

    @cached_property
    def helpers(self) -> frozenset[str]:
        """What may stand inside a verb group before its main verb."""
        return self.modals | self.auxiliaries | self.negations | self.adverbs

    def is_adverb(self, word: str) -> bool:
        """ "then", "initially"; no "family", no "early"."""
        return word in self.adverbs or (word.endswith("ly") and word not in self.no_adverbs)


@cache
def grammar() -> Grammar:
    """The word classes, read once."""
    return Grammar.of(table("grammar.toml"))
