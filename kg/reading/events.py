"""What happened, was planned or is alleged: all sightings of one event become one node."""

from dataclasses import dataclass, replace

from kg.identifiers import digest, slug
from kg.model import Event, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.document import Range
from kg.reading.event_nouns import from_noun
from kg.reading.event_verbs import due_visits, expected_visit, from_verb
from kg.reading.sightings import Sighting

_KINDS = {
    "MilitaryOperation": "Military operation", "ControlChange": "Change of control", "Encounter": "Meeting",
    "Displacement": "Displacement", "Cancellation": "Cancellation", "CommunicationEvent": "Public remarks",
    "Conflict": "Conflict",
}  # fmt: skip
# Kinds that have one instance per place and time in a text, however often it is told.
_MERGED = frozenset({"MilitaryOperation", "ControlChange", "Conflict", "Encounter", "Displacement"})


def sightings(analysis: Analysis) -> list[Sighting]:
    """Every sighting of an event, in the order of the text."""
    found = [s for verb in analysis.verbs if (s := from_verb(analysis, verb))]
    found += [s for index in range(len(analysis.document.tokens)) if (s := from_noun(analysis, index))]
    found += [s for verb in analysis.verbs if (s := expected_visit(analysis, verb))]
    found += due_visits(analysis)
    return sorted(found, key=lambda s: s.trigger.first)


@dataclass(frozen=True)
class Happenings:
    """The events of a text, and which event each trigger word tells of."""

    events: tuple[Event, ...]
    at: dict[int, str]  # token of a trigger → event key

    def within(self, part: Range) -> list[str]:
        """The keys of the events whose triggers stand in a range."""
        return list(dict.fromkeys(self.at[i] for i in range(part.first, part.last) if i in self.at))


def merge(
    analysis: Analysis, found: list[Sighting], quoted: dict[int, str], labels: dict[str, str]
) -> Happenings:
    """One event for all sightings that agree in kind, place and time.

    `quoted` gives for a token the key of the statement whose content holds it: an event that only such
    sightings tell of is alleged. `labels` names the places.
    """
    groups: list[list[Sighting]] = []
    for sighting in sorted(found, key=lambda s: (s.definite, s.time is None, s.trigger.first)):
        fitting = [g for g in groups if _same(analysis, g, sighting)]
        if fitting:
            min(fitting, key=lambda g: _distance(g, sighting)).append(sighting)
        elif not sighting.definite:
            groups.append([sighting])
    events, at = [], {}
    for group in groups:
        event = _event(analysis, group, quoted, labels)
        events.append(event)
        at.update({index: event.key for s in group for index in range(s.trigger.first, s.trigger.last)})
    causes = [{at[s.cause] for s in group if s.cause in at} for group in groups]
    told = [replace(e, causes=tuple(sorted(c - {e.key}))) for e, c in zip(events, causes, strict=True)]
    return Happenings(tuple(told), at)


def _distance(group: list[Sighting], sighting: Sighting) -> tuple[bool, int]:
    """One that shares the agent comes first, then the nearest in the text."""
    shares = any(set(s.agents) & set(sighting.agents) for s in group)
    return not shares, min(abs(s.trigger.first - sighting.trigger.first) for s in group)


def _sides(analysis: Analysis, keys: tuple[str, ...]) -> set[str]:
    """Participants as the states that they speak for, so that two presidents' meeting is their states' too."""
    return {analysis.employers.get(key, key) for key in keys}


def _same(analysis: Analysis, group: list[Sighting], sighting: Sighting) -> bool:
    first = group[0]
    if first.kind != sighting.kind or first.kind not in _MERGED or first.status != sighting.status:
        return False
    if sighting.kind == "Encounter":
        return _sides(analysis, first.participants) == _sides(analysis, sighting.participants)
    times = {s.time.edtf for s in group if s.time}
    places = {s.place for s in group if s.place}
    agents = {a for s in group for a in s.agents}
    parties = {p for s in group for p in s.participants}
    if sighting.time and times and sighting.time.edtf not in times:
        return False
    if sighting.place and places and sighting.place not in places:
        return False
    if sighting.kind == "Conflict":
        return not sighting.participants or not parties or set(sighting.participants) == parties
    return not sighting.agents or not agents or bool(agents & set(sighting.agents))


def _event(
    analysis: Analysis, group: list[Sighting], quoted: dict[int, str], labels: dict[str, str]
) -> Event:
    first = group[0]
    time = next((s.time for s in group if s.time), None)
    place = next((s.place for s in group if s.place), None)
    agents = tuple(sorted({a for s in group for a in s.agents}))
    participants = tuple(sorted({p for s in group for p in s.participants} | set(agents)))
    if first.kind == "Encounter":
        agents = participants = first.participants  # who met, as first told: people rather than their states
    voices = [quoted.get(s.trigger.last - 1) for s in group]
    alleged = tuple(sorted({v for v in voices if v})) if all(voices) else ()
    factuality = "alleged" if alleged and first.factuality == "asserted" else first.factuality
    key = _key(analysis, first.kind, place, time, participants)
    return Event(
        key, first.kind, _label(first.kind, place, time, participants, labels),
        analysis.spans(*(s.evidence for s in group)), factuality, first.status, agents, participants, place, time,
        first.code, (), alleged, None, (),
    )  # fmt: skip


def _key(
    analysis: Analysis, kind: str, place: str | None, time: TimeSpan | None, who: tuple[str, ...]
) -> str:
    when = time.edtf if time else ""
    where = place.split("/", 1)[1] if place else ""
    mark = digest(analysis.source.key, kind, place or "", when, *who, length=8)
    return "event/" + "-".join(
        part for part in (slug(_KINDS[kind]), where, slug(when) if when else "", mark) if part
    )


def _label(
    kind: str, place: str | None, time: TimeSpan | None, who: tuple[str, ...], labels: dict[str, str]
) -> str:
    """Neutral: kind, who or where, and when; never a party's own term."""
    parts = [_KINDS[kind]]
    if kind in {"Encounter", "Conflict", "CommunicationEvent", "Cancellation"} and who:
        parts[0] += ": " + " – ".join(labels.get(key, key) for key in who)
    if place:
        parts.append(labels.get(place, place))
    if time:
        parts.append(time.edtf)
    return ", ".join(parts)
