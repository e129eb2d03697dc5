"""How talks ended or stand, where no word for progress tells it: "ended without a deal", "are stuck"."""

from kg.reading.analysis import Analysis
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_REACH = 16  # words from "talks" to what is said of them
_NEAR = 4  # words between "without" and "agreement", "failed" and "progress"


def outcome(analysis: Analysis, index: int) -> str | None:
    """stalled or none where this word says so of talks that stand before it; else None."""
    table, lower = noun_table().outcomes, analysis.document.tokens[index].lower
    if lower in table.stuck | table.fruitless and _stands(analysis, index):
        return "stalled" if lower in table.stuck else "none"
    if lower in table.results and _lacking(analysis, index) and talks_before(analysis, index):
        return "none"
    return None


def _stands(analysis: Analysis, index: int) -> bool:
    """ "are stuck", "remain frozen", "proved fruitless", of talks."""
    before = analysis.document.lowers(Range(max(0, index - 2), index))
    return not noun_table().outcomes.standing.isdisjoint(before) and talks_before(analysis, index)


def _lacking(analysis: Analysis, index: int) -> bool:
    """ "without any agreement", "with no result", "failed to produce a deal"."""
    first = max(analysis.document.sentence(index).first, index - _NEAR)
    return not {"without", "no", "failed", "fail", "fails"}.isdisjoint(
        analysis.document.lowers(Range(first, index))
    )


def talks_before(analysis: Analysis, index: int) -> bool:
    """Whether a word for talks stands before this one with a single verb between them, or none."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    verbs = 0
    for at in range(index - 1, max(sentence.first, index - _REACH) - 1, -1):
        if tokens[at].lower in noun_table().talks.hosted | {"dialogue", "process"}:
            return True
        if tokens[at].text in {";", ":"} or tokens[at].lower in grammar().clause_openers:
            return False
        told = analysis.verbs_in(Range(at, at + 1))
        verbs += any(v.form in {"finite", "passive"} for v in told)
        if verbs > 1:
            return False
    return False
