"""Whom a text means by "the rebels" or "the government": the group or state that it names first and most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_OF_STATES = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "AGREE"})
_OF_GROUPS = _OF_STATES | {"CONSULT", "REJECT"}
_OFTEN = 2  # it must be named as often, and twice as often as the next
_GROUPS = "NonStateGroup"
_NEW = frozenset({"a", "an", "another", "rival"})
_MODIFIERS = 3  # words before such a noun: "a smaller rebel group"
_FIGHTERS = event_table().words.armed_groups - {"group", "militia", "insurgency"}


@dataclass(frozen=True, slots=True)
class Mains:
    """The first mention of the armed group, and of the state, that a text is about, if it is about one."""

    group: Reference | None
    state: Reference | None


def mains(analysis: Analysis) -> Mains:
    """What the text's common nouns for those who use force stand for."""
    named = [r for r in analysis.references.items if r.form != "pronoun" and not r.adjective]
    groups = [r for r in named if r.type == _GROUPS]
    return Mains(
        _foremost(groups) or next((r for r in groups if _called_so(analysis, r)), None),
        _foremost(r for r in named if r.type == "State"),
    )


def _called_so(analysis: Analysis, reference: Reference) -> bool:
    """ "Front for X insurgents": the text itself calls the group one of those nouns."""
    last = reference.range.last  # of "Coastal Front insurgents", or "pro-X rebels" in its own words
    words = analysis.document.lowers(Range(last - 1, min(last + 1, len(analysis.document.tokens))))
    return not _FIGHTERS.isdisjoint(words)


def _foremost(named: Iterable[Reference]) -> Reference | None:
    found = list(named)
    counts = Counter(reference.key for reference in found).most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[1][1] * 2 > counts[0][1]):
        return None
    return found[0] if found[0].key == counts[0][0] else None


def with_forces(analysis: Analysis, sighting: Sighting, of: Mains) -> Sighting:
    """What "the rebels" or "the government" did, as of those whom the text means."""
    known = {key.split("/", 1)[0] for key in sighting.participants}
    words = event_table().words
    if of.group and sighting.code in _OF_GROUPS and "group" not in known:
        if not known and _abducted(analysis, sighting):
            people = (*sighting.participants, of.group.key)
            return replace(sighting, participants=people, leans_on=(*sighting.leans_on, of.group.range))
        sighting = _with(analysis, sighting, of.group, words.armed_groups)
    if of.state and sighting.code in _OF_STATES and "state" not in known:
        sighting = _with(analysis, sighting, of.state, words.state_forces)
    return sighting


def _of_it(analysis: Analysis, index: int, meant: Reference) -> bool:
    """Whether no name stands there, or a part of the group's own: "Coastal rebels" of a Coastal Front."""
    named = analysis.references.at(index)
    return named is None or analysis.document.tokens[index].text in meant.label.split()


def _another(analysis: Analysis, index: int) -> bool:
    """ "A smaller rebel group", "other militants": none that the text has told of."""
    before = Range(max(analysis.document.sentence(index).first, index - _MODIFIERS), index)
    return not _NEW.isdisjoint(analysis.document.lowers(before))


def _abducted(analysis: Analysis, sighting: Sighting) -> bool:
    """ "The girls were kidnapped": what armed groups do, where nobody is told to have done it."""
    return not event_table().words.abducting.isdisjoint(analysis.document.lowers(sighting.trigger))


def _with(analysis: Analysis, sighting: Sighting, meant: Reference, nouns: frozenset[str]) -> Sighting:
    """With whom one of the nouns means that no name stands before: "Syrian rebels" are others."""
    part, tokens = sighting.evidence, analysis.document.tokens
    unnamed = (
        index == 0 or (_of_it(analysis, index - 1, meant) and not _another(analysis, index))
        for index in range(part.first, part.last)
        if tokens[index].lower in nouns
    )
    if not any(unnamed):
        return sighting
    people = tuple(dict.fromkeys((*sighting.participants, meant.key)))
    return replace(sighting, participants=people, leans_on=(*sighting.leans_on, meant.range))
