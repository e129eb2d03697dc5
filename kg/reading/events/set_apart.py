"""Who is named only to be set apart from those who did it: "X, unlike Y, signed", "everyone except Y"."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_ALONE = frozenset({"unlike", "except", "barring", "excluding"})
_PAIRS = frozenset({
    ("rather", "than"), ("other", "than"), ("apart", "from"), ("except", "for"), ("exception", "of"),
    (",", "not"), ("but", "not"), ("and", "not"),
    ("all", "but"), ("everyone", "but"), ("everybody", "but"), ("nobody", "but"),
})  # fmt: skip
_ALL = frozenset({"all", "every", "everyone", "everybody", "nobody"})
_TOLD_BY = _ALONE | {"rather", "other", "apart", "exception", "not", "but"}


def only_others(analysis: Analysis, sighting: Sighting) -> Sighting | None:
    """The sighting without those set apart; None where nobody of those who did it is left."""
    sentence = analysis.document.sentence(sighting.trigger.first)
    if sentence.first not in analysis.document.sentences_with(_TOLD_BY):
        return sighting
    agents = [r for r in analysis.references.within(sentence) if r.type in AGENTS]
    apart = [r for r in agents if _set_apart(analysis, r.range.first, sentence)]
    keys = {r.key for r in apart} - {r.key for r in agents if r not in apart}
    if keys.isdisjoint((*sighting.agents, *sighting.participants)):
        return sighting
    left = tuple(key for key in sighting.agents if key not in keys)
    if sighting.agents and not left:
        return None
    others = tuple(key for key in sighting.participants if key not in keys)
    return replace(sighting, agents=left, participants=others)


def _set_apart(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether the name that begins at a token stands behind "unlike", ", not" or the like."""
    tokens = analysis.document.tokens
    while index > sentence.first and tokens[index - 1].lower in grammar().determiners:
        index -= 1
    words = analysis.document.lowers(Range(max(sentence.first, index - 2), index))
    if words[-1:] == ["but"]:  # "all parties but X"
        return not _ALL.isdisjoint(analysis.document.lowers(Range(max(sentence.first, index - 4), index)))
    return (bool(words) and words[-1] in _ALONE) or tuple(words) in _PAIRS
