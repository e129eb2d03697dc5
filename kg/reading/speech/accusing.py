"""Accusations with the accused as object: "X accused Y of Z", "X blamed Y for Z"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.antecedents import antecedent
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import content_end
from kg.reading.speech.speakers import can_speak
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

BLAME = frozenset({"of", "for", "over", "with"})
_WHOM = grammar().relatives | {"whom"}
_STOPS = frozenset({";", ":", "–", "—"})
_LONGEST_ACCUSED = 16  # tokens behind the first name


def accusation(analysis: Analysis, verb: Verb, sentence: Range, verbs: list[Verb]) -> list[Attribution]:
    """What the speaker lays at the door of somebody whom the verb has as its object; else nothing."""
    if verb.lemma not in verb_table().uses.accusing or verb.last >= sentence.last:
        return []
    speaker = subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker):
        return []
    accused = phrase_at(analysis, verb.last, sentence.last)
    blame = _blame_at(analysis, accused.range.last, sentence) if accused else None
    if accused is None and analysis.document.tokens[verb.last].lower in BLAME:
        accused, blame = _told_of(analysis, speaker, sentence), verb.last
    if accused is None or blame is None:
        return []
    end = content_end(analysis, blame + 1, sentence, verbs)
    if blame < speaker.range.first < end:
        end = speaker.range.first  # "Accusing Y of Z, X …"
    matter = trim(analysis, Range(blame + 1, end))
    if not matter:
        return []
    first = blame if blame == verb.last else accused.range.first
    content, cue = Range(first, matter.last), Range(verb.main, verb.last)
    return [Attribution(speaker, verb.lemma, cue, (content,), verb, accused=accused, matter=(matter,))]


def _told_of(analysis: Analysis, speaker: Phrase, sentence: Range) -> Phrase | None:
    """ "Y, whom X accused of Z": Y; None where no relative stands before the speaker."""
    relative = speaker.range.first - 1
    if relative <= sentence.first or analysis.document.tokens[relative].lower not in _WHOM:
        return None
    return antecedent(analysis, relative, sentence)


def _blame_at(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """Where "of", "for" stands behind the accused, of whom more may be told: "Y, the leader, and Z of"."""
    tokens = analysis.document.tokens
    if index < sentence.last and tokens[index].lower in BLAME:
        return index
    for at in range(index, min(index + _LONGEST_ACCUSED, sentence.last - 1)):
        if tokens[at].text in _STOPS or analysis.document.quote_around(at):
            return None
        if tokens[at].lower in BLAME and (_deed(analysis, at + 1) or tokens[at - 1].text == ","):
            return at
        verb = analysis.verb_at(at)
        if verb and verb.form in {"finite", "passive", "gerund"}:
            return None
    return None


def _deed(analysis: Analysis, index: int) -> bool:
    """ "of violating", "for not having signed"."""
    near = analysis.verbs_in(Range(index, index + 3))
    gerund = bool(near) and near[0].form == "gerund" and near[0].first <= index + 1
    return gerund or analysis.document.tokens[index].lower.endswith("ing")
