"""Headlines: "X: Y", "“Y” – X", where no verb says that X says Y."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.names.references import AGENTS
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import trim
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range

_CAPITAL = frozenset({"Says", "Say", "Said", "Claims", "Insists"})
_LONGEST = 8  # tokens before the colon
_ENDS = frozenset({".", "!", "?"})


def opens_text(analysis: Analysis, sentence: Range) -> bool:
    """The line that opens the text, with no full stop at its end."""
    document = analysis.document
    first = document.paragraphs[0] if document.paragraphs else Range(0, 0)
    return sentence == first and document.tokens[sentence.last - 1].text not in _ENDS


def headlines(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """What the headline lays in somebody's mouth."""
    if not opens_text(analysis, sentence):
        return
    tokens = analysis.document.tokens
    for index in range(sentence.first + 1, sentence.last - 1):
        if tokens[index].text in _CAPITAL and analysis.references.at(index) is None:
            yield from _in_capitals(analysis, sentence, index)
            return
    for index in range(sentence.first + 1, sentence.last - 2):
        if tokens[index].text == ":" and index - sentence.first <= _LONGEST:
            yield from _said(analysis, Range(sentence.first, index), Range(index + 1, sentence.last), index)
            return
        if tokens[index].text in DASHES and index - 1 in analysis.document.quote_marks:
            yield from _said(analysis, Range(index + 1, sentence.last), Range(sentence.first, index), index)
            return


def _in_capitals(analysis: Analysis, sentence: Range, index: int) -> Iterator[Attribution]:
    """ "The Gate Will Stay Shut, Says Top Diplomat", "Museveni Says the Gate Will Stay Shut"."""
    inverted = analysis.document.tokens[index - 1].text == ","
    words = Range(sentence.first, index - 1) if inverted else Range(index + 1, sentence.last)
    place = index + 1 if inverted else sentence.first
    speaker = phrase_at(analysis, place, sentence.last if inverted else index)
    content = trim(analysis, words)
    if speaker and content and (inverted or speaker.range.last == index):
        yield Attribution(speaker, "say", Range(index, index + 1), (content,))


def _said(analysis: Analysis, who: Range, words: Range, mark: int) -> Iterator[Attribution]:
    speaker = _speaker(analysis, who)
    content = trim(analysis, words)
    if speaker and content.last > content.first + 2:
        yield Attribution(speaker, "say", Range(mark, mark + 1), (content,))


def _speaker(analysis: Analysis, part: Range) -> Phrase | None:
    """Whoever fills the words beside the mark: a name, a post with a holder; no topic ("Gaza: …")."""
    phrase = phrase_at(analysis, part.first, part.last)
    if phrase is None or phrase.range.last != part.last or not phrase.references:
        return _holder(analysis, part)
    kinds = {reference.type for reference in phrase.references}
    return phrase if kinds <= AGENTS - {"State"} else None


def _holder(analysis: Analysis, part: Range) -> Phrase | None:
    """ "Azerbaijani Foreign Minister", whoever the text says that is."""
    last = analysis.references.at(part.last - 1)
    if last and last.type == "Person" and last.range.last == part.last:
        return Phrase(last.range, (last,), part.last - 1)
    return None
