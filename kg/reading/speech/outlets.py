"""Outlets of the press among speakers: what they pass on is said by whoever they name."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.speech.attribution import Attribution
from kg.reading.words.names import name_table
from kg.reading.words.speech import voice_words


def is_outlet(analysis: Analysis, phrase: Phrase) -> bool:
    """ "Reuters", "the state news agency", "Umwizero radio"."""
    if any(reference.type != "Organisation" for reference in phrase.references):
        return False
    words = {word for r in phrase.references for word in r.label.lower().split()}
    words.update(analysis.document.lowers(phrase.range))
    return not words.isdisjoint(name_table().bodies.media | voice_words().outlets | voice_words().names)


def passes_on(analysis: Analysis, attribution: Attribution, found: list[Attribution]) -> bool:
    """ "Kenya said the talks were over, Reuters reported": most of the outlet's words are Kenya's."""
    if not is_outlet(analysis, attribution.speaker):
        return False
    size = sum(part.last - part.first for part in attribution.content)
    return any(
        other is not attribution
        and not other.framing
        and any(other.cue.first in part for part in attribution.content)
        and not is_outlet(analysis, other.speaker)
        and 2 * _told(attribution, other) > size
        for other in found
    )


def _told(attribution: Attribution, other: Attribution) -> int:
    """How many tokens of the one's words tell who said what in the other."""
    parts = (other.speaker.range, other.cue, *other.content)
    inside = [part for part in parts if any(part.first in own for own in attribution.content)]
    return max(part.last for part in inside) - min(part.first for part in inside)
