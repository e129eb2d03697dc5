"""Whether a noun phrase can speak: an agent, an official text, or a person known by a role only."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import AGENTS
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table


def is_document(analysis: Analysis, phrase: Phrase) -> bool:
    """ "the statement", "a statement by his office", "his office … in a statement"."""
    if analysis.document.tokens[phrase.head].lower in grammar().document_nouns:
        return True
    return bool(_in_a_statement(analysis, phrase))


def _in_a_statement(analysis: Analysis, phrase: Phrase) -> bool:
    tokens = analysis.document.tokens
    after = phrase.range.last
    words = [token.lower for token in tokens[after : after + 4]]
    return len(words) == 4 and words[1:3] == ["in", "a"] and words[3] in grammar().document_nouns


def can_speak(analysis: Analysis, phrase: Phrase | None) -> bool:
    """An agent, an official text, or a person known by a role only."""
    if phrase is None:
        return False
    if phrase.references:
        return any(reference.type in AGENTS for reference in phrase.references)
    head = analysis.document.tokens[phrase.head].lower
    words = grammar()
    pronouns = words.pronouns_person | words.pronouns_plural
    unnamed = words.document_nouns | words.pair_nouns | noun_table().speech.speakers | pronouns
    return head in unnamed or analysis.titled(phrase.head)
