"""Whose war it is that people died in or fled from, where they are told with nobody."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.fights import fighting
from kg.reading.events.sightings import Sighting


def with_wars(analysis: Analysis, found: list[Sighting]) -> Iterator[Sighting]:
    """ "Some 40,000 dead", "thousands have fled": of the sides of the war told last, or first behind.

    A text without a war keeps them as they are: fires and crashes have no sides.
    """
    able = fighting(analysis)
    wars = [s for s in found if s.kind == "Conflict" and not able.isdisjoint(s.participants)]
    firsts = [war.trigger.first for war in wars]
    for sighting in found:
        if wars and not sighting.participants and _is_toll(sighting):
            war = wars[max(0, bisect_left(firsts, sighting.trigger.first) - 1)]
            sides = tuple(key for key in war.participants if key in able)
            leans_on = (*sighting.leans_on, war.evidence)
            sighting = replace(sighting, participants=sides, leans_on=leans_on)
        yield sighting


def _is_toll(sighting: Sighting) -> bool:
    """Deaths without an attack of their own, and flight."""
    return sighting.code is None and (sighting.name == "Deaths" or sighting.kind == "Displacement")
