"""What the words around a verb rule out before its clause is known: most verbs tell of no event."""

from collections.abc import Callable

from kg.reading.analysis import Analysis
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table

_NEAR = 7  # tokens behind a verb in which those stand on whom it acts
_INTO = frozenset({"into", "to", "in"})


def possible(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """Whether a clause of the verb could meet the condition of the frame; False only where none could."""
    rule = _RULES.get(frame.needs)
    return rule is None or rule(analysis, frame, verb)


def _named_behind(analysis: Analysis, verb: Verb, types: frozenset[str], last: int) -> bool:
    return any(r.type in types for r in analysis.references.within(Range(verb.last, last)))


def _with_subjects(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """One of the frame's own subjects stands in the sentence."""
    words, sentence = frame.subjects, analysis.document.sentence(verb.main)
    return bool(words) and sentence.first in analysis.document.sentences_with(words)


def _with_forces(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """Those who use force do, unless the frame has subjects of its own."""
    words, sentence = frame.subjects or event_table().words.forces, analysis.document.sentence(verb.main)
    return sentence.first in analysis.document.sentences_with(words)


def _to_place(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """Somebody goes, and a place is named behind the verb."""
    sentence = analysis.document.sentence(verb.main)
    return verb.form != "passive" and _named_behind(analysis, verb, PLACES, sentence.last)


def _crossing(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    behind = analysis.document.lowers(Range(verb.last, verb.last + 2))
    return not _INTO.isdisjoint(behind) and _with_subjects(analysis, frame, verb)


def _against(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """A group or those who use force undergo it: they stand behind the verb, or before a passive."""
    last = min(verb.last + _NEAR, analysis.document.sentence(verb.main).last)
    forces = event_table().words.forces
    if verb.form == "passive" or not forces.isdisjoint(analysis.document.lowers(Range(verb.last, last))):
        return True
    return _named_behind(analysis, verb, _GROUPS, last)


def _founded(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    last = analysis.document.sentence(verb.main).last
    return verb.form == "passive" or _named_behind(analysis, verb, _GROUPS, last)


def _to_leaders(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """Those who act for others stand behind the verb."""
    near = analysis.document.lowers(Range(verb.last, verb.last + _NEAR))
    return not event_table().words.sides.isdisjoint(near)


def _suffered(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    return verb.form == "passive" or verb.lemma == "die"


def _lost(analysis: Analysis, frame: Frame, verb: Verb) -> bool:
    """ "lost X to the rebels": to somebody."""
    return "to" in analysis.document.lowers(Range(verb.last, verb.last + _NEAR))


_GROUPS = frozenset({"NonStateGroup"})
_RULES: dict[str, Callable[[Analysis, Frame, Verb], bool]] = {
    "subject": _with_subjects,
    "seated": _with_subjects,
    "freed": _suffered,
    "marching": _with_forces,
    "travel": _to_place,
    "crossing": _crossing,
    "against": _against,
    "founded": _founded,
    "leaders": _to_leaders,
    "victim": _suffered,
    "undergone": _suffered,
    "captive": _suffered,
    "wounded": _suffered,
    "unit": _suffered,
    "detained": _suffered,
    "dead": _with_subjects,
    "bombed": _suffered,
    "splashed": _with_subjects,
    "lost": _lost,
}
