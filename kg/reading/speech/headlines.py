"""Headlines: "X: Y", "“Y” – X", where no verb says that X says Y."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.names.references import AGENTS
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.trimming import trim
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.words.verbs import verb_table

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
    titled = _titled(analysis, sentence)
    if titled:
        yield titled
        return
    for index in range(sentence.first + 1, sentence.last - 1):
        if tokens[index].text == ":" and index - sentence.first <= _LONGEST:
            yield from _said(analysis, Range(sentence.first, index), Range(index + 1, sentence.last), index)
            return
        if tokens[index].text in DASHES and _parts(analysis, index):
            yield from _said(analysis, Range(index + 1, sentence.last), Range(sentence.first, index), index)
            return


def _parts(analysis: Analysis, dash: int) -> bool:
    """A dash behind a quotation, or one that stands alone: "Lock to stay shut — Foreign Ministry"."""
    tokens = analysis.document.tokens
    apart = tokens[dash - 1].end < tokens[dash].start and tokens[dash].end < tokens[dash + 1].start
    return apart or dash - 1 in analysis.document.quote_marks


def _titled(analysis: Analysis, sentence: Range) -> Attribution | None:
    """ "Museveni Calls for Talks on the Lake": a headline that writes its verb large."""
    tokens, table = analysis.document.tokens, verb_table()
    speaker = phrase_at(analysis, sentence.first, sentence.last)
    index = speaker.range.last if speaker else sentence.last
    if speaker is None or not speaker.references or index + 2 >= sentence.last:
        return None
    if not tokens[index].text.istitle() or analysis.references.at(index):
        return None
    lemma, tags = table.forms.get(tokens[index].lower, ("", frozenset[str]()))
    several = len(speaker.references) > 1
    if ("base" if several else "s") not in tags:
        return None
    end = index + 2 if f"{lemma} {tokens[index + 1].lower}" in table.stances else index + 1
    lemma = " ".join([lemma, *analysis.document.lowers(Range(index + 1, end))])
    if lemma not in table.noun_content | table.uses.saying:
        return None
    content = trim(analysis, Range(end, sentence.last))
    return Attribution(speaker, lemma, Range(index, end), (content,)) if content else None


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
