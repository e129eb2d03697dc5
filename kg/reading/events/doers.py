"""The words of whoever a clause is about."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.telling import Told
from kg.reading.text.tokens import Range

_PRONOUNS = frozenset({"it", "they"})


def before_verb(told: Told) -> Range:
    """The words from the subject to the verb."""
    first = told.subject.range.first if told.subject else told.before.first
    return Range(min(first, told.verb.first), told.verb.first)


def subject_words(analysis: Analysis, told: Told) -> set[str]:
    """The words of the subject; of "The army said it had fired" also of whom "it" is."""
    words = set(analysis.document.lowers(told.before))
    if told.subject:
        words.update(analysis.document.lowers(told.subject.range))  # "the troops of X, who fought"
    if not words or not words <= _PRONOUNS:
        return words
    said = analysis.verb_before(told.before.first, told.sentence)
    speaker = subject_of(analysis, said, told.sentence) if said and said.last == told.before.first else None
    return words | set(analysis.document.lowers(speaker.range)) if speaker else words
