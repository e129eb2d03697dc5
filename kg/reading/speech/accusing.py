"""Accusations with the accused as object: "X accused Y of Z", "X blamed Y for Z"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import content_end, trim
from kg.reading.speech.speakers import can_speak
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.verbs import verb_table

_BLAME = frozenset({"of", "for", "over", "with"})
_LONGEST_APPOSITION = 12  # tokens


def accusation(analysis: Analysis, verb: Verb, sentence: Range, verbs: list[Verb]) -> list[Attribution]:
    """What the speaker lays at the door of somebody whom the verb has as its object; else nothing."""
    if verb.lemma not in verb_table().uses.accusing or verb.last >= sentence.last:
        return []
    speaker = subject_of(analysis, verb, sentence)
    accused = phrase_at(analysis, verb.last, sentence.last)
    if speaker is None or accused is None or not can_speak(analysis, speaker):
        return []
    index = _past_apposition(analysis, accused.range.last, sentence)
    if index >= sentence.last or analysis.document.tokens[index].lower not in _BLAME:
        return []
    end = content_end(analysis, index + 1, sentence, verbs)
    if index < speaker.range.first < end:
        end = speaker.range.first  # "Accusing Y of Z, X …"
    matter = trim(analysis, Range(index + 1, end))
    if not matter:
        return []
    content, cue = Range(accused.range.first, matter.last), Range(verb.main, verb.last)
    return [Attribution(speaker, verb.lemma, cue, (content,), verb, accused=accused, matter=(matter,))]


def _past_apposition(analysis: Analysis, index: int, sentence: Range) -> int:
    """Behind the second comma of "the leader, X, of …"; the same token where no apposition stands."""
    tokens = analysis.document.tokens
    if index >= sentence.last or tokens[index].text != ",":
        return index
    for end in range(index, min(index + _LONGEST_APPOSITION, sentence.last - 1)):
        if tokens[end].text == ",":
            return end + 1 if tokens[end + 1].lower in _BLAME else index
    return index
