"""What happened, was planned or is alleged: all sightings of one event become one node."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model import Event
from kg.reading.analysis import Analysis
from kg.reading.events.attitudes import attitudes
from kg.reading.events.casualties import without_repeated
from kg.reading.events.certainty import vouched
from kg.reading.events.conflicts import once
from kg.reading.events.description import describe
from kg.reading.events.done_by import done_by
from kg.reading.events.efforts import efforts
from kg.reading.events.homes import with_homes
from kg.reading.events.meant import resumed
from kg.reading.events.meant_measures import with_whose
from kg.reading.events.noun_phrases import event_nouns
from kg.reading.events.nouns import from_noun
from kg.reading.events.presence import presences
from kg.reading.events.reduced import from_participle
from kg.reading.events.scenes import with_scenes
from kg.reading.events.set_apart import only_others
from kg.reading.events.sightings import Sighting
from kg.reading.events.told_again import dated_elsewhere
from kg.reading.events.tolls import with_wars
from kg.reading.events.verbs import from_verb
from kg.reading.events.visits import EXPECTING, due_visits, expected_visit
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table

_BESIDE = 2  # tokens between two verbs that tell of one event
# Kinds that have one instance per place and time in a text, however often it is told.
_OTHER = frozenset({"a", "an", "another", "previous", "earlier", "other", "two", "three", "several", "more"})
_OF_SIDES = frozenset({"Encounter", "Conflict"})
_MERGED = frozenset({"MilitaryOperation", "ControlChange", "Conflict", "Encounter", "Displacement"})


def sightings(analysis: Analysis) -> list[Sighting]:
    """Every sighting of an event that the text does not merely ask about, in its order."""
    furniture = analysis.document.is_furniture
    text = Range(0, len(analysis.document.tokens))
    telling = analysis.verbs_of(event_table().telling, text)
    found = _outermost(
        analysis,
        [s for verb in telling if (s := _from(analysis, verb))],
    )
    found += attitudes(analysis)
    told = {index: s for s in found for index in range(s.evidence.first, s.evidence.last)}
    for attempt in efforts(analysis, told):
        found.append(attempt)
        told.update(dict.fromkeys(range(attempt.evidence.first, attempt.evidence.last), attempt))
    for index in analysis.document.positions(event_nouns()):
        sighting = from_noun(analysis, index, told)
        if sighting:
            found.append(sighting)
            own = range(sighting.trigger.first, sighting.evidence.last)
            told.update({at: sighting for at in own if at not in told})
    found += [
        s for s in presences(analysis) if s.trigger.first not in told or told[s.trigger.first].code != s.code
    ]
    coming = analysis.verbs_of(EXPECTING, text)
    found += [s for verb in coming if (s := expected_visit(analysis, verb))]
    found += due_visits(analysis)
    apart = [s for sighting in found if (s := only_others(analysis, sighting))]
    told_of = [v for s in apart if (v := vouched(analysis, s)) and not furniture(s.trigger.first)]
    in_order = sorted(told_of, key=lambda s: s.trigger.first)
    meant = list(resumed(analysis, list(once(without_repeated(analysis, in_order)))))
    return list(with_homes(analysis, list(with_wars(analysis, list(with_whose(analysis, meant))))))


def _from(analysis: Analysis, verb: Verb) -> Sighting | None:
    bare = verb.first == verb.main and not verb.negated and verb.form in {"finite", "participle"}
    if not bare:
        return from_verb(analysis, verb)  # no participle of a noun
    return done_by(analysis, verb) or from_verb(analysis, verb) or from_participle(analysis, verb)


def _outermost(analysis: Analysis, found: list[Sighting]) -> list[Sighting]:
    """Without what was called off or refused: "cancelled plans to attend" is one event."""
    undone = [s for s in found if s.kind == "Cancellation" or s.code == "REJECT"]
    inside = {at for s in undone for at in range(s.trigger.last, s.evidence.last)}
    refused = {s.trigger.last - 1 for s in undone}  # "ruled out ceding land"
    tokens = analysis.document.tokens
    kept = [
        s
        for s in found
        if s.trigger.first not in inside
        or s in undone
        or (tokens[s.trigger.first - 1].lower != "to" and s.trigger.first - 1 not in refused)
    ]
    kept = [s for at, s in enumerate(kept) if not (at and _part_of(kept[at - 1], s))]
    return [s for at, s in enumerate(kept) if not (at and _agreed(kept[at - 1], s))]


def _agreed(outer: Sighting, inner: Sighting) -> bool:
    """ "X and Y agreed to restore ties": what two agree on is told with their agreement."""
    beside = 0 < inner.trigger.first - outer.trigger.last <= _BESIDE
    agreed = outer.code == "AGREE" and inner.code not in {None, "AGREE"} and inner.status == "planned"
    return beside and agreed and len(outer.agents) > 1 and inner.evidence.first <= outer.trigger.first


def _part_of(outer: Sighting, inner: Sighting) -> bool:
    """ "will continue facilitating negotiations": one event, told by two verbs side by side."""
    beside = inner.trigger.first - outer.trigger.last <= _BESIDE
    return beside and outer.code == inner.code and inner.trigger.first in outer.evidence


@dataclass(frozen=True)
class Happenings:
    """The events of a text, and which event each trigger word tells of."""

    events: tuple[Event, ...]
    at: dict[int, str]  # token of a trigger → event key

    def without(self, refusals: Iterable[Event]) -> "Happenings":
        """Without refusals that are told as those of a round."""
        told = [span for event in refusals for span in event.evidence]
        twice = {
            event.key
            for event in self.events
            if event.code == "REJECT"
            and any(a.start < b.end and b.start < a.end for a in event.evidence for b in told)
        }
        kept = tuple(event for event in self.events if event.key not in twice)
        return Happenings(kept, {index: key for index, key in self.at.items() if key not in twice})

    def within(self, part: Range) -> list[str]:
        """The keys of the events whose triggers stand in a range."""
        return list(dict.fromkeys(self.at[i] for i in range(part.first, part.last) if i in self.at))


class _Group:
    """Sightings of one event, with what is known of it from all of them."""

    def __init__(self, analysis: Analysis, first: Sighting) -> None:
        self.analysis = analysis
        self.sightings: list[Sighting] = []
        self.firsts: list[int] = []  # first tokens of their triggers, in order
        self.heads: dict[str, int] = {}  # last word of a trigger → where it stands first
        self.newest = -1  # the last trigger that tells of another one
        self.times: set[str] = set()
        self.places: set[str] = set()
        self.agents: set[str] = set()
        self.parties: set[str] = set()
        self.add(first)

    def add(self, sighting: Sighting) -> None:
        """Take in one more."""
        at, head = sighting.trigger.first, _head(self.analysis, sighting)
        self.sightings.append(sighting)
        insort(self.firsts, at)
        self.heads[head] = min(at, self.heads.get(head, at))
        if at > self.newest and _new(self.analysis, sighting):
            self.newest = at
        self.times.update([sighting.time.edtf] if sighting.time else [])
        self.places.update([sighting.place] if sighting.place else [])
        self.agents.update(sighting.agents)
        self.parties.update(sighting.participants)


def merge(
    analysis: Analysis, found: list[Sighting], quoted: dict[int, str], labels: dict[str, str]
) -> Happenings:
    """One event for all sightings that agree in kind, place and time.

    `quoted` gives for a token the key of the statement whose content holds it: an event that only such
    sightings tell of is alleged. `labels` names the places.
    """
    groups: list[_Group] = []
    for sighting in sorted(found, key=lambda s: (s.definite, s.time is None, s.trigger.first)):
        fitting = [g for g in groups if _same(analysis, g, sighting)] if _told(sighting) else []
        if fitting:
            min(fitting, key=lambda g: _distance(analysis, g, sighting)).add(sighting)
        elif not sighting.definite:
            groups.append(_Group(analysis, sighting))
    merged = with_scenes(analysis, dated_elsewhere(analysis, [group.sightings for group in groups]))
    events, at = [], {}
    stood: dict[str, tuple[str, str | None]] = {}
    for group in merged:
        event = describe(analysis, group, quoted, labels)
        if (known := stood.setdefault(event.key, (event.status, event.code))) != (event.status, event.code):
            apart = event.status if event.status != known[0] else (event.code or "untold").lower()
            event = replace(event, key=f"{event.key}-{apart}")  # what was planned is not what took place
        events.append(event)
        triggers = (part for s in group for part in (s.trigger, s.named) if part)
        at.update({index: event.key for part in triggers for index in range(part.first, part.last)})
    causes = [{at[s.cause] for s in group if s.cause in at} for group in merged]
    told = [replace(e, causes=tuple(sorted(c - {e.key}))) for e, c in zip(events, causes, strict=True)]
    return Happenings(tuple(told), at)


def _distance(analysis: Analysis, group: _Group, sighting: Sighting) -> tuple[bool, bool, int]:
    """Of those that "the explosions" may point to, one told by the same noun, by the same agent, nearby."""
    at = sighting.trigger.first
    behind = bisect_left(group.firsts, at)
    nearest = min(abs(first - at) for first in group.firsts[max(0, behind - 1) : behind + 1])
    other = sighting.definite and group.heads.get(_head(analysis, sighting), at) >= at
    return other, group.agents.isdisjoint(sighting.agents), nearest


def _told(sighting: Sighting) -> bool:
    """Whether enough is told of it to know it again: where, when, by whom, or "the" one told before."""
    known = sighting.definite or sighting.place or sighting.time or sighting.agents
    return bool(known) or sighting.kind in _OF_SIDES


def _head(analysis: Analysis, sighting: Sighting) -> str:
    return analysis.document.tokens[sighting.trigger.last - 1].lower.removesuffix("s")


def _sides(analysis: Analysis, keys: tuple[str, ...]) -> set[str]:
    """Participants as the states that they speak for: two presidents' meeting is their states' too."""
    return {analysis.employers.get(key, key) for key in keys}


def _first_told(analysis: Analysis, group: _Group, sighting: Sighting) -> bool:
    """Whether the later of the two attacks is told as one that is new, and no time says that it is not."""
    if sighting.kind != "MilitaryOperation" or (sighting.time and group.times):
        return False
    at = sighting.trigger.first
    return group.newest > at or (group.firsts[-1] <= at and _new(analysis, sighting))


def _new(analysis: Analysis, sighting: Sighting) -> bool:
    """ "a bombing", "previous attacks"."""
    return not _OTHER.isdisjoint(analysis.document.lowers(sighting.trigger)[:1])


def _same(analysis: Analysis, group: _Group, sighting: Sighting) -> bool:
    first = group.sightings[0]
    if first.kind != sighting.kind or first.kind not in _MERGED or first.status != sighting.status:
        return False
    if first.code != sighting.code:
        return False
    if sighting.kind == "Encounter":
        if sighting.time and group.times and sighting.time.edtf not in group.times:
            return False
        if sighting.place and group.places and sighting.place not in group.places:
            return False
        if set(first.participants) == set(sighting.participants):
            return True
        agree = bool(sighting.time and group.times) or bool(sighting.place and group.places)
        sides = _sides(analysis, first.participants) == _sides(analysis, sighting.participants)
        return sides and (agree or sighting.definite)
    if sighting.time and group.times and sighting.time.edtf not in group.times:
        return False
    if sighting.place and group.places and sighting.place not in group.places:
        return False
    if sighting.kind == "Conflict":
        parties = group.parties
        return not sighting.participants or not parties or set(sighting.participants) == parties
    if sighting.agents and group.agents and group.agents.isdisjoint(sighting.agents):
        return False
    if _first_told(analysis, group, sighting):
        return False
    # Two that merely do not contradict each other are two.
    agree = bool(sighting.place and group.places) or bool(sighting.time and group.times)
    alike = bool(sighting.agents) and set(sighting.participants) == set(first.participants)
    return agree or sighting.definite or alike
