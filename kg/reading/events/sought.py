"""What is only sought, feared or thought of: "called for a truce", "open to talks", "without a deal"."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import Noun, near
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_CODES = frozenset({"AGREE", "CONSULT", "SANCTION", "RETREAT", "CONCEDE", "MOBILIZE", "ASSAULT"})
_ACTS = frozenset({"RETREAT", "CONCEDE"})  # "the withdrawal of X" that somebody wants is no known one
# Behind these and "for" or "of" an event is only asked for, or may come.
_ASKING = frozenset({
    "call", "calls", "demand", "demands", "appeal", "appeals", "plea", "pleas", "request", "requests", "bid",
    "push", "pressure", "proposal", "proposals", "warning", "warnings", "threat", "threats", "need", "hopes",
    "preparations", "conditions", "lobbying", "advocates", "opponents", "deadline", "warned", "warns",
})  # fmt: skip
_PREPARING = frozenset({"prepare", "prepare for", "plan", "expect", "schedule", "set"})
_DEBATING = frozenset({"discuss", "debate", "study"})
_LAYING_DOWN = frozenset({"call for", "propose", "require", "envisage", "foresee"})
_COULD = grammar().modals_possible | {"would", "should", "must"}
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


def prepared(analysis: Analysis, noun: Noun) -> bool:
    """ "is preparing an offensive", "the deal calls for talks": what somebody means or has agreed to do."""
    verb = analysis.verb_before(noun.own.first, noun.sentence)
    if verb is None:
        return False
    before = analysis.document.lowers(Range(max(noun.sentence.first, verb.first - 2), verb.first))
    agreed = verb.lemma in _LAYING_DOWN and not event_table().words.plans.isdisjoint(before)
    return agreed or verb.lemma in _PREPARING


def supposed(analysis: Analysis, noun: Noun) -> bool:
    """What the words around it leave open: "calls for sanctions", "an attack would", "is considered"."""
    tokens, first, last = analysis.document.tokens, noun.own.first, noun.own.last
    led = tokens[first - 1].lower if first > noun.sentence.first else ""
    if led in {"of", "for"} and first - 2 >= noun.sentence.first and tokens[first - 2].lower in _ASKING:
        return True
    new = tokens[first].lower in {"a", "an", "any"}
    behind = analysis.document.lowers(Range(last, min(last + 3, noun.sentence.last)))
    if new and behind and tokens[last].text in _COULD and "have" not in behind:
        return True  # not "in May", and not "a bombing may have given"
    verb = next(iter(analysis.verbs_in(Range(last, min(last + 4, noun.sentence.last)))), None)
    if not new or verb is None or verb.form != "passive" or verb.first != last or verb.lemma in _PREPARING:
        return False
    return verb.lemma in event_table().sought.verbs or verb.lemma in _DEBATING
