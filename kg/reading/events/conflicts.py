"""Conflicts that nouns tell of ("the war between A and B"), with their parties."""

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at, phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.extent import phrase_stop
from kg.reading.events.sightings import Sighting, clause_end
from kg.reading.events.time_and_place import time_within
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_IN_CONFLICT = 4  # words before the noun: "have been in conflict"


def conflict(analysis: Analysis, index: int) -> Sighting | None:
    """A conflict with its parties: the two who are its subject, or those "between" whom it is."""
    sentence = analysis.document.sentence(index)
    first, end = phrase_start(analysis, index), clause_end(analysis, index + 1, sentence)
    if _between(analysis, index, sentence) or _goes_on(analysis, first, index):
        end = Range(index + 1, phrase_stop(analysis, index, sentence))
    time = time_within(analysis, index, end) or time_of_own(analysis, Range(first, index))
    if end and analysis.document.tokens[end.first].lower == "over":
        end = Range(end.first, _full_stop(analysis, sentence))  # "over who controls X"
    parties = _parties(analysis, index, sentence)
    own = Range(first, max(index + 1, end.last))
    inside = [r for r in analysis.references.within(own) if r.type in PLACES and not r.adjective]
    definite = analysis.document.tokens[first].lower in grammar().definite
    named = bool(inside) or _between(analysis, index, sentence)
    if not parties and not time and not (inside and _goes_on(analysis, first, index)):
        return None
    start = min([first, *(p.range.first for p in parties)])
    status = "ongoing" if analysis.document.tokens[index].lower != "war" and parties else "occurred"
    keys = tuple(sorted({p.key for p in parties}))
    return Sighting(
        "Conflict",
        trigger=Range(first, index + 1),
        evidence=Range(start, end.last),
        participants=keys,
        place=inside[0].key if inside else None,
        time=time,
        status=status,
        definite=definite and not named,
        presupposed=definite and named,
    )


def _goes_on(analysis: Analysis, first: int, index: int) -> bool:
    """ "the ongoing conflict in X"; of a war that is only named, nothing is told."""
    words = analysis.document.lowers(Range(first, index))
    return not {"ongoing", "current", "continuing", "raging", "second"}.isdisjoint(words)


def time_of_own(analysis: Analysis, part: Range) -> TimeSpan | None:
    """ "last year's war": a time before the noun."""
    found = next(iter(analysis.times_in(part)), None) if part else None
    return found.time if found else None


def _between(analysis: Analysis, index: int, sentence: Range) -> bool:
    return index + 2 < sentence.last and analysis.document.tokens[index + 1].lower == "between"


def _full_stop(analysis: Analysis, sentence: Range) -> int:
    return sentence.last - 1 if analysis.document.tokens[sentence.last - 1].text == "." else sentence.last


def _parties(analysis: Analysis, index: int, sentence: Range) -> tuple[Reference, ...]:
    for verb in analysis.verbs_in(sentence):
        if verb.main < index and verb.lemma in {"lock", "embroil"}:
            subject = subject_of(analysis, verb, sentence)
            if subject and len(subject.references) == 2:
                return subject.references
    before = analysis.document.lowers(Range(max(sentence.first, index - _IN_CONFLICT), index))
    for at in range(sentence.first, index):
        pair = analysis.pair_at(at)
        if pair and "in" in before and (grammar().be & set(before)):
            return pair[1]
    after = phrase_at(analysis, index + 2, sentence.last) if _between(analysis, index, sentence) else None
    return after.references if after and len(after.references) == 2 else ()
