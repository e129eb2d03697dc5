"""Both sides of talks "between" two where one is not named: "between the rebels of X and the government"."""

from collections import Counter

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.talks.sides import bodies_of
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

Sides = tuple[Reference, ...]
_REACH = 6  # words from "talks" to "between"
_RULERS = frozenset({"government", "authorities", "state", "regime"})
# A side without a name, which is one all the same.
_SIDES = _RULERS | {
    "rebel",
    "rebels",
    "armed",
    "opposition",
    "insurgents",
    "insurgent",
    "separatists",
    "militants",
}
_NOUN = 3  # words in which one of these stands
_LEAST = 2  # times that the text names the state whose government is meant
_AHEAD = 2  # times as often as any other


def whole_pair(analysis: Analysis, head: int, end: int, told: Sides) -> tuple[Sides, int, bool]:
    """Both sides, where their words end, and whether the second remains unknown.

    The government that talks with an armed group is that of the state of which the text tells most.
    """
    tokens, last = analysis.document.tokens, analysis.document.sentence(head).last
    between = any(tokens[i].lower == "between" for i in range(head + 1, min(head + _REACH, last)))
    if not between or len(bodies_of(analysis, told)) != 1:
        return told, end, False
    at = end
    while at < last and tokens[at].lower in grammar().determiners | {"and"}:
        at += 1
    ruled = at < last and at > end and tokens[at].lower in _RULERS and told[0].type == "NonStateGroup"
    state = _main_state(analysis) if ruled else None
    if state:
        return (*told, state), at + 1, False
    behind = Range(told[-1].range.last, min(at + _NOUN, last))
    return told, end, _SIDES.isdisjoint(analysis.document.lowers(behind))


def _main_state(analysis: Analysis) -> Reference | None:
    named = Counter(r.key for r in analysis.references.items if r.type == "State")
    ranked = named.most_common(2)
    if not ranked or ranked[0][1] < _LEAST or (len(ranked) > 1 and ranked[0][1] < _AHEAD * ranked[1][1]):
        return None
    return next(r for r in analysis.references.items if r.key == ranked[0][0])
