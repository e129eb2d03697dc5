"""Words quoted at second hand: "quoted X as saying …", "what it called …"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.speakers import can_speak, is_document
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_ADDING = frozenset({"of", "by", "against", "for", "with", "from", "to", "about", "between"})
_OF_WHOM = frozenset({"for", "of", "from", "in", "at", "with", "on", "who"})
_LONGEST_DESCRIPTION = 16  # tokens between whoever is quoted and "as saying"
_NEAR = 12  # tokens between "reported" and "as saying"


def quotes(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """Whether the verb passes on what somebody else says: "quoted X", "reported X as saying"."""
    if verb.lemma not in voice_words().quoting:
        return False
    if verb.lemma == "quote":
        return True
    end = min(verb.last + _NEAR, sentence.last - 1)
    return any(
        analysis.document.tokens[index].lower == "as" and _gerund_at(analysis, index + 1)
        for index in range(verb.last, end)
    )


def _gerund_at(analysis: Analysis, index: int) -> bool:
    found = analysis.verbs_in(Range(index, index + 1))
    return bool(found) and found[0].form == "gerund" and found[0].lemma in verb_table().stances


def quoted(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "the statement quoted X as saying that …": X speaks, the statement relays."""
    if verb.form == "passive":
        return _quoted_as_saying(analysis, verb, sentence)
    source = subject_of(analysis, verb, sentence)
    speaker = phrase_at(analysis, verb.last, sentence.last)
    if speaker is None or not can_speak(analysis, speaker):
        return []
    relay = source if source and is_document(analysis, source) else None
    index = _as_saying(analysis, speaker.range.last, sentence)
    if index is None:
        return []
    speaker = _described(analysis, speaker, index)
    saying = next(iter(analysis.verbs_in(Range(index, min(index + 3, sentence.last)))), None)
    start = saying.last if saying else index + 1
    rest = trim(analysis, Range(start, sentence.last)) if start < sentence.last else Range(start, start)
    if rest and _goes_on(analysis, start):
        rest = Range(start, start)  # "…," the agency quoted X as saying, adding that
    first = source.range.first if source else verb.first
    content = rest if rest else trim(analysis, Range(sentence.first, first))
    lemma = saying.lemma if saying and saying.lemma in verb_table().stances else "say"
    cue = Range(verb.main, start)
    return [Attribution(speaker, lemma, cue, (content,), saying, relay=relay)] if content else []


def _as_saying(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """Where "as" stands, or "saying" behind a comma: behind whoever is quoted or what describes them."""
    tokens = analysis.document.tokens
    if index + 1 < sentence.last and tokens[index].lower == "as":
        return index
    if index + 1 >= sentence.last:
        return None
    near = range(index + 1, min(index + _LONGEST_DESCRIPTION, sentence.last - 1))
    if tokens[index].lower in _OF_WHOM:
        return next((i for i in near if tokens[i].lower == "as" and _gerund_at(analysis, i + 1)), None)
    if tokens[index].text != ",":
        return None
    commas = (i for i in near if tokens[i].text == ",")
    for comma in commas:
        if tokens[comma + 1].lower == "as" and _gerund_at(analysis, comma + 2):
            return comma + 1
        if tokens[comma + 1].lower == "saying":
            return comma
    return None


def _described(analysis: Analysis, speaker: Phrase, last: int) -> Phrase:
    """ "a naval commander, Rear Admiral X": X, where the text names whoever it describes before or behind."""
    around = analysis.references.within(Range(speaker.range.first, last))
    person = next((r for r in around if r.type == "Person"), None)
    if speaker.references or person is None:
        return speaker
    return Phrase(person.range, (person,), person.range.last - 1)


def _goes_on(analysis: Analysis, comma: int) -> bool:
    """A gerund behind a comma: what follows is said by another verb."""
    return analysis.document.tokens[comma].text == "," and _gerund_at(analysis, comma + 1)


def _quoted_as_saying(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "X was quoted (by Y) as saying …": X speaks."""
    tokens = analysis.document.tokens
    speaker = subject_of(analysis, verb, sentence)
    saying = next((v for v in analysis.verbs_in(Range(verb.last, sentence.last)) if v.form == "gerund"), None)
    if saying is None or tokens[saying.first - 1].lower != "as" or not can_speak(analysis, speaker, "say"):
        return []
    assert speaker is not None  # somebody who can speak
    rest = trim(analysis, Range(saying.last, sentence.last)) if saying.last < sentence.last else None
    if rest and all(i in analysis.time_tokens for i in range(rest.first, rest.last)):
        rest = None  # "as saying on Monday"
    if rest and tokens[rest.first].lower == "by" and saying.last == rest.first:
        rest = None  # "as saying by the agency"
    content = rest or trim(analysis, Range(sentence.first, speaker.range.first))
    cue = Range(verb.first, saying.last)
    return [Attribution(speaker, "say", cue, (content,), saying)] if content else []


def framed(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "over what it said was Washington's "biased" position": a noun phrase in somebody else's words."""
    tokens = analysis.document.tokens
    if verb.lemma not in verb_table().uses.framing:
        return []
    near = range(verb.first - 1, max(sentence.first, verb.first - 8) - 1, -1)
    what = next((index for index in near if tokens[index].lower == "what"), None)
    around = analysis.document.quote_around
    apart = what is not None and around(what) != around(verb.main)  # "… what he did," said X
    speaker = phrase_at(analysis, what + 1, verb.first) if what is not None and not apart else None
    if speaker is None or not can_speak(analysis, speaker):
        return []
    index = verb.last
    while index < sentence.last and tokens[index].lower in grammar().framing_links:
        index += 1
    phrase = phrase_at(analysis, index, sentence.last)
    if phrase is None:
        return []
    content = (_with_complements(analysis, _widened(analysis, phrase.range), sentence),)
    return [Attribution(speaker, verb.lemma, Range(verb.main, verb.last), content, verb, framing=True)]


def _widened(analysis: Analysis, part: Range) -> Range:
    """A noun phrase with the quotation that it opens."""
    quote = analysis.document.quote_around(part.last - 1)
    return Range(part.first, max(part.last, quote.last)) if quote else part


def _with_complements(analysis: Analysis, part: Range, sentence: Range) -> Range:
    """ "a large raid by regular troops": with what prepositions add to the noun, as far as no verb stands."""
    end = part.last
    while end < sentence.last and analysis.document.tokens[end].lower in _ADDING:
        phrase = phrase_at(analysis, end + 1, sentence.last)
        if phrase is None:
            break
        end = _widened(analysis, phrase.range).last
    return Range(part.first, end)
