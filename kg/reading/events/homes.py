"""The state that an attack, a coup or an election is in, where a place or nothing is told of it."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.armed import Mains
from kg.reading.events.sightings import Sighting
from kg.reading.words.events import event_table

_OF_STATES = frozenset({"Coup", "Election"})
_AT_HOME = _OF_STATES | {"Uprising"}


def with_home(analysis: Analysis, sighting: Sighting) -> Sighting:
    """What is told with nobody in a state or its capital, as that of the state."""
    if sighting.participants or sighting.place is None or not _hits(analysis, sighting):
        return sighting
    place = sighting.place
    state = place if place.startswith("state/") else analysis.seats.get(place)
    return replace(sighting, participants=(state,)) if state else sighting


def at_home(analysis: Analysis, sighting: Sighting, of: Mains) -> Sighting:
    """ "Elections", "serious unrest", "thousands fled": those of the state that the text is about."""
    home = sighting.kind in {"Conflict", "Protest"} or sighting.name in _AT_HOME
    home = home or (sighting.kind == "Displacement" and not _armed(analysis, sighting))
    if of.state is None or not home or sighting.participants or sighting.place:
        return sighting
    return replace(
        sighting, participants=(of.state.key,), leans_on=(*sighting.leans_on, of.state.range), definite=False
    )


def _armed(analysis: Analysis, sighting: Sighting) -> bool:
    """ "rebels fled": not the people of a state."""
    return not event_table().words.forces.isdisjoint(analysis.document.lowers(sighting.evidence))


def _hits(analysis: Analysis, sighting: Sighting) -> bool:
    """An attack on whoever is there; not fighting, which others may do there."""
    words = set(analysis.document.lowers(sighting.evidence))
    bombed = sighting.kind in {"MilitaryOperation", "Event"} and sighting.code == "ASSAULT"
    home = sighting.name in _OF_STATES or sighting.kind == "Displacement"
    return home or (bombed and not words.isdisjoint(event_table().words.bombings))
