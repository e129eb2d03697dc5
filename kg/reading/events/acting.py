"""Conditions on whoever acts, where a verb has several meanings: by force, as a state, upon somebody."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.events.telling import Told
from kg.reading.events.undergone import armed_in, marching, victim
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table

_BECOMING = 12  # tokens behind "plunged X and Y" in which "into war" stands
_LEADING = frozenset({"into", "to", "towards", "toward", "in"})
_HELD = frozenset({
    "area", "areas", "region", "regions", "country", "territory", "territories", "province", "provinces",
    "district", "districts", "city", "cities", "town", "towns", "village", "villages", "capital", "base",
    "bases", "barracks", "camp", "camps", "outpost", "outposts", "post", "posts", "checkpoint", "checkpoints",
    "position", "positions", "front", "border", "zone", "airport", "airfield", "port", "enclave",
    "stronghold", "strongholds", "island", "valley", "peninsula", "homeland", "soil", "streets",
    "battlefield", "headquarters", "compound", "garrison", "neighbourhood", "neighborhood", "hills",
})  # fmt: skip
_CALLED = 6  # tokens behind "called" in which somebody is named


def forced(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody who is named, or those who use force or act for others, do it; or it is done to somebody."""
    table = event_table().words
    words = set(analysis.document.lowers(told.before))
    common = words & (table.forces | table.actors | table.sides | {"they"})
    return told.passive or bool(told.agents) or bool(common)


def slain(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Those who use force do it to a person or a group that is named, or a person undergoes it."""
    if told.passive:
        return victim(analysis, frame, told) or armed_in(analysis, told.before)
    table = event_table().words
    words = set(analysis.document.lowers(told.before))
    if words & table.mishaps:
        return False  # "a helicopter crash killed X"
    acts = bool(told.agents) or bool(words & (table.forces | table.attacks | {"they"}))
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    types = {r.type for r in (phrase.references if phrase else ())}
    return acts and bool(types & {"Person", "NonStateGroup"})


def called(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X called Y on Tuesday": not "called Y a liar"."""
    near = Range(told.verb.last, min(told.verb.last + _CALLED, told.sentence.last))
    people = [r for r in analysis.references.within(near) if r.type == "Person"]
    behind = people[-1].range.last if people else told.sentence.last
    tokens = analysis.document.tokens
    goes_on = behind < told.sentence.last and tokens[behind].lower in {"to", "on", "and", "after", "for", "."}
    timed = behind in analysis.time_tokens
    return bool(people) and bool(told.agents) and not told.passive and (goes_on or timed)


def recognised(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X recognised Y": a state does, by name; not "recognised that Y had"."""
    if analysis.document.lowers(Range(told.verb.last, told.verb.last + 1)) == ["that"]:
        return False
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    states = [r for r in (phrase.references if phrase else ()) if r.type == "State" and not r.adjective]
    return bool(states) and not told.passive and any(key.startswith("state/") for key in told.people)


def joined(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "worked with X", "linked up with the affiliate of Y": two sides, or armed people with somebody."""
    return len([key for key in told.people if not key.startswith("person/")]) > 1 and bool(told.agents)


def state(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """A state does it."""
    named = told.subject.references if told.subject else ()
    return not told.passive and any(r.type == "State" for r in named)


def freed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "Some twenty others have been released"."""
    return told.passive and not frame.subjects.isdisjoint(analysis.document.lowers(told.before))


def into(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "plunged X and Y into full-scale war", "slid towards chaos": what it becomes or brings about."""
    last = min(told.verb.last + _BECOMING, told.governed.last)
    words = analysis.document.lowers(Range(told.verb.last, last))
    led = next((at for at, word in enumerate(words) if word in _LEADING), None)
    return led is not None and not frame.objects.isdisjoint(words[led:])


def founded(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "founded the Z Front", "the front was founded in X": a group that goes by a name."""
    phrase = told.subject if told.passive else phrase_at(analysis, told.verb.last, told.sentence.last)
    groups = [r for r in (phrase.references if phrase else ()) if r.type == "NonStateGroup"]
    return phrase is not None and any(phrase.head in range(r.range.first, r.range.last) for r in groups)


def departing(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "The troops left", "left the village", "left for X": not "left flowers", "left the parade"."""
    group = any(r.type == "NonStateGroup" for r in (told.subject.references if told.subject else ()))
    if not group and not marching(analysis, frame, told):
        return False
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    if phrase is None or phrase.range.first in analysis.time_tokens:
        return not group or marching(analysis, frame, told)
    named = any(r.type in PLACES for r in phrase.references)
    return named or not _HELD.isdisjoint(analysis.document.lowers(phrase.range))


CONDITIONS = {
    "departing": departing,
    "into": into,
    "founded": founded,
    "freed": freed,
    "forced": forced,
    "slain": slain,
    "recognised": recognised,
    "called": called,
    "joined": joined,
    "state": state,
}
