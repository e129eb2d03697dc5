"""The state or the side that an event is of which a text tells with nobody."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.armed import mains
from kg.reading.events.fights import BY_COURTS, FOUGHT_BY_TWO
from kg.reading.events.sightings import Sighting
from kg.reading.names.parties import SIDES
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_SPEAKERS = frozenset({"i", "we", "they", "he", "she"})
_WITHOUT_FORCE = {
    "COERCE": BY_COURTS
    | {"police", "policeman", "policemen", "detectives", "judge", "judges", "court", "courts", "jury"},
    "ASSAULT": frozenset({"crash", "crashes", "accident", "accidents", "collision", "derailment"}),
    "PROTEST": frozenset({"strike", "strikes", "walkout", "walkouts"}),
}
_POLITICAL = frozenset({
    "leader", "leaders", "opposition", "politician", "politicians", "lawmaker", "lawmakers", "minister",
    "ministers", "president", "journalist", "journalists", "reporters", "activist", "activists", "protester",
    "protesters", "protestors", "demonstrators", "dissident", "dissidents", "critics", "rebels", "militants",
    "rights",
})  # fmt: skip
_VOTING = frozenset({"State", "TerritorialAuthority"})
_OF_SEVERAL = frozenset({"Encounter", "CommunicationEvent"})


def with_homes(analysis: Analysis, found: list[Sighting]) -> Iterator[Sighting]:
    """What nobody is told of, as of the state it is in, or that the text is about, or the side before it."""
    main = mains(analysis).state
    agreed: Sighting | None = None
    for sighting in found:
        if sighting.kind == "AgreementEvent" and not sighting.participants:
            sighting = _of_agreed(analysis, sighting, agreed, main)
        if sighting.kind == "AgreementEvent" and sighting.participants:
            agreed = sighting
        sighting = _with_giver(analysis, sighting)
        if sighting.participants or sighting.kind in _OF_SEVERAL or _private(analysis, sighting):
            yield sighting
        elif voting := _voting(analysis, sighting):
            yield _with(sighting, voting)
        elif home := _home(analysis, sighting):
            yield replace(sighting, participants=(home,))
        elif meant := (None if sighting.place else main) or _before(analysis, sighting):
            yield _with(sighting, meant)
        else:
            yield sighting


def _with_giver(analysis: Analysis, sighting: Sighting) -> Sighting:
    """ "X agreed on aid to Y", "encouraged the X-ians to deliver their aid": X gives it."""
    giver = _before(analysis, sighting) if sighting.code == "AID" and not sighting.agents else None
    if giver is None:
        return sighting
    people = tuple(dict.fromkeys((giver.key, *sighting.participants)))
    return replace(sighting, participants=people, leans_on=(*sighting.leans_on, giver.range))


def _with(sighting: Sighting, meant: Reference) -> Sighting:
    leans_on = (*sighting.leans_on, meant.range)
    return replace(sighting, participants=(meant.key,), leans_on=leans_on, definite=False)


def _of_agreed(
    analysis: Analysis, sighting: Sighting, agreed: Sighting | None, main: Reference | None
) -> Sighting:
    """ "The ceasefire was signed in May": of those who agreed last, or of the text's state."""
    if agreed is not None:
        leans_on = (*sighting.leans_on, agreed.evidence)
        return replace(sighting, participants=agreed.participants, leans_on=leans_on, definite=False)
    told = event_table().words.sides | event_table().words.actors | _SPEAKERS
    if not told.isdisjoint(analysis.document.lowers(sighting.evidence)):
        return sighting  # "countries across the world agreed": it does not say which
    meant = main or _last_side(analysis, 0, sighting.evidence.first)
    return _with(sighting, meant) if meant else sighting


def _last_side(analysis: Analysis, first: int, last: int) -> Reference | None:
    tokens = analysis.document.tokens
    sides = [
        r
        for r in analysis.references.within(Range(first, last))
        if r.type in SIDES and (not r.adjective or tokens[r.range.last - 1].lower.endswith("s"))
    ]
    return sides[-1] if sides else None


def _private(analysis: Analysis, sighting: Sighting) -> bool:
    """Deaths without force, a strike at work, what police and courts do: news that no state is a side of."""
    if sighting.name == "Deaths" and sighting.code is None:
        return True
    words = analysis.document.lowers(sighting.evidence)
    private = not _WITHOUT_FORCE.get(sighting.code or "", frozenset()).isdisjoint(words)
    return private and _POLITICAL.isdisjoint(words)  # "police jailed ten journalists": the state did


def _home(analysis: Analysis, sighting: Sighting) -> str | None:
    """ "A blast in the capital", "attacks across X": the state in which it is."""
    named = analysis.references.within(sighting.evidence)
    places = [sighting.place or "", *(r.key for r in named if r.type in PLACES and not r.adjective)]
    states = (key if key.startswith("state/") else analysis.seats.get(key) for key in places)
    return next((key for key in states if key), None)


def _voting(analysis: Analysis, sighting: Sighting) -> Reference | None:
    """ "The opposition in X is weak. The vote is due in May": the state named last, here or just before."""
    if sighting.name != "Election":
        return None
    at = sighting.trigger.first
    before = max(0, analysis.document.sentence_number(at) - 1)
    near = analysis.references.within(Range(analysis.document.sentences[before].first, at))
    states = [r for r in near if r.type in _VOTING and r.form != "pronoun"]
    return states[-1] if states else None


def _before(analysis: Analysis, sighting: Sighting) -> Reference | None:
    """ "X called off the invasion", "X has 28 jets stationed at Y": the side named last before it."""
    by_two = not FOUGHT_BY_TWO.isdisjoint(analysis.document.lowers(sighting.trigger))
    if sighting.definite or by_two or sighting.kind == "AgreementEvent":
        return None
    first = sighting.evidence.first
    return _last_side(analysis, analysis.document.sentence(first).first, first)
