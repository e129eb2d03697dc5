"""Attributions by reporting verbs: the speaker, the addressee, and the words that the verb governs."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.accusing import accusation
from kg.reading.speech.addressees import addressee_of, skip_circumstances
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content import content_of
from kg.reading.speech.framing import framed, quoted, quotes
from kg.reading.speech.inversion import inverted_speaker
from kg.reading.speech.led import led_to
from kg.reading.speech.outlets import source_at
from kg.reading.speech.passive import by_agent, laid_at
from kg.reading.speech.speakers import can_speak, is_somebody
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

_OTHERS = frozenset({"some", "other", "others", "several", "many", "its", "their", "her", "his", "allies"})
_LONGEST_COMPANY = 10  # tokens between a name and the verb
_SIDES = frozenset({"country", "nation", "side", "state"})
_NEAR = 3  # tokens from "agreed" to "to"
_HELPERS = 3  # tokens of helpers and adverbs


def attributions_by(analysis: Analysis, verb: Verb, sentence: Range, verbs: list[Verb]) -> list[Attribution]:
    """What a reporting verb lays at somebody's door, and at that of others who say so too."""
    found = _by_speaker(analysis, verb, sentence, verbs)
    beside = [(a, _others(analysis, a) or _joined(analysis, verb, sentence)) for a in found]
    return [*found, *(replace(a, speaker=others) for a, others in beside if others)]


def _joined(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """ "Kenya joined Ghana in condemning": Ghana condemns too."""
    last = verb.first - 1
    before = analysis.verb_before(last, sentence) if verb.form == "gerund" else None
    if before is None or before.lemma != "join" or analysis.document.tokens[last].lower != "in":
        return None
    phrase = phrase_at(analysis, before.last, last)
    joined = phrase is not None and phrase.range.last == last and bool(phrase.references)
    return phrase if joined and can_speak(analysis, phrase, verb.lemma) else None


def _others(analysis: Analysis, attribution: Attribution) -> Phrase | None:
    """ "Kenya and its allies", "Kenya and some other states": those beside Kenya, whom nobody names."""
    named = attribution.speaker.references
    last = named[-1].range.last if named else 0
    cue = attribution.cue.first
    if attribution.framing or not 0 < cue - last <= _LONGEST_COMPANY or cue < last + 3:
        return None
    words = analysis.document.lowers(Range(last, last + 3))
    if words[0] != "and" or not _OTHERS.intersection(words[1:]):
        return None
    phrase = phrase_at(analysis, last + 1, cue)
    reaches = phrase is not None and not phrase.references and cue - phrase.range.last <= _HELPERS
    return phrase if reaches and can_speak(analysis, phrase, attribution.lemma) else None


def _by_speaker(analysis: Analysis, verb: Verb, sentence: Range, verbs: list[Verb]) -> list[Attribution]:
    """What a reporting verb lays at somebody's door; nothing where nobody who can speak is told."""
    if quotes(analysis, verb, sentence):
        return quoted(analysis, verb, sentence)
    if verb.form == "passive":
        return laid_at(analysis, verb, sentence) or by_agent(analysis, verb, sentence)
    framing = framed(analysis, verb, sentence)
    accusing = accusation(analysis, verb, sentence, verbs)
    if framing or accusing:
        return framing or accusing
    inverted = inverted_speaker(analysis, verb, sentence)
    speaker = inverted or led_to(analysis, verb, sentence) or subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker, verb.lemma) or _nobody(analysis, verb, speaker):
        return []
    start = verb.last if not inverted else inverted.range.last
    if verb.lemma == "agree" and not _gives_in(analysis, verb, speaker, sentence):
        return []
    if verb.lemma == "cite" and source_at(analysis, start, sentence):
        return []
    noted = _as_noted(analysis, verb, speaker, sentence)
    if noted:
        return [Attribution(speaker, verb.lemma, Range(verb.main, verb.last), (noted,), verb)]
    addressee, start = addressee_of(analysis, verb, start, sentence)
    start = skip_circumstances(analysis, start, sentence)
    content = content_of(analysis, verb, speaker, start, sentence, verbs, bool(inverted))
    cue = Range(verb.main, verb.last)
    return [Attribution(speaker, verb.lemma, cue, content, verb, addressee)] if content else []


def _nobody(analysis: Analysis, verb: Verb, speaker: Phrase) -> bool:
    """ "No country wants war"."""
    tokens = analysis.document.tokens
    told = is_somebody(analysis, speaker) or tokens[speaker.head].lower in _SIDES
    beside = verb.first - speaker.range.last <= 1
    return told and beside and tokens[speaker.range.first].lower in grammar().negations


def _gives_in(analysis: Analysis, verb: Verb, speaker: Phrase, sentence: Range) -> bool:
    """ "Kenya agreed to leave"; what two have agreed on with each other is a deed, unless it is a clause."""
    following = analysis.document.lowers(Range(verb.last, min(verb.last + _NEAR, sentence.last)))
    return (
        "that" in following[:2]
        or len(speaker.references) == 1
        or (bool(speaker.references) and "to" not in following)
    )


def _as_noted(analysis: Analysis, verb: Verb, speaker: Phrase, sentence: Range) -> Range | None:
    """ "As X noted in May, Y": what stands behind the comma."""
    tokens = analysis.document.tokens
    if tokens[sentence.first].lower != "as" or speaker.range.first != sentence.first + 1:
        return None
    comma = next((i for i in range(verb.last, sentence.last) if tokens[i].text == ","), sentence.last)
    return trim(analysis, Range(comma + 1, sentence.last)) if comma + 1 < sentence.last else None
