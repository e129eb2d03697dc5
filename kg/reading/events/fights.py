"""Whose fight it is that a text goes on to tell of without names: "the shelling", "ten were captured"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.names.parties import SIDES
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

HOSTILE = frozenset({"ASSAULT", "COERCE"})
FOUGHT_BY_TWO = frozenset({"clashes", "fighting", "skirmishes", "hostilities"})
BY_COURTS = frozenset({
    "arrested", "jailed", "imprisoned", "sentenced", "convicted", "deported", "extradited", "arrests",
})  # fmt: skip
_SIDES = SIDES | {"IntergovernmentalOrganisation"}
_WITHIN = 200  # tokens between two passages that tell of one fight
_ARMED = frozenset({"army", "forces", "military", "guard", "guards", "brigade", "brigades", "coalition"})


def by_nobody(analysis: Analysis, sighting: Sighting) -> bool:
    """Force that is told without those who use or undergo it; "rebels seized ten" may be other rebels."""
    hostile = sighting.code in HOSTILE or sighting.kind == "Release"
    if not hostile or sighting.participants or sighting.agents:
        return False
    if not BY_COURTS.isdisjoint(analysis.document.lowers(sighting.trigger)):
        return False  # "another man was arrested"
    before = Range(sighting.evidence.first, max(sighting.evidence.first, sighting.trigger.first))
    return event_table().words.armed_groups.isdisjoint(analysis.document.lowers(before))


def at_war(found: Iterable[Sighting]) -> frozenset[str]:
    """Those who use force or undergo it in several passages."""
    fought = Counter(key for s in found if s.code in HOSTILE for key in s.participants)
    return frozenset(key for key, times in fought.items() if times > 1)


def fighting(analysis: Analysis) -> frozenset[str]:
    """Those whom a text names that can be a side of a fight: states, armed groups, unions, armies."""
    return frozenset(r.key for r in analysis.references.items if r.type in _SIDES or _is_army(r))


def _is_army(reference: Reference) -> bool:
    return reference.type == "Organisation" and not _ARMED.isdisjoint(reference.label.lower().split())


def of_fight(
    sighting: Sighting, fights: dict[str, Sighting], often: frozenset[str], able: frozenset[str]
) -> Sighting:
    """ "The shelling", "ten were captured": of those whose fight was told last, or will be told first.

    Those in `able` can be a side. Persons who were only hit once, or whom a fight is about, are none; those
    in `often` are.
    """
    near = [f for f in fights.values() if _fits(sighting, f) and _sides(f, often, able)]
    fight = min(near, key=lambda f: (f.code != sighting.code, f.code != "COERCE"), default=None)
    if fight is None:
        return sighting
    return replace(
        sighting,
        participants=_sides(fight, often, able),
        leans_on=(*sighting.leans_on, fight.evidence, *fight.leans_on),
    )


def _sides(fight: Sighting, often: frozenset[str], able: frozenset[str]) -> tuple[str, ...]:
    """No outlet, firm or office is one."""
    sides = tuple(key for key in fight.participants if key in able)
    persons = (key for key in fight.participants if key.startswith("person/"))
    return sides or tuple(key for key in persons if key in often or key in fight.agents)


def _fits(sighting: Sighting, fight: Sighting) -> bool:
    """Whether a fight is told nearby, and of no other place."""
    elsewhere = sighting.place and fight.place and sighting.place != fight.place
    return abs(sighting.trigger.first - fight.trigger.first) <= _WITHIN and not elsewhere
