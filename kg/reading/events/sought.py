"""What is only sought, feared or thought of: "called for a truce", "open to talks", "without a deal"."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import Noun, near
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_CODES = frozenset({"AGREE", "CONSULT", "SANCTION", "RETREAT", "CONCEDE", "MOBILIZE", "ASSAULT"})
_ACTS = frozenset({"RETREAT", "CONCEDE"})  # "the withdrawal of X" that somebody wants is no known one
_OF = frozenset({"of", "for", "to", "on", "about", "against"})
_JOINED = 14  # tokens between "called for" and what "and" adds
_MAY_BE = frozenset({"possible", "potential", "eventual", "prospective", "hypothetical", "would-be"})
_AHEAD = grammar().modals_possible | grammar().modals_future | {"would"}
_SKIPPED = frozenset({"even", "either", "both", "direct", "immediate", "and", ","}) | QUOTES
_PARTICULAR = grammar().demonstratives | grammar().possessive_marks | {"its", "his", "her", "their", "our"}


def sought(analysis: Analysis, noun: Noun) -> bool:
    """Whether one that need not come about is told of by the verb, or the noun and preposition, before it."""
    tokens, words = analysis.document.tokens, event_table().sought
    first, code = noun.own.first, noun.frame.code
    own = analysis.document.lowers(Range(first, noun.index))
    if code in _CODES and not _MAY_BE.isdisjoint(own) and noun.verb is None:
        return True
    if code not in _CODES or tokens[first].lower in _PARTICULAR:
        return False
    if tokens[first].lower == "the" and code not in _ACTS:
        return False
    at = first - 1
    while at > noun.sentence.first and tokens[at].lower in _SKIPPED:
        at -= 1
    if at >= noun.sentence.first and tokens[at].lower in words.alone:
        return not _AHEAD.isdisjoint(analysis.document.lowers(near(noun)))
    if at <= noun.sentence.first:
        return False
    if tokens[at].lower in _OF and tokens[at - 1].lower in words.before:
        return True
    verb = analysis.verb_before(at + 1, noun.sentence)
    if verb is None or verb.lemma not in words.verbs:
        return False
    joined = "and" in analysis.document.lowers(Range(at + 1, first)) and at + 1 - verb.last <= _JOINED
    return verb.last == at + 1 or joined  # "called for a truce and the release of captives"
