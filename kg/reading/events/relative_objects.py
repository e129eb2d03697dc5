"""What the verb of a relative clause acts on: the noun before "that X imposed", "X imposed"."""

from kg.reading.analysis import Analysis, once
from kg.reading.events.noun_phrases import noun_start
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

_RELATIVES = frozenset({"that", "which", "whom"})
_LONGEST_SUBJECT = 8  # tokens between the relative and its verb
_ENDS = frozenset({",", ".", ";", ":", "?", "!", ")", '"', "”", "–", "—"})
_BEHIND = _ENDS | grammar().prepositions | grammar().finite_helpers | grammar().subordinators


@once
def relative_object(analysis: Analysis, verb: Verb) -> Range | None:
    """The noun phrase before the relative clause of a verb that has no object behind it."""
    if verb.form != "finite" or not _without_object(analysis, verb):
        return None
    sentence, tokens = analysis.document.sentence(verb.main), analysis.document.tokens
    lowest = max(sentence.first, verb.first - _LONGEST_SUBJECT)
    relative = next((i for i in range(verb.first - 2, lowest, -1) if tokens[i].lower in _RELATIVES), None)
    if relative is not None:
        if analysis.verbs_in(Range(relative + 1, verb.first)):
            return None
        comma = tokens[relative].lower != "that" and tokens[relative - 1].text == ","
        return _noun(analysis, relative - 1 - comma, sentence)
    return _noun(analysis, _before_subject(analysis, verb), sentence)


def _without_object(analysis: Analysis, verb: Verb) -> bool:
    tokens, last = analysis.document.tokens, verb.last
    if last >= len(tokens):
        return True
    behind = tokens[last].lower
    return behind in _BEHIND or last in analysis.time_tokens or grammar().is_adverb(behind)


def _before_subject(analysis: Analysis, verb: Verb) -> int:
    """The token before the names that stand right before a verb: "the truce X and Y signed"."""
    tokens, at = analysis.document.tokens, verb.first - 1
    named = analysis.references.at(at)
    if named is None or named.type not in AGENTS or named.adjective or named.form == "pronoun":
        return -1
    at = named.range.first - 1
    if at > 0 and tokens[at].lower == "and" and (other := analysis.references.at(at - 1)):
        at = other.range.first - 1
    return at - (at > 0 and tokens[at].lower == "the")


def _noun(analysis: Analysis, at: int, sentence: Range) -> Range | None:
    """The phrase whose noun stands at a token, which is no name and no small word."""
    tokens = analysis.document.tokens
    if at < sentence.first or not tokens[at].text[0].islower():
        return None
    if tokens[at].lower in grammar().closed or grammar().is_adverb(tokens[at].lower):
        return None
    if analysis.verb_at(at) is not None or at in analysis.time_tokens:
        return None
    return Range(noun_start(analysis, at, sentence), at + 1)
