"""Whom a text means by "the rebels" or "the militants": the one armed group that it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_GROUP = "NonStateGroup"
_SHARE = 0.7  # of the mentions of armed groups that the one has which the text is about
_MENTIONS = 2
_CODES = frozenset({"ASSAULT", "COERCE", "RETREAT", "AGREE", "CONSULT", "MOBILIZE", "REJECT"})


def with_rebels(analysis: Analysis, found: Iterable[Sighting]) -> Iterator[Sighting]:
    """Acts of unnamed rebels are those of the one group whose text this is."""
    group = _of_text(analysis)
    for sighting in found:
        yield _with(analysis, sighting, group) if group and sighting.code in _CODES else sighting


def _of_text(analysis: Analysis) -> Reference | None:
    """The armed group that the text names most, if hardly another."""
    named = [r for r in analysis.references.items if r.type == _GROUP]
    counted = Counter(r.key for r in named)
    if not counted:
        return None
    key, count = max(counted.items(), key=lambda pair: (pair[1], pair[0]))
    enough = count >= _MENTIONS and count >= _SHARE * len(named)
    return next(r for r in named if r.key == key) if enough else None


def _with(analysis: Analysis, sighting: Sighting, group: Reference) -> Sighting:
    if group.key in sighting.participants or not any(_unnamed(analysis, sighting.evidence)):
        return sighting
    if any(r.type == _GROUP for r in analysis.references.within(sighting.evidence)):
        return sighting
    people = (*sighting.participants, group.key)
    return replace(sighting, participants=people, leans_on=(*sighting.leans_on, group.range))


def _unnamed(analysis: Analysis, part: Range) -> Iterator[bool]:
    """For each word for rebels whether no name stands before it: "Syrian rebels" are others."""
    words = event_table().words.rebels
    for index in range(part.first, part.last):
        if analysis.document.tokens[index].lower in words:
            yield index == 0 or analysis.references.at(index - 1) is None
