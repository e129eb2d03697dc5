"""Whom a text means by "the rebels" or "the militants": the armed group that it names first and most."""

from collections import Counter
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import Reference
from kg.reading.words.events import event_table

_OF_FORCE = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE"})
_OFTEN = 2  # it must be named as often, and twice as often as the next


def main_group(analysis: Analysis) -> Reference | None:
    """The first mention of the armed group that the text is about."""
    groups = [r for r in analysis.references.items if r.type == "NonStateGroup" and r.form != "pronoun"]
    counts = Counter(group.key for group in groups).most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[1][1] * 2 > counts[0][1]):
        return None
    return groups[0] if groups[0].key == counts[0][0] else None


def with_group(analysis: Analysis, sighting: Sighting, group: Reference | None) -> Sighting:
    """An act of force by "the rebels" as one of the text's armed group."""
    if group is None or sighting.code not in _OF_FORCE:
        return sighting
    if any(key.startswith("group/") for key in sighting.participants):
        return sighting
    words = analysis.document.lowers(sighting.evidence)
    if event_table().words.armed_groups.isdisjoint(words):
        return sighting
    people = tuple(dict.fromkeys((*sighting.participants, group.key)))
    return replace(sighting, participants=people, leans_on=(*sighting.leans_on, group.range))
