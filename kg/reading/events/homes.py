"""The state that an attack, a coup or an election is in, where a place or nothing is told of it."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.armed import Mains
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import PLACES


def with_home(analysis: Analysis, sighting: Sighting) -> Sighting:
    """What is told with nobody in a state or its capital, as that of the state."""
    if sighting.participants:
        return sighting
    named = analysis.references.within(sighting.evidence)
    places = [sighting.place or "", *(r.key for r in named if r.type in PLACES and not r.adjective)]
    states = (key if key.startswith("state/") else analysis.seats.get(key) for key in places)
    state = next((key for key in states if key), None)
    return replace(sighting, participants=(state,)) if state else sighting


def at_home(analysis: Analysis, sighting: Sighting, of: Mains) -> Sighting:
    """ "Elections", "serious unrest", "thousands fled": those of the state that the text is about."""
    if of.state is None or sighting.participants or sighting.place:
        return sighting
    return replace(
        sighting, participants=(of.state.key,), leans_on=(*sighting.leans_on, of.state.range), definite=False
    )
