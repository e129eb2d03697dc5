"""Whose "the government", "the federal government" or "the army" is that speaks: of one state."""

from collections import Counter

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar


def government_of(analysis: Analysis, phrase: Phrase, head: str) -> Reference | None:
    """The one state whose government or army, as `head` says, the text has named before; else None."""
    document, named = analysis.document, analysis.references
    before_it = named.within(Range(0, phrase.range.first))
    armies = {r.key: r for r in before_it if r.key.startswith("organisation/army-of-")}
    if head != "government" and len(armies) == 1:
        return next(iter(armies.values()))
    found: dict[str, Reference] = {}
    for index in document.positions({head}):
        if index >= phrase.range.first:
            break
        before = index - 2 if document.tokens[index - 1].lower in grammar().possessive_marks else index - 1
        reference = named.at(before) if before >= 0 else None
        if reference and reference.type == "State":
            found[reference.key] = reference
    if not found and head == "government":
        found = _states_before(analysis, phrase)
    return next(iter(found.values())) if len(found) == 1 else None


def _states_before(analysis: Analysis, phrase: Phrase) -> dict[str, Reference]:
    """The states last named: here or in the sentence before, in the paragraph, or most in the text."""
    document, named = analysis.document, analysis.references
    number = document.sentence_number(phrase.range.first)
    paragraph = document.paragraphs[document.paragraph_number(phrase.range.first)]
    for first in (document.sentences[max(0, number - 1)].first, paragraph.first):
        part = Range(max(first, paragraph.first), phrase.range.first)
        near = {r.key: r for r in named.within(part) if r.type == "State"}
        if near:
            return near
    told = [r for r in named.within(Range(0, phrase.range.first)) if r.type == "State"]
    counted = Counter(r.key for r in told).most_common(2)
    most = counted and (len(counted) == 1 or counted[0][1] >= 2 * counted[1][1])
    return {r.key: r for r in told if most and r.key == counted[0][0]}
