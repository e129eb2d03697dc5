"""Envoys who go back and forth: "shuttle diplomacy by X between A and B", "X's shuttle missions"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.talks.mediation import Mediation, able
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_NEAR = 12  # words between "shuttle diplomacy" and "between"
_TRIPS = frozenset({"diplomacy", "talks", "mission", "missions", "visits", "negotiations", "mediation"})


def shuttle_diplomacy(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """Whose shuttle diplomacy it is, if the words say so, and between whom."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    if index + 1 >= sentence.last or tokens[index + 1].lower not in _TRIPS:
        return
    near = range(index + 2, min(index + 2 + _NEAR, sentence.last - 1))
    mark = next((i for i in near if tokens[i].lower == "between"), None)
    sides, end = listed_at(analysis, mark + 1, sentence.last) if mark else ((), index + 2)
    who, last = _whose(analysis, index, max(end, index + 2), sentence)
    mediators = tuple(r for r in able(who) if r.key not in {side.key for side in sides})
    if mediators:
        first = min(index, *(r.range.first for r in mediators))
        yield Mediation(mediators, Range(first, max(end, last)), sides=sides)


def _whose(analysis: Analysis, index: int, end: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """ "X's shuttle diplomacy", or "by X" before the sides or behind them."""
    tokens = analysis.document.tokens
    owner = analysis.references.at(index - 2) if index > sentence.first + 1 else None
    if owner and tokens[index - 1].lower in grammar().possessive_marks:
        return (owner,), end
    at = next((i for i in range(index + 2, min(end + 2, sentence.last - 1)) if tokens[i].lower == "by"), None)
    return listed_at(analysis, at + 1, sentence.last) if at else ((), end)
