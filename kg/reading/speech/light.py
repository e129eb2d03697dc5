"""Verbs that say something with a noun: "took responsibility for", "put the blame on"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import content_end
from kg.reading.speech.speakers import can_speak, is_somebody
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import light_words
from kg.reading.words.verbs import verb_table

_BETWEEN = 3  # words between the verb and its noun
_LONGEST = 6  # words of a phrase behind its verb
_LINKS = frozenset({"for", "of"})


def giver(analysis: Analysis, noun: int, sentence: Range) -> Phrase | None:
    """Who makes, issues or raises what a noun names; None where no such verb governs it."""
    verb = _verb_before(analysis, noun, sentence, light_words().giving)
    speaker = subject_of(analysis, verb, sentence) if verb else None
    if speaker and analysis.document.tokens[speaker.head].lower in grammar().pronouns_own:
        return speaker  # a text in the first person
    return speaker if speaker and is_somebody(analysis, speaker) else None


def met_with(analysis: Analysis, noun: int, sentence: Range) -> bool:
    """ "faced criticism", "drew praise": others say what the noun names."""
    return _verb_before(analysis, noun, sentence, light_words().meeting) is not None


def borne(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """Responsibility that somebody takes, and blame that somebody lays at a door."""
    words = light_words()
    inner = Range(sentence.first + 1, sentence.last - 2)
    for noun in analysis.document.positions(words.taken, inner):
        verb = _verb_before(analysis, noun, sentence, words.taking)
        if verb and analysis.document.tokens[noun + 1].lower in _LINKS:
            claimed = verb.lemma == "claim"  # "claimed [responsibility for the raid]"
            cue = Range(verb.main, verb.last if claimed else noun + 1)
            yield from _said(analysis, verb, "claim", cue, noun if claimed else noun + 2, sentence)
    for noun in analysis.document.positions(words.laid, inner):
        verb = _verb_before(analysis, noun, sentence, words.laying)
        if verb:
            yield from _said(analysis, verb, "blame", Range(verb.main, noun + 1), noun + 1, sentence)


def by_phrases(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """ "threw its weight behind the plan": an event, and words of support as well."""
    table = verb_table()
    for verb in analysis.verbs_of(table.beside_heads, sentence):
        behind = analysis.document.lowers(Range(verb.last, min(verb.last + _LONGEST, sentence.last)))
        phrases = (p for p in table.beside if p[0] == verb.lemma and behind[: len(p) - 1] == [*p[1:]])
        phrase = max(phrases, key=len, default=None)
        told = verb.form in {"finite", "gerund"} and not verb.negated and verb.modality == "asserted"
        if phrase and told and not analysis.document.quote_around(verb.main):
            start = verb.last + len(phrase) - 1
            yield from _said(analysis, verb, " ".join(phrase), Range(verb.main, start), start, sentence)


def _said(
    analysis: Analysis, verb: Verb, lemma: str, cue: Range, start: int, sentence: Range
) -> Iterator[Attribution]:
    speaker = subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker) or _nobody(analysis, speaker):
        return
    content = trim(analysis, Range(start, content_end(analysis, start, sentence, [])))
    if content:
        yield Attribution(speaker, lemma, cue, (content,))


def _nobody(analysis: Analysis, speaker: Phrase) -> bool:
    """ "no group", "neither side"."""
    return analysis.document.tokens[speaker.range.first].lower in grammar().negations


def _verb_before(analysis: Analysis, noun: int, sentence: Range, lemmas: frozenset[str]) -> Verb | None:
    """The verb of these that has the noun as its object, with nothing but words for the noun between."""
    if analysis.document.quote_around(noun) or analysis.verbs_in(Range(noun, noun + 1)):
        return None
    before = analysis.verb_before(noun, sentence)
    if before is None or before.lemma not in lemmas or before.form not in {"finite", "gerund"}:
        return None
    if before.negated or before.modality != "asserted" or noun - before.last > _BETWEEN:
        return None
    between = analysis.document.lowers(Range(before.last, noun))
    return before if grammar().prepositions.isdisjoint(between) and "," not in between else None
