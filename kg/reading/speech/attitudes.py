"""Attitudes that an adjective tells of: "was hopeful that …", "remains concerned about …"."""

import itertools
from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.phrases import phrase_at
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import content_end
from kg.reading.speech.speakers import can_speak
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_LINKS = frozenset({"that", "to", "about", "by", "at", "with", "over", "of", "for", "on"})
_SUPPOSED = 8  # tokens between "whether" and the adjective
_PASSED = _LINKS - {"to", "for"}


def attitudes(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """Who is said to be "confident", "worried" and the like, and that about which they are so."""
    tokens, table = analysis.document.tokens, verb_table()
    verbs = list(analysis.verbs_in(sentence))
    inner = Range(sentence.first + 1, sentence.last - 2)
    for index in analysis.document.positions(table.attitude_words, inner):
        lower = tokens[index].lower
        if tokens[index + 1].lower not in _LINKS:
            continue
        first = _copula(analysis, index, sentence)
        if first is None or analysis.document.quote_around(index):
            continue
        speaker = phrase_at(analysis, clause_start(analysis, first, sentence, index), first)
        if speaker is None or not _reaches(analysis, speaker.range.last, first):
            continue
        if not can_speak(analysis, speaker, "be"):
            continue
        link = tokens[index + 1].lower
        start = index + 2 if link in _PASSED else index + 1
        content = trim(analysis, Range(start, content_end(analysis, start, sentence, verbs)))
        if content and not _supposed(analysis, max(sentence.first, index - _SUPPOSED), first):
            yield Attribution(speaker, f"be {lower}", Range(first, index + 1), (content,))


def _supposed(analysis: Analysis, start: int, last: int) -> bool:
    """ "much depends on whether he is willing to": nobody says that he is."""
    before = reversed(analysis.document.lowers(Range(start, last)))
    clause = itertools.takewhile(lambda word: word != ",", before)
    return not grammar().supposing.isdisjoint(clause)


def _reaches(analysis: Analysis, end: int, first: int) -> bool:
    """Nothing but "of X and Y" between the speaker and the verb: "officials of both sides alike were"."""
    between = analysis.document.tokens[end:first]
    return end == first or (
        between[0].lower in {"of", "from", "in", "at"}
        and all(token.text[0].isalnum() for token in between)
        and not analysis.verbs_in(Range(end, first))
    )


def _copula(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """The first word of "is", "had sounded", "remains deeply" before an adjective; None where none stands."""
    tokens, words = analysis.document.tokens, grammar()
    first, found = index, False
    while first > sentence.first:
        lower = tokens[first - 1].lower
        if lower in words.be or lower in noun_table().speech.seeming:
            found = True
        elif not (lower in words.have or lower.endswith("ly") or lower in words.adverbs):
            break
        first -= 1
    return first if found else None
