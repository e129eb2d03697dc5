"""Whom a text means by "the rebels" or "the government": the group or state that it names first and most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import Reference
from kg.reading.words.events import event_table

_OF_FORCE = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE"})
_OFTEN = 2  # it must be named as often, and twice as often as the next
_GROUPS = "NonStateGroup"


@dataclass(frozen=True, slots=True)
class Mains:
    """The first mention of the armed group, and of the state, that a text is about, if it is about one."""

    group: Reference | None
    state: Reference | None


def mains(analysis: Analysis) -> Mains:
    """What the text's common nouns for those who use force stand for."""
    named = [r for r in analysis.references.items if r.form != "pronoun" and not r.adjective]
    return Mains(
        _foremost(r for r in named if r.type == _GROUPS),
        _foremost(r for r in named if r.type == "State"),
    )


def _foremost(named: Iterable[Reference]) -> Reference | None:
    found = list(named)
    counts = Counter(reference.key for reference in found).most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[1][1] * 2 > counts[0][1]):
        return None
    return found[0] if found[0].key == counts[0][0] else None


def with_forces(analysis: Analysis, sighting: Sighting, of: Mains) -> Sighting:
    """An act of force by "the rebels" or "government forces" as one of whom the text means."""
    if sighting.code not in _OF_FORCE:
        return sighting
    words = set(analysis.document.lowers(sighting.evidence))
    known = {key.split("/", 1)[0] for key in sighting.participants}
    if of.group and "group" not in known and words & event_table().words.armed_groups:
        sighting = _with(sighting, of.group)
    if of.state and "state" not in known and words & event_table().words.state_forces:
        sighting = _with(sighting, of.state)
    return sighting


def _with(sighting: Sighting, reference: Reference) -> Sighting:
    people = tuple(dict.fromkeys((*sighting.participants, reference.key)))
    return replace(sighting, participants=people, leans_on=(*sighting.leans_on, reference.range))
