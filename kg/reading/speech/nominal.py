"""Attributions without a reporting verb: "according to X", "the reason he gave was Y"."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.speakers import can_speak, is_somebody
from kg.reading.speech.trimming import trim
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

ACCORDING = frozenset({"according"})
IN = frozenset({"in"})
_APPOSING = frozenset({"a", "an", "who", "head", "director", "spokesman", "spokeswoman"})
_LONGEST_DATELINE = 12  # tokens


def according_to(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """ "according to X": X says the rest of the sentence."""
    tokens = analysis.document.tokens
    for index in analysis.document.positions(ACCORDING, Range(sentence.first, sentence.last - 2)):
        if tokens[index + 1].lower != "to" or analysis.document.quote_around(index):
            continue
        speaker = phrase_at(analysis, index + 2, sentence.last)
        if speaker is None or not _tells(analysis, speaker):
            continue
        behind = _issuer_end(analysis, speaker, sentence)
        joined = index > sentence.first and tokens[index - 1].lower in {"but", "and", "though", "although"}
        if index == _dateline_end(analysis, sentence, index) or joined:
            parts = [Range(behind, sentence.last)]  # "…, but according to X, Y"
        elif _inserted(analysis, index, behind, sentence):
            parts = [Range(sentence.first, index), Range(behind, sentence.last)]
        else:
            parts = [Range(sentence.first, index)]
        content = tuple(part for part in (trim(analysis, p) for p in parts) if part)
        if content:
            yield Attribution(speaker, "say", Range(index, index + 2), content)


def _dateline_end(analysis: Analysis, sentence: Range, index: int) -> int:
    """Behind "KIEV (Agency) –", where nothing else stands before the token; else the sentence's start."""
    dashed = index > sentence.first and analysis.document.tokens[index - 1].text in DASHES
    short = index - sentence.first <= _LONGEST_DATELINE
    return (
        index if dashed and short and not analysis.verbs_in(Range(sentence.first, index)) else sentence.first
    )


def _tells(analysis: Analysis, phrase: Phrase) -> bool:
    """Whoever says something, or what is written; no plan, schedule or paragraph that things go by."""
    head = analysis.document.tokens[phrase.head].lower
    return can_speak(analysis, phrase) and (
        is_somebody(analysis, phrase) or head in voice_words().writings | voice_words().data
    )


def _inserted(analysis: Analysis, index: int, behind: int, sentence: Range) -> bool:
    """ "X, according to Y, did …": the clause goes on behind the insertion, and has no verb before it."""
    tokens = analysis.document.tokens
    if tokens[index - 1].text != "," or not (
        index < behind < sentence.last and tokens[behind - 1].text == ","
    ):
        return False
    finite = {"finite", "passive"}
    before = analysis.verbs_in(Range(sentence.first, index))
    return not any(v.form in finite for v in before) and any(
        v.form in finite for v in analysis.verbs_in(Range(behind, sentence.last))
    )


def _issuer_end(analysis: Analysis, speaker: Phrase, sentence: Range) -> int:
    """Behind the comma of an opening "According to …,", and behind "a researcher in Y," after it."""
    tokens = analysis.document.tokens
    commas = [i for i in range(speaker.range.last, sentence.last - 1) if tokens[i].text == ","]
    if not commas:
        return speaker.range.last
    first, second = commas[0], commas[1] if len(commas) > 1 else sentence.last
    apposed = tokens[first + 1].lower in _APPOSING and not analysis.verbs_in(Range(first, second))
    goes_on = second < sentence.last and bool(analysis.verbs_in(Range(second, sentence.last)))
    helped = not grammar().predicating.isdisjoint(analysis.document.lowers(Range(second, sentence.last)))
    return (second if apposed and (goes_on or helped) else first) + 1


def viewpoints(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """ "In X's view, …", "…, in the words of X": X says the rest of the sentence."""
    tokens = analysis.document.tokens
    for index in analysis.document.positions(IN, Range(sentence.first, sentence.last - 3)):
        opens = index == sentence.first
        if not (opens or tokens[index - 1].text == ","):
            continue
        found = _viewer(analysis, index + 1, sentence)
        if found is None or tokens[found[1]].text not in {",", "."}:
            continue
        speaker, last = found
        content = trim(analysis, Range(last, sentence.last) if opens else Range(sentence.first, index))
        if content:
            yield Attribution(speaker, "say", Range(index, last), (content,))


def _viewer(analysis: Analysis, index: int, sentence: Range) -> tuple[Phrase, int] | None:
    """Whose view or words, and the token behind them: "Baku's view", "his description", "the words of X"."""
    tokens, views = analysis.document.tokens, noun_table().speech.views
    owner = analysis.references.at(index)
    if owner and not owner.adjective:
        noun = owner.range.last
        noun += tokens[noun].lower in grammar().possessive_marks
        if noun < sentence.last - 1 and tokens[noun].lower in views:
            return Phrase(owner.range, (owner,), owner.range.last - 1), noun + 1
    elif (
        tokens[index].lower == "the" and tokens[index + 1].lower in views and tokens[index + 2].lower == "of"
    ):
        speaker = phrase_at(analysis, index + 3, sentence.last)
        if speaker and can_speak(analysis, speaker) and speaker.range.last < sentence.last:
            return speaker, speaker.range.last
    return None


def given_reasons(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """ "The reason he gave was Y": he says Y."""
    tokens = analysis.document.tokens
    for verb in analysis.verbs_of(verb_table().uses.giving_grounds, sentence):
        if verb.last >= sentence.last or tokens[verb.last].lower not in grammar().copulas:
            continue
        speaker = subject_of(analysis, verb, sentence)
        nouns = {token.lower for token in tokens[sentence.first : verb.first]}
        content = trim(analysis, Range(verb.last + 1, sentence.last))
        if speaker and can_speak(analysis, speaker) and nouns & noun_table().speech.grounds and content:
            told = replace(speaker, range=Range(sentence.first, speaker.range.last))  # "The reason he"
            yield Attribution(told, "cite", Range(verb.main, verb.last), (content,), verb)
