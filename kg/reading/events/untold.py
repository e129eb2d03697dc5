"""What a text tells of as left undone: "instead of attacking", "would have attacked if it had failed"."""

import itertools

from kg.reading.analysis import Analysis
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb

# Behind these a gerund tells what somebody did not do.
_LEFT = frozenset({("instead", "of"), ("rather", "than"), ("short", "of")})
_UNREAL = frozenset({"would", "could", "might"})
_BOUND_BY = frozenset({"if", "without", "unless", "otherwise", "had"})
_DENIED = frozenset({"not", "never", "didn’t", "didn't", "n't", "n’t"})
_IN_TIME = frozenset({"by"})  # "would have withdrawn by May": due, not undone


def left_undone(analysis: Analysis, verb: Verb) -> bool:
    """Whether a verb tells of a deed only to say that it was, or would have been, left undone."""
    return _replaced(analysis, verb) if verb.form == "gerund" else _unreal(analysis, verb)


def _replaced(analysis: Analysis, verb: Verb) -> bool:
    """ "instead of attacking X", "stopped short of bombing X", "without attacking X"."""
    first = analysis.document.sentence(verb.main).first
    before = analysis.document.lowers(Range(max(first, verb.first - 2), verb.first))
    return before[-1:] == ["without"] or tuple(before) in _LEFT


def _unreal(analysis: Analysis, verb: Verb) -> bool:
    """ "would have attacked"; "could have attacked" where the sentence sets a condition or denies it."""
    words = analysis.document.lowers(Range(verb.first, verb.main))
    pairs = set(itertools.pairwise(words))
    if "have" not in words or _UNREAL.isdisjoint(words) or ("have", "to") in pairs:
        return False
    sentence = analysis.document.sentence(verb.main)
    after = analysis.document.lowers(Range(verb.last, sentence.last))
    if "would" in words:
        return _IN_TIME.isdisjoint(after)
    before = analysis.document.lowers(Range(sentence.first, verb.first))
    denied = "but" in after and not _DENIED.isdisjoint(after[after.index("but") :])
    return denied or not _BOUND_BY.isdisjoint((*before[:1], *after))
