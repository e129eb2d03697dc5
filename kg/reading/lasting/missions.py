"""Missions sent to watch, to keep apart or to inspect: whose they are, where they work and what for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.identifiers import slug
from kg.model import Mission, StatusReport
from kg.reading.clauses.phrases import phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.lasting.standing import status_of
from kg.reading.lasting.told import BODIES, Told
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.lasting import lasting_table

_KIND_WITHIN = 3  # tokens before the noun: "peacekeeping and stabilisation force"
_PLACE_WITHIN = 4  # tokens behind "in": "in the disputed northern region of"
_SENT_WITHIN = 9  # tokens between "deployed" and the noun
_LABELS = {
    "MonitoringMission": "monitoring mission",
    "PeacekeepingMission": "peacekeeping mission",
    "InspectionBody": "inspection mission",
}


@dataclass(frozen=True)
class _Sighting:
    """One place where a text speaks of a mission."""

    head: int
    type: str
    part: Range
    named: Reference | None
    senders: tuple[Reference, ...]
    area: Reference | None
    tasks: frozenset[str]
    monitors: tuple[str, ...]


def missions(told: Told) -> tuple[tuple[Mission, ...], tuple[StatusReport, ...]]:
    """Every mission that the outlet itself speaks of and that a sender, a place or a name tells apart."""
    groups: list[list[_Sighting]] = []
    known: dict[tuple[str, str], int] = {}
    for sighting in _sightings(told):
        marks = _marks(sighting)
        at = next((known[m] for m in marks if m in known and _fits(groups[known[m]], sighting)), None)
        if at is None:
            at = len(groups)
            groups.append([])
        groups[at].append(sighting)
        known.update({mark: at for mark in marks if mark not in known})
    made = [(_mission(told, group), group) for group in groups]
    reports = (r for m, group in made for s in group for r in status_of(told, m, s.head, s.part))
    return tuple(m for m, _ in made), tuple(reports)


def _marks(sighting: _Sighting) -> list[tuple[str, str]]:
    """What tells it apart, the name first."""
    named = [sighting.named.key] if sighting.named else []
    keys = [*named, *(r.key for r in sighting.senders), *([sighting.area.key] if sighting.area else [])]
    return [(sighting.type, key) for key in keys]


def _fits(group: list[_Sighting], sighting: _Sighting) -> bool:
    """No other name, sender or place than the ones before."""
    senders = {r.key for s in group for r in s.senders}
    areas = {s.area.key for s in group if s.area}
    own = {r.key for r in sighting.senders}
    apart = sighting.area and areas and sighting.area.key not in areas
    return not apart and (not own or not senders or bool(own & senders))


def _sightings(told: Told) -> Iterator[_Sighting]:
    table = lasting_table().mission
    wanted = table.nouns | table.alone.keys() | table.observers
    for head in told.analysis.document.positions(wanted):
        kind = _kind(told, head) if told.in_own_voice(head) else None
        found = _sighting(told, head, kind) if kind else None
        if found and (found.named or found.senders or found.area):
            yield found
    yield from _listed(told)


def _listed(told: Told) -> Iterator[_Sighting]:
    """ "UNMISS", "the EU mission in X (EUMM)": what the authority data list, and what its initials follow."""
    analysis = told.analysis
    for named in analysis.references.items:
        head = named.range.last - 1
        kind = analysis.missions.get(named.key) or _by_initials(told, named)
        if kind and named.form != "pronoun" and not named.adjective and told.in_own_voice(head):
            area, end = _area(told, named.range.last, analysis.document.sentence(head))
            part = Range(named.range.first, end)
            yield _Sighting(head, kind, part, named, (), area, frozenset(), ())


def _by_initials(told: Told, named: Reference) -> str | None:
    """The class of an unlisted "X Mission in Y (XYZ)" of an organisation of states."""
    document, last = told.analysis.document, named.range.last
    opened = document.tokens[last : last + 3]
    bracket = len(opened) > 2 and opened[0].text == "(" and opened[2].text == ")" and opened[1].text.isupper()
    words = document.lowers(named.range)
    if (
        named.known
        or not bracket
        or "mission" not in words
        or lasting_table().mission.bodies.isdisjoint(words)
    ):
        return None
    kinds = lasting_table().mission.kinds
    return next((kinds[word] for word in words if word in kinds), "Mission")


def _kind(told: Told, head: int) -> str | None:
    """The class of the mission by its noun and the words before it."""
    document, table = told.analysis.document, lasting_table().mission
    word, first = document.tokens[head].lower, max(document.sentence(head).first, head - _KIND_WITHIN)
    before = document.lowers(Range(first, head))
    if word in table.alone:
        return table.alone[word]
    if word in table.observers:
        return "MonitoringMission" if table.observing & set(before[-1:]) else None
    return next((table.kinds[w] for w in reversed(before) if w in table.kinds), None)


def _sighting(told: Told, head: int, kind: str) -> _Sighting:
    analysis, sentence = told.analysis, told.analysis.document.sentence(head)
    named = analysis.references.at(head)
    named = named if named and named.type in BODIES and not named.adjective else None
    first = named.range.first if named else phrase_start(analysis, head)
    last = named.range.last if named else head + 1
    area, end = _area(told, last, sentence)
    before = () if named else tuple(r for r in analysis.references.within(Range(first, head)) if _sends(r))
    sent, start = _senders(told, first, last, sentence)
    senders = before or sent
    tasks = frozenset(told.phrase_in(lasting_table().mission.tasks, sentence))
    watched = told.talks_in(analysis.spans(sentence)) if "monitor-ceasefire" in tasks else []
    monitors = tuple(t.key for t in watched if t.key.startswith("agreement/"))
    part = Range(min(first, start), max(end, last))
    return _Sighting(head, kind, part, named, senders, area, tasks, monitors if len(monitors) == 1 else ())


def _sends(reference: Reference) -> bool:
    return reference.type in {"State", "IntergovernmentalOrganisation"}


def _area(told: Told, index: int, sentence: Range) -> tuple[Reference | None, int]:
    """The place behind "in" or "to", and where its words end."""
    document, words = told.analysis.document, lasting_table().mission.sending
    skipped = (words.words | grammar().finite_helpers) - words.places
    while index < sentence.last and document.tokens[index].lower in skipped:
        index += 1
    if index >= sentence.last or document.tokens[index].lower not in words.places:
        return None, index
    for at in range(index + 1, min(index + 1 + _PLACE_WITHIN, sentence.last)):
        reference = told.analysis.references.at(at)
        if reference:
            return (reference, reference.range.last) if _is_area(reference) else (None, index)
    return None, index


def _is_area(reference: Reference) -> bool:
    return reference.type in PLACES and not reference.adjective


def _senders(told: Told, first: int, last: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """Who deployed it, whoever leads it, or the body that authorised it, and where the words for it begin."""
    analysis, words = told.analysis, lasting_table().mission.sending
    verb = analysis.verb_before(first, sentence)
    sent = verb and verb.form == "finite" and verb.lemma in words.verbs | words.authorising
    if verb and sent and first - verb.last <= _SENT_WITHIN and not verb.negated:
        subject = subject_of(analysis, verb, sentence)
        found = tuple(r for r in (subject.references if subject else ()) if _sends(r))
        if subject and found:
            return found, min(subject.range.first, verb.first)
    by = analysis.document.lowers(Range(last, min(last + 3, sentence.last)))
    if len(by) > 1 and by[0] in words.leading | words.words and by[1] == "by":
        return tuple(r for r in told.agents_at(last + 2, sentence.last) if _sends(r)), first
    return (), first


def _mission(told: Told, group: list[_Sighting]) -> Mission:
    """One mission of all that its sightings tell."""
    named = next((s.named for s in group if s.named), None)
    senders = {r.key: r for s in group for r in s.senders}
    area = next((s.area.key for s in group if s.area), None)
    bodies = tuple(sorted(k for k, r in senders.items() if r.type == "IntergovernmentalOrganisation"))
    states = tuple(sorted(k for k, r in senders.items() if r.type == "State"))
    kind, spans = group[0].type, {span for s in group for span in told.analysis.spans(s.part)}
    mission = Mission(
        named.key if named else "",
        kind,
        told.label(named.key) if named else "",
        tuple(sorted(spans)),
        area=area,
        contributors=states,
        mandated_by=bodies,
        tasks=tuple(sorted(set().union(*(s.tasks for s in group)))),
        monitors=tuple(sorted({key for s in group for key in s.monitors})),
        named=named is not None,
    )
    return mission if named else _named_by_parts(told, mission)


def _named_by_parts(told: Told, mission: Mission) -> Mission:
    """Kind, senders and place make a neutral name."""
    senders, area = (*mission.mandated_by, *mission.contributors), mission.area
    words = [told.label(*senders)] if senders else []
    words += [_LABELS[mission.type], *([f"in {told.label(area)}"] if area else [])]
    label = " ".join(words)
    return replace(mission, key=f"organisation/{slug(label)}", label=label[0].upper() + label[1:])
