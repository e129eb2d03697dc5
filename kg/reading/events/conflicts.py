"""Conflicts that nouns tell of ("the war between A and B"), with their parties."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at, phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.sightings import Sighting, clause_end
from kg.reading.events.time_and_place import time_within
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar


def conflict(analysis: Analysis, index: int) -> Sighting | None:
    """A conflict with its parties: the two who are its subject, or those "between" whom it is."""
    sentence = analysis.document.sentence(index)
    first, end = phrase_start(analysis, index), clause_end(analysis, index + 1, sentence)
    time = time_within(analysis, index, end)
    if end and analysis.document.tokens[end.first].lower == "over":
        end = Range(end.first, _full_stop(analysis, sentence))  # "over who controls X"
    parties = _parties(analysis, index, sentence)
    inside = [
        r for r in analysis.references.within(Range(first, end.last)) if r.type == "Place" and not r.adjective
    ]
    definite = analysis.document.tokens[first].lower in grammar().definite
    named = bool(inside) or _between(analysis, index, sentence)
    if not parties and not inside and not time:
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


def _between(analysis: Analysis, index: int, sentence: Range) -> bool:
    return index + 2 < sentence.last and analysis.document.tokens[index + 1].lower == "between"


def _full_stop(analysis: Analysis, sentence: Range) -> int:
    return sentence.last - 1 if analysis.document.tokens[sentence.last - 1].text == "." else sentence.last


def _parties(analysis: Analysis, index: int, sentence: Range) -> tuple[Reference, ...]:
    for verb in analysis.verbs_in(sentence):
        if (verb.main < index and verb.lemma in {"lock", "fight"}) or (
            verb.main < index <= verb.last + 6 and verb.form != "gerund"
        ):
            subject = subject_of(analysis, verb, sentence)
            if subject and len(subject.references) == 2:
                return subject.references
    for at in range(sentence.first, index):
        pair = analysis.pair_at(at)
        if pair:
            return pair[1]
    after = phrase_at(analysis, index + 2, sentence.last) if _between(analysis, index, sentence) else None
    return after.references if after and len(after.references) == 2 else ()
