"""The day of what a text tells twice, once with it and once without: headline and lead, lead and later."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting

_LEAD = 3  # sentences of a headline and of the lead that says it again
_SIDES = 2
# A text may tell of many of these between the same two: only headline and lead surely tell of one.
_OFTEN = frozenset({"ASSAULT", "COERCE", "AID", "MOBILIZE", "PROTEST", "THREATEN"})
_ATTITUDES = frozenset({"REJECT", "SUPPORT"})  # they last, and are told of again and again


def dated_elsewhere(analysis: Analysis, groups: Sequence[list[Sighting]]) -> list[list[Sighting]]:
    """Events as their sightings, those without a day with the only one on which the same was done.

    It is the same if the same two did it, if a headline says so and the lead again, or if "the" points back.
    """
    dated: dict[object, list[Sighting]] = defaultdict(list)
    for group in groups:
        dated[_what(group[0])] += [s for s in group if s.time and s.time.earliest]
    return [_dated(analysis, group, dated[_what(group[0])]) for group in groups]


def _what(sighting: Sighting) -> tuple[str, str | None, str]:
    return sighting.kind, sighting.code, sighting.status


def _dated(analysis: Analysis, group: list[Sighting], others: list[Sighting]) -> list[Sighting]:
    first = group[0]
    if not others or any(s.time for s in group) or first.kind == "Conflict" or first.code in _ATTITUDES:
        return group
    for rule in (_of_the_same, _of_the_lead, _pointed_at):
        days = {s.time.edtf: s.time for s in rule(analysis, first, others) if s.time}
        if len(days) == 1:
            return [replace(first, time=next(iter(days.values()))), *group[1:]]
    return group


def _sides(analysis: Analysis, sighting: Sighting) -> frozenset[str]:
    """The states and bodies that take part."""
    keys = (*sighting.agents, *sighting.participants)
    return frozenset(analysis.employers.get(key, key) for key in keys)


def _fitting(sighting: Sighting, others: list[Sighting]) -> list[Sighting]:
    return [s for s in others if not (s.place and sighting.place and s.place != sighting.place)]


def _of_the_same(analysis: Analysis, sighting: Sighting, others: list[Sighting]) -> list[Sighting]:
    """What the same two or more did; of deeds that are told of often only where one opens the text."""
    sides = _sides(analysis, sighting)
    told = [s for s in _fitting(sighting, others) if len(sides) >= _SIDES and sides == _sides(analysis, s)]
    early = min((s.trigger.first for s in (sighting, *told)), default=0)
    lead = analysis.document.sentence_number(early) < _LEAD
    return [] if sighting.code in _OFTEN and not lead else told


def _of_the_lead(analysis: Analysis, sighting: Sighting, others: list[Sighting]) -> list[Sighting]:
    """What the lead says again of a headline."""
    number, sides = analysis.document.sentence_number, _sides(analysis, sighting)
    if number(sighting.trigger.first):
        return []
    near = [s for s in _fitting(sighting, others) if 0 < number(s.trigger.first) < _LEAD]
    return [s for s in near if sides & _sides(analysis, s)]


def _pointed_at(analysis: Analysis, sighting: Sighting, others: list[Sighting]) -> list[Sighting]:
    """ "The attack": what was told before; nothing where several may be meant."""
    tokens, first = analysis.document.tokens, sighting.trigger.first
    before = [s for s in _fitting(sighting, others) if s.trigger.first < first]
    same = all(_sides(analysis, sighting) & _sides(analysis, s) for s in before)
    return before if tokens[first].lower == "the" and same and len(before) == len(others) else []
