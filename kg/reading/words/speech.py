"""Words by which a text says who speaks, from `speech.toml`."""

from functools import cache, cached_property

from kg.reading.words.tables import WordClasses, table


class VoiceWords(WordClasses):
    """Sets of lemmas or of lower-case words."""

    inverting: frozenset[str]
    quoting: frozenset[str]
    outlets: frozenset[str]
    names: frozenset[str]
    people: frozenset[str]
    posts: frozenset[str]
    kin: frozenset[str]
    statesmen: frozenset[str]
    bodies: frozenset[str]
    armed: frozenset[str]
    leagues: frozenset[str]
    organised: frozenset[str]
    several: frozenset[str]
    writings: frozenset[str]
    messages: frozenset[str]
    data: frozenset[str]
    plans: frozenset[str]
    defended: frozenset[str]
    rumours: frozenset[str]
    outcomes: frozenset[str]


@cache
def voice_words() -> VoiceWords:
    """The table, read once."""
    return VoiceWords.of(table("speech.toml")["speech"])


class LightWords(WordClasses):
    """Verbs that say something only with a noun behind them, and nouns that do so only behind a verb."""

    giving: frozenset[str]
    taking: frozenset[str]
    taken: frozenset[str]
    laying: frozenset[str]
    laid: frozenset[str]
    meeting: frozenset[str]

    @cached_property
    def nouns(self) -> frozenset[str]:
        """What somebody takes or lays at a door."""
        return self.taken | self.laid


@cache
def light_words() -> LightWords:
    """The table, read once."""
    return LightWords.of(table("speech.toml")["light"])


@cache
def noun_verbs() -> dict[str, str]:
    """Noun → the verb that says the same: "accusation" is what one does who accuses."""
    rows = table("speech.toml")["nouns"].items()
    return {noun: lemma for lemma, nouns in rows for noun in nouns}


@cache
def saying_nouns() -> frozenset[str]:
    """The nouns for which there is such a verb."""
    return frozenset(noun_verbs())


@cache
def noun_matter() -> dict[str, frozenset[str]]:
    """Verb → the prepositions that lead from its noun to what is said: "criticism of", "opposition to"."""
    return {lemma: frozenset(words) for lemma, words in table("speech.toml")["matter"].items()}
