"""Clauses behind a semicolon that go on with what was said before it: "X, he said; Y"."""

import itertools
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table


def with_further_clauses(analysis: Analysis, sentence: Range, found: list[Attribution]) -> list[Attribution]:
    """With each clause behind a semicolon that nobody else is said to have said.

    It is an utterance of its own, or goes on with words behind their cue: "X, he said, as Y; until Z".
    """
    for part in _parts(analysis, sentence):
        before = [a for a in found if _ends_before(a, part.first)]
        said = max(before, key=lambda a: a.cue.first, default=None)
        content = trim(analysis, part)
        if said is None or not content or not _goes_on(analysis, said, part):
            continue
        if any(_touches(a, part) for a in found):
            continue
        if len(said.content) > 1 and said.content[-1].first > said.cue.first:
            whole = replace(said, content=(*said.content[:-1], Range(said.content[-1].first, content.last)))
            found = [whole if a is said else a for a in found]
        else:
            found = [*found, Attribution(said.speaker, "say", said.cue, (content,), said.verb)]
    return found


def _parts(analysis: Analysis, sentence: Range) -> list[Range]:
    """What stands behind each semicolon outside quotations, up to the next."""
    document = analysis.document
    marks = [i for i in document.positions({";"}, sentence) if document.quote_around(i) is None]
    between = itertools.pairwise([*marks, sentence.last])
    return [Range(first + 1, last) for first, last in between if first + 1 < last]


def _ends_before(attribution: Attribution, index: int) -> bool:
    return attribution.cue.last <= index and all(part.last <= index for part in attribution.content)


def _touches(attribution: Attribution, part: Range) -> bool:
    """Whether these words have a speaker or belong to what somebody says."""
    return attribution.cue.first in part or any(
        own.first < part.last and part.first < own.last for own in attribution.content
    )


def _goes_on(analysis: Analysis, said: Attribution, part: Range) -> bool:
    """A clause of its own behind words that were said; what an attitude concerns does not go on."""
    if said.framing or said.lemma in verb_table().uses.holding or said.lemma.startswith("be "):
        return False
    known = any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(part))
    return known or not grammar().predicating.isdisjoint(analysis.document.lowers(part))
