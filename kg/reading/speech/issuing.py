"""Whose official text this is, where it speaks in the first person: "We, the leaders of the G7, …"."""

from kg.reading.analysis import Analysis
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_LONGEST_APPOSITION = 24  # tokens behind "We,"
_NEAR = 3  # tokens from "statement" to the name: "by the"
_SPEAKING = AGENTS | {"NegotiationFormat"}
_BODIES = _SPEAKING - {"Person", "State"}


def own_voice(analysis: Analysis) -> tuple[Reference, ...]:
    """Who "we" are in a text outside quotations: whom it names behind "We,", or whose statement it is."""
    key = (own_voice,)
    if key not in analysis.answers:
        analysis.answers[key] = _apposed(analysis) or _entitled(analysis)
    found = analysis.answers[key]
    assert isinstance(found, tuple)
    return found


def _apposed(analysis: Analysis) -> tuple[Reference, ...]:
    """ "We, the leaders of Kenya and Ghana, met": bodies, or else states."""
    document = analysis.document
    for index in document.positions({"we"}):
        behind = document.lowers(Range(index + 1, min(index + 3, len(document.tokens))))
        if behind[:1] != [","] or behind[1:] != ["the"] or document.quote_around(index):
            continue
        near = Range(index + 2, min(index + _LONGEST_APPOSITION, document.sentence(index).last))
        verbs = analysis.verbs_in(near)
        named = analysis.references.within(Range(near.first, verbs[0].first if verbs else near.last))
        found = tuple(r for r in named if r.type in _SPEAKING)
        bodies = tuple(r for r in found if r.type in _BODIES)
        return bodies[:1] or found
    return ()


def _entitled(analysis: Analysis) -> tuple[Reference, ...]:
    """ "G7 statement on Kenya", "Statement by the European Union": the body that the first line names."""
    document = analysis.document
    title = document.paragraphs[0] if document.paragraphs else Range(0, 0)
    noun = next(iter(document.positions(grammar().document_nouns, title)), None)
    if noun is None:
        return ()
    bodies = [r for r in analysis.references.within(title) if r.type in _BODIES]
    of = document.lowers(Range(noun + 1, min(noun + 2, title.last))) in (["by"], ["of"])
    before = [r for r in bodies if r.range.last <= noun]
    behind = [r for r in bodies if of and noun < r.range.first <= noun + _NEAR]
    return tuple((before or behind)[:1])
