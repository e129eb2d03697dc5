"""Whether a noun phrase can speak: an agent, an official text, or a person known by a role only."""

import re

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import AGENTS
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_SAYING = AGENTS | {"Place"}
_PRONOUNS = grammar().pronouns_person | grammar().pronouns_plural | {"it"}
_UNNAMED = grammar().nouns | noun_table().speech.speakers | voice_words().outlets | _PRONOUNS
_MUTE = grammar().closed | noun_table().speech.mute
_SOME = frozenset({"both", "all", "each", "some", "many", "others", "several", "most", "few"})
_PERSONAL = re.compile(r"(er|or|ist|ian|man|woman|men|women|ant|ee|ive)s?$")


def is_document(analysis: Analysis, phrase: Phrase) -> bool:
    """ "the statement", "a statement by his office", "his office … in a statement"."""
    if analysis.document.tokens[phrase.head].lower in grammar().document_nouns:
        return True
    return bool(_in_a_statement(analysis, phrase))


def _in_a_statement(analysis: Analysis, phrase: Phrase) -> bool:
    """ "X said in a joint statement": the phrase, one verb, "in", a determiner and at most two words more."""
    words = [token.lower for token in analysis.document.tokens[phrase.range.last : phrase.range.last + 6]]
    if len(words) < 4 or words[1] != "in" or words[2] not in grammar().determiners:
        return False
    return not grammar().document_nouns.isdisjoint(words[3:])


def can_speak(analysis: Analysis, phrase: Phrase | None, lemma: str | None = None) -> bool:
    """An agent, an official text, or somebody whom the text does not name.

    Whoever "says" speaks, whatever the noun; with a verb that has other senses ("the move suggests") the
    noun must be one for people, bodies or texts.
    """
    if phrase is None:
        return False
    if phrase.references:
        agents = _SAYING if lemma in verb_table().uses.saying else AGENTS
        return any(reference.type in agents for reference in phrase.references)
    token = analysis.document.tokens[phrase.head]
    words = grammar()
    if token.lower in words.pronouns_own:
        return lemma is not None  # a text in the first person
    if is_somebody(analysis, phrase):
        return True
    uses, voice = verb_table().uses, voice_words()
    if lemma in uses.telling and token.lower in voice.writings | voice.data:
        return True
    if lemma is not None and lemma not in uses.saying | uses.personal:
        return False
    return token.text[0].isalnum() and (token.lower not in _MUTE or token.lower in _SOME)


def is_somebody(analysis: Analysis, phrase: Phrase) -> bool:
    """An agent, or a noun for people, bodies or texts; no other noun."""
    if phrase.references:
        return any(reference.type in AGENTS for reference in phrase.references)
    lower = analysis.document.tokens[phrase.head].lower
    if lower in _UNNAMED or analysis.titled(phrase.head):
        return True
    return bool(_PERSONAL.search(lower)) and lower not in grammar().closed
