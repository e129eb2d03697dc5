"""Whose "the new sanctions" and "the drills" are that are told with nobody: of those told last."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting

_TOLD_WITHIN = 300  # tokens between sanctions on somebody and "the sanctions"
_SHOWN = frozenset({"drills", "exercises", "launches", "tests", "manoeuvres", "maneuvers", "wargames"})


def with_whose(analysis: Analysis, found: list[Sighting]) -> Iterator[Sighting]:
    """Sanctions with nobody as those told last, dropped where none were; drills and tests as well."""
    last: Sighting | None = None
    shown: Sighting | None = None
    for sighting in found:
        if sighting.kind == "Sanctioning" and sighting.code == "SANCTION":
            if not sighting.participants and _by_noun(analysis, sighting):
                again = _of_last(sighting, last)
                if again is None:
                    continue
                sighting = again
            last = _with_target(sighting, last) if sighting.participants else last
        elif sighting.code == "MOBILIZE":
            if not sighting.participants and _pointing(analysis, sighting):
                sighting = _of_last(sighting, shown) or sighting
            shown = sighting if sighting.participants else shown
        yield sighting


def _with_target(sighting: Sighting, last: Sighting | None) -> Sighting:
    """ "Congress adopts sanctions", after those on X: its own are meant for X too."""
    if last is None or len(sighting.participants) > 1:
        return sighting
    both = tuple(dict.fromkeys((*sighting.participants, *last.participants)))[:2]
    return replace(sighting, participants=both, leans_on=(*sighting.leans_on, last.evidence))


def _by_noun(analysis: Analysis, sighting: Sighting) -> bool:
    """Whether a noun tells of it, or a verb with "sanctions" for its object: "impose sanctions"."""
    words = analysis.document.lowers(sighting.evidence)
    return not {"sanctions", "embargo"}.isdisjoint(words)


def _pointing(analysis: Analysis, sighting: Sighting) -> bool:
    """ "the three launches", "the drills"."""
    return not _SHOWN.isdisjoint(analysis.document.lowers(sighting.trigger))


def _of_last(sighting: Sighting, last: Sighting | None) -> Sighting | None:
    """As of those of whom it was told last."""
    if last is None or sighting.trigger.first - last.trigger.first > _TOLD_WITHIN:
        return None
    return replace(
        sighting,
        participants=last.participants,
        leans_on=(*sighting.leans_on, last.evidence, *last.leans_on),
        definite=False,
    )
