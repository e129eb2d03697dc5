"""Captions: "X and Y during a meeting in Z", with no verb, tell of a meeting of those whom they show."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import Noun, preposition
from kg.reading.events.participants import taking_part
from kg.reading.text.tokens import Range

_SHOWN = frozenset({"during", "at", "before", "after"})


def captioned(analysis: Analysis, noun: Noun) -> Range | None:
    """The words from those whom a caption shows to the end of what it says of the meeting."""
    if noun.frame.kind != "Encounter" or preposition(analysis, noun) not in _SHOWN:
        return None
    verbs = analysis.verbs_in(noun.sentence)
    if any(verb.form in {"finite", "passive"} for verb in verbs):
        return None
    shown = Range(noun.sentence.first, noun.own.first)
    return Range(shown.first, noun.own.last) if len(taking_part(analysis, shown, None)) > 1 else None
