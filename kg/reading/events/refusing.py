"""Refusals by what somebody is set against or fails to do: "is not going to renew", "failed to show up"."""

from kg.reading.analysis import Analysis
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table

_NEAR = 5  # tokens between the verb that governs and the infinitive
_COMING = frozenset({"attend", "show up", "turn up", "participate", "take part", "join"})
_PRESENT = frozenset({"is", "are", "am"})  # "was not going to" tells no refusal


def set_against(analysis: Analysis, verb: Verb) -> Verb | None:
    """The verb that says so of an infinitive that would be an act of taking part; None elsewhere."""
    if verb.form != "infinitive" or verb.lemma not in event_table().words.taking_part:
        return None
    before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
    if before is None or verb.first - before.last > _NEAR:
        return None
    if before.lemma == "fail" and not before.negated and verb.lemma in _COMING:
        return before if before.last == verb.first else None  # "failed to show up"
    words = analysis.document.lowers(before.range)
    going = before.lemma == "go" and before.negated and not _PRESENT.isdisjoint(words)
    between = analysis.document.lowers(Range(before.last, verb.first))
    minded = verb.negated and "mind" in between
    return before if (going and before.last == verb.first) or minded else None
