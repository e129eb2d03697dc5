"""Outlets of the press among speakers: what they pass on is said by whoever they name."""

from dataclasses import replace
from functools import cache

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.speakers import is_document, is_somebody
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table
from kg.reading.words.speech import voice_words

_CITE = frozenset({"cite"})


@cache
def _press() -> frozenset[str]:
    """The words for outlets and their names."""
    return name_table().bodies.media | voice_words().outlets | voice_words().names


def is_outlet(analysis: Analysis, phrase: Phrase) -> bool:
    """ "Reuters", "the state news agency", "Umwizero radio"."""
    if any(reference.type != "Organisation" for reference in phrase.references):
        return False
    words = {word for r in phrase.references for word in r.label.lower().split()}
    words.update(analysis.document.lowers(phrase.range))
    if not phrase.references and analysis.document.tokens[phrase.head].lower in voice_words().writings:
        return True
    return not words.isdisjoint(_press())


def passes_on(analysis: Analysis, attribution: Attribution, found: list[Attribution]) -> bool:
    """ "Kenya said the talks were over, Reuters reported": most of the outlet's words are Kenya's."""
    if not is_outlet(analysis, attribution.speaker) or is_document(analysis, attribution.speaker):
        return False
    size = sum(part.last - part.first for part in attribution.content)
    return any(
        other is not attribution
        and not (other.framing or (other.verb and other.verb.form == "passive"))
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


def source_at(analysis: Analysis, index: int, sentence: Range) -> Phrase | None:
    """Whoever is cited as a source: "citing two officials"; no words that somebody cites as a ground."""
    phrase = phrase_at(analysis, index, sentence.last) if index < sentence.last else None
    return phrase if phrase and is_somebody(analysis, phrase) else None


def sourced(analysis: Analysis, sentence: Range, found: list[Attribution]) -> list[Attribution]:
    """ "…, the agency said, citing Baku": it is Baku who says so."""
    for verb in analysis.verbs_of(_CITE, sentence):
        source = source_at(analysis, verb.last, sentence)
        if source:
            found = [replace(a, speaker=source) if is_outlet(analysis, a.speaker) else a for a in found]
    return found
