"""Whether those who were killed or hurt were so by people who use force, not by nature, a crash or a war."""

from functools import cache

from kg.reading.analysis import Analysis
from kg.reading.events.telling import Told
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table

_HARMED = frozenset({"kill", "wound", "injure"})
_WARS = frozenset({"war", "conflict"})
_LED = frozenset({"by", "in", "from"})
_LED_WITHIN = 3  # words between "by" and the war
_NEAR = 8  # tokens behind "killed"
_TOLD_BEFORE = 90  # tokens in which what killed them may have been told


def by_violence(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "were killed in the attack", "leaving six dead": by the clause, else by what was told last."""
    words = analysis.document.lowers(told.part)
    counted = "toll" in analysis.document.lowers(told.before)
    harmed = frame.name == "Deaths" and (counted or told.verb.lemma in _HARMED | {"leave"})
    if not harmed or not _causes().isdisjoint(words) or _by_war(words):
        return False
    if not told.passive and told.verb.lemma in _HARMED:
        return _killers(analysis, told) or _killed_by(analysis, told)
    return _of_force(words) or _told_before(analysis, told.part.first)


def _killers(analysis: Analysis, told: Told) -> bool:
    """ "Both sides have been killing civilians", "stormed a school, killing three": people who use force."""
    if told.verb.form == "gerund" and told.verb.lemma == "kill":
        return _of_force(analysis.document.lowers(Range(told.sentence.first, told.verb.first)))
    people = event_table().words.sides | {"they", "who"}
    return told.verb.lemma == "kill" and not people.isdisjoint(analysis.document.lowers(told.before))


def _killed_by(analysis: Analysis, told: Told) -> bool:
    """ "the people killed hours earlier by twin explosions": a participle behind its noun."""
    near = analysis.document.lowers(Range(told.verb.last, min(told.governed.last, told.verb.last + _NEAR)))
    return "by" in near and _of_force(near[near.index("by") :])


def _of_force(words: list[str]) -> bool:
    """Whether an attack, fighting or armed people are told, and no war as a whole or mishap."""
    return not _force().isdisjoint(words) and _causes().isdisjoint(words) and not _by_war(words)


def _by_war(words: list[str]) -> bool:
    """ "killed by the war", "in the conflict"; not "since the start of the war"."""
    ends = (at for at, word in enumerate(words) if word in _WARS)
    return any(not _LED.isdisjoint(words[max(0, at - _LED_WITHIN) : at]) for at in ends)


@cache
def _force() -> frozenset[str]:
    table = event_table().words
    return table.attacks | table.fights | table.forces


@cache
def _causes() -> frozenset[str]:
    return event_table().words.mishaps


@cache
def _told_force() -> frozenset[str]:
    """Where a text may name forces for many reasons, armed groups tell of force."""
    table = event_table().words
    return table.attacks | table.fights | table.armed_groups


def _told_before(analysis: Analysis, first: int) -> bool:
    """Whether the last that was told before is force, and no mishap."""
    for word in reversed(analysis.document.lowers(Range(max(0, first - _TOLD_BEFORE), first))):
        if word in event_table().words.mishaps:
            return False
        if word in _told_force():
            return True
    return False
