"""What is said of a thing in the passive: "the ceasefire was announced by X", "X was quoted as saying …"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import trim
from kg.reading.speech.speakers import can_speak
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.verbs import verb_table

_NEAR = 6  # tokens between the verb and "by"


def agent_of(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """Who did what a passive tells of, if the text says so and it is somebody who can speak."""
    for index in range(verb.last, min(verb.last + _NEAR, sentence.last - 1)):
        if analysis.document.tokens[index].lower == "by":
            phrase = phrase_at(analysis, index + 1, sentence.last)
            return phrase if can_speak(analysis, phrase, verb.lemma) else None
    return None


def by_agent(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "X was praised by Y": Y praises X; nothing for an accusation, whose object is not what is said."""
    speaker, told = agent_of(analysis, verb, sentence), subject_of(analysis, verb, sentence)
    if speaker is None or told is None or verb.lemma in verb_table().uses.accusing:
        return []
    if verb.lemma not in verb_table().noun_content or told.range.last > verb.first:
        return []
    content = trim(analysis, Range(told.range.first, verb.first))
    cue = Range(verb.first, verb.last)
    return [Attribution(speaker, verb.lemma, cue, (content,), verb)] if content else []
