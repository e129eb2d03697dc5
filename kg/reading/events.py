"""What happened, was planned or is alleged: events from verbs and from nouns, one node for one thing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.identifiers import digest, slug
from kg.model import Event, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.grammar import grammar
from kg.reading.nouns import noun_table
from kg.reading.references import Reference
from kg.reading.verbs import Verb, verb_table

_AGENTS = frozenset({"Person", "State", "Organisation", "IntergovernmentalOrganisation", "NonStateGroup"})
_PLACES = frozenset({"Place", "State"})
_CONTROLLED = frozenset({"lead", "force", "prompt", "urge", "ask", "order", "allow", "want", "push"})
_PLANNING = frozenset(
    {"plan", "agree", "expect", "schedule", "intend", "prepare", "promise", "offer", "decide"}
)
_KINDS = {
    "MilitaryOperation": "Military operation", "ControlChange": "Change of control", "Encounter": "Meeting",
    "Displacement": "Displacement", "Cancellation": "Cancellation", "CommunicationEvent": "Public remarks",
    "Conflict": "Conflict",
}  # fmt: skip
# Kinds that have one instance per place and time in a text, however often it is told.
_MERGED = frozenset({"MilitaryOperation", "ControlChange", "Conflict", "Encounter", "Displacement"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where the text tells of an event; several sightings can be one event."""

    kind: str
    trigger: Range
    evidence: Range
    code: str | None = None
    agents: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    place: str | None = None
    time: TimeSpan | None = None
    status: str = "occurred"
    factuality: str = "asserted"
    definite: bool = False  # "the operation": one that was told before
    antecedents: tuple[Range, ...] = ()


def sightings(analysis: Analysis) -> list[Sighting]:
    """Every sighting of an event, in the order of the text."""
    found = [s for verb in analysis.verbs if (s := _from_verb(analysis, verb))]
    found += [s for index in range(len(analysis.document.tokens)) if (s := _from_noun(analysis, index))]
    found += [s for verb in analysis.verbs if (s := _expected_visit(analysis, verb))]
    found += _due_visits(analysis)
    return sorted(found, key=lambda s: s.trigger.first)


def _from_verb(analysis: Analysis, verb: Verb) -> Sighting | None:
    kind, code = verb_table().events.get(verb.lemma, ("", None))
    sentence = analysis.document.sentence(verb.main)
    if not kind or kind == "Refusal" or verb.negated or not _told(analysis, verb, sentence):
        return None
    subject = _doer(analysis, verb, sentence)
    patient = phrase_at(analysis, verb.last, sentence.last)
    passive = verb.form in {"passive", "participle"}
    agents = () if passive else _keys(subject, _AGENTS)
    acted_on = _keys(patient, _PLACES | _AGENTS)
    builder = {"Encounter": _encounter, "ControlChange": _control, "CommunicationEvent": _remarks}.get(
        kind, _plain
    )
    sighting = builder(analysis, verb, sentence, subject, agents, acted_on)
    return replace(sighting, code=code, **_mood(analysis, verb)) if sighting else None


def _told(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """An infinitive tells of an event only behind a verb that plans it or brings it about."""
    if verb.form != "infinitive":
        return True
    before = analysis.verb_before(verb.first, sentence)
    return before is not None and before.lemma in _CONTROLLED | _PLANNING and verb.first - before.last <= 4


def _doer(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """The subject; of "X led Y to do" it is Y."""
    if verb.form == "infinitive":
        before = analysis.verb_before(verb.first, sentence)
        if before and before.lemma in _CONTROLLED:
            phrase = phrase_at(analysis, before.last, verb.first)
            if phrase and phrase.references:
                return phrase
    return subject_of(analysis, verb, sentence)


def _keys(phrase: Phrase | None, types: frozenset[str]) -> tuple[str, ...]:
    references = phrase.references if phrase else ()
    return tuple(dict.fromkeys(r.key for r in references if r.type in types))


def _mood(analysis: Analysis, verb: Verb) -> dict[str, str]:
    if verb.modality == "possible" or verb.modality == "necessary":
        return {"status": "planned", "factuality": "possible"}
    if verb.modality == "future":
        return {"status": "planned", "factuality": "expected"}
    before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
    if verb.form == "infinitive" and not (before and before.lemma in _CONTROLLED):
        return {"status": "planned", "factuality": "possible"}
    return {}


def _encounter(
    analysis: Analysis,
    verb: Verb,
    sentence: Range,
    subject: Phrase | None,
    agents: tuple[str, ...],
    acted: tuple[str, ...],
) -> Sighting | None:
    """Two who meet: a joint subject, an object, or "with X"."""
    others = tuple(r.key for r in _with(analysis, verb.last, sentence)) if verb.lemma != "visit" else ()
    met = acted if verb.lemma in {"meet", "host"} else ()
    people = tuple(dict.fromkeys((*agents, *met, *others)))
    if len(people) < 2 or subject is None:
        return None
    part = _cover(subject.range, verb.range, _end(analysis, verb.last, sentence))
    return Sighting(
        "Encounter",
        Range(verb.main, verb.last),
        part,
        None,
        agents,
        people,
        None,
        _time(analysis, part, sentence),
    )


def _control(
    analysis: Analysis,
    verb: Verb,
    sentence: Range,
    subject: Phrase | None,
    agents: tuple[str, ...],
    acted: tuple[str, ...],
) -> Sighting | None:
    """Somebody takes control of a place, named as the object or as what "which" refers to."""
    place = next((r for r in _object_places(analysis, verb, sentence)), None)
    if place is None or (not agents and subject is None):
        return None
    part = _cover(
        place.range,
        subject.range if agents and subject else verb.range,
        verb.range,
        _end(analysis, verb.last, sentence),
    )
    return Sighting(
        "ControlChange",
        Range(verb.main, verb.last),
        part,
        None,
        agents,
        agents,
        place.key,
        _time(analysis, part, sentence),
    )


def _object_places(analysis: Analysis, verb: Verb, sentence: Range) -> Iterable[Reference]:
    phrase = phrase_at(analysis, verb.last, sentence.last)
    last = min(sentence.last, (phrase.range.last if phrase else verb.last) + 4)
    yield from (
        r for r in analysis.references.within(Range(verb.last, last)) if r.type == "Place" and not r.adjective
    )
    tokens = analysis.document.tokens
    if last > verb.last and tokens[verb.last].lower in grammar().pronouns_thing:
        yield from _places_before(analysis, verb.first, 1)
    for index in range(verb.first - 1, sentence.first, -1):
        if tokens[index].lower == "which":
            near = Range(max(sentence.first, index - 4), index)
            yield from (r for r in analysis.references.within(near) if r.type == "Place" and not r.adjective)


def _places_before(analysis: Analysis, index: int, back: int) -> list[Reference]:
    number = analysis.document.sentence_number(index)
    parts = analysis.document.sentences[max(0, number - back) : number]
    found = [
        r for part in parts for r in analysis.references.within(part) if r.type == "Place" and not r.adjective
    ]
    return found[-1:]


def _remarks(
    analysis: Analysis,
    verb: Verb,
    sentence: Range,
    subject: Phrase | None,
    agents: tuple[str, ...],
    acted: tuple[str, ...],
) -> Sighting | None:
    """Somebody speaks in public: only where a place or a time is told."""
    part = Range(subject.range.first, sentence.last) if subject else sentence
    place, time = _place(analysis, Range(verb.last, sentence.last)), _time(analysis, part, sentence)
    if not agents or not (place and time):
        return None
    return Sighting(
        "CommunicationEvent", Range(verb.main, verb.last), part, None, agents, agents, place.key, time
    )


def _plain(
    analysis: Analysis,
    verb: Verb,
    sentence: Range,
    subject: Phrase | None,
    agents: tuple[str, ...],
    acted: tuple[str, ...],
) -> Sighting | None:
    kind = verb_table().events[verb.lemma][0]
    if subject is None or (kind == "Cancellation" and not agents):
        return None
    end = _end(analysis, verb.last, sentence)
    part = _cover(subject.range, verb.range, end) if kind != "Displacement" else _cover(verb.range, end)
    place = _place(analysis, end)
    return Sighting(
        kind, Range(verb.main, verb.last), part, None, agents, tuple(dict.fromkeys((*agents, *acted))),
        place.key if place else None, _time(analysis, part, sentence),
    )  # fmt: skip


def _with(analysis: Analysis, index: int, sentence: Range) -> list[Reference]:
    """The agents that "with" introduces after a token of the sentence."""
    end = _end(analysis, index, sentence)
    for at in range(end.first, end.last):
        if analysis.document.tokens[at].lower == "with":
            phrase = phrase_at(analysis, at + 1, end.last)
            return [r for r in phrase.references if r.type in _AGENTS] if phrase else []
    return []


def _end(analysis: Analysis, index: int, sentence: Range) -> Range:
    """From a token to the end of its clause: a comma, a semicolon, a full stop or a further finite clause."""
    tokens = analysis.document.tokens
    last = index
    while last < sentence.last and tokens[last].text not in {",", ";", ".", "–", "—", '"', "”", ":"}:
        if tokens[last].lower in {"which", "who", "while", "but"}:
            break
        last += 1
    return Range(index, max(last, index))


def _cover(*parts: Range) -> Range:
    kept = [part for part in parts if part]
    return Range(min(part.first for part in kept), max(part.last for part in kept))


def _time(analysis: Analysis, part: Range, sentence: Range) -> TimeSpan | None:
    """The time inside the event's own words, or one that opens the sentence ("In October, …")."""
    inside = next(iter(analysis.times_in(part)), None)
    if inside:
        return inside.time
    fronted = next(iter(analysis.times_in(sentence)), None)
    if fronted is None:
        return None
    index = analysis.tokens_of(fronted.span).first
    governed = (
        index == sentence.first + 1
        and analysis.document.tokens[sentence.first].lower in grammar().prepositions
    )
    return fronted.time if index == sentence.first or governed else None


def _place(analysis: Analysis, part: Range) -> Reference | None:
    """The first place that a preposition of place governs."""
    if not part:
        return None
    for reference in analysis.references.within(part):
        before = analysis.document.lowers(
            Range(max(part.first, reference.range.first - 4), reference.range.first)
        )
        if (
            reference.type in _PLACES
            and not reference.adjective
            and {"in", "at", "near", "capital"} & set(before)
        ):
            return reference
    return None


def _from_noun(analysis: Analysis, index: int) -> Sighting | None:
    token = analysis.document.tokens[index]
    kind, code = noun_table().events.get(token.lower, ("", None))
    if (
        token.lower in noun_table().qualified
        and index
        and _stem(analysis, index - 1) & noun_table().qualifiers
    ):
        kind, code = "MilitaryOperation", "ASSAULT"
    if (
        not kind
        or analysis.references.at(index)
        or any(v.main == index for v in analysis.verbs_in(Range(index, index + 1)))
    ):
        return None
    builder = {"Encounter": _meeting, "Conflict": _conflict}.get(kind, _action)
    sighting = builder(analysis, index, kind)
    return replace(sighting, code=code) if sighting else None


def _stem(analysis: Analysis, index: int) -> set[str]:
    """A hyphenated qualifier as one word: "anti-terror"."""
    tokens = analysis.document.tokens
    joined = "".join(token.lower for token in tokens[max(0, index - 2) : index + 1])
    return {tokens[index].lower, joined}


def _noun_start(analysis: Analysis, index: int) -> int:
    """The first word of the noun phrase that ends at a token."""
    tokens = analysis.document.tokens
    words = grammar()
    stops = (
        words.prepositions | words.subordinators | {"to", "have", "has", "had", "is", "was", "were", "are"}
    )
    first = index
    sentence = analysis.document.sentence(index)
    verbs = {v.main for v in analysis.verbs_in(Range(max(sentence.first, index - 6), index))}
    while first > max(sentence.first, index - 6):
        token = tokens[first - 1]
        if (
            token.lower in stops
            or first - 1 in verbs
            or (not token.text[0].isalnum() and token.text not in {"-", "'s", "’s"})
        ):
            break
        first -= 1
    return first


def _owner(analysis: Analysis, index: int) -> Reference | None:
    """Whose operation it is: "X's operation", "Azerbaijani operation", "its recapture" of the sentence's subject."""
    first = _noun_start(analysis, index)
    for reference in analysis.references.within(Range(first, index)):
        if reference.type in _AGENTS:
            return reference
    if "its" in analysis.document.lowers(Range(first, index)):
        sentence = analysis.document.sentence(index)
        return next((r for r in analysis.references.within(sentence) if r.type == "State"), None)
    return None


def _action(analysis: Analysis, index: int, kind: str) -> Sighting | None:
    sentence = analysis.document.sentence(index)
    first, end = _noun_start(analysis, index), _end(analysis, index + 1, sentence)
    owner = _owner(analysis, index)
    agents = (owner.key,) if owner else ()
    part = Range(first, end.last)
    places = [
        r
        for r in analysis.references.within(Range(index + 1, end.last))
        if r.type == "Place" and not r.adjective
    ]
    place = places[0] if places else _place(analysis, end)
    if kind == "MilitaryOperation" and not (agents and place):
        agents, place = _of_change(analysis, index, agents, place)
    definite = analysis.document.tokens[first].lower in {"the", "that", "this"} and not places
    return Sighting(
        kind, Range(first, index + 1), part, None, agents, agents, place.key if place else None,
        _time_after(analysis, index, end), definite=definite,
    )  # fmt: skip


def _of_change(
    analysis: Analysis, index: int, agents: tuple[str, ...], place: Reference | None
) -> tuple[tuple[str, ...], Reference | None]:
    """ "which X reclaimed after an operation": the operation is X's, and in the place that changed hands."""
    sentence = analysis.document.sentence(index)
    verb = analysis.verb_before(index, sentence)
    if (
        verb is None
        or verb_table().events.get(verb.lemma, ("",))[0] != "ControlChange"
        or index - verb.last > 6
    ):
        return agents, place
    changed = next(iter(_object_places(analysis, verb, sentence)), None)
    return agents or _keys(subject_of(analysis, verb, sentence), _AGENTS), place or changed


def _time_after(analysis: Analysis, index: int, end: Range) -> TimeSpan | None:
    part = Range(index + 1, end.last)
    found = next(iter(analysis.times_in(part)), None) if part else None
    return found.time if found else None


def _meeting(analysis: Analysis, index: int, kind: str) -> Sighting | None:
    """ "their meeting": the meeting of the first two agents of the sentence; "the meeting" was told before."""
    sentence = analysis.document.sentence(index)
    before = analysis.document.lowers(Range(_noun_start(analysis, index), index))
    if "their" not in before:
        return None
    people = [r for r in analysis.references.within(sentence) if r.type == "Person"]
    keys = tuple(dict.fromkeys(r.key for r in people))[:2]
    if len(keys) < 2:
        return None
    part = _cover(Range(index, index + 1), *(r.range for r in people[:2]))
    return Sighting(
        "Encounter", Range(index, index + 1), part, None, keys, keys, None, _time(analysis, part, sentence)
    )


def _conflict(analysis: Analysis, index: int, kind: str) -> Sighting | None:
    """A conflict with its parties: the two who are its subject, or those "between" whom it is."""
    sentence = analysis.document.sentence(index)
    first, end = _noun_start(analysis, index), _end(analysis, index + 1, sentence)
    parties = _parties(analysis, index, sentence)
    inside = [
        r for r in analysis.references.within(Range(first, end.last)) if r.type == "Place" and not r.adjective
    ]
    plain = analysis.document.tokens[first].lower in {"the", "this", "that"} and not inside
    if not parties and not inside:
        return None
    start = min([first, *(p.range.first for p in parties)])
    status = "ongoing" if analysis.document.tokens[index].lower != "war" and parties else "occurred"
    keys = tuple(sorted({p.key for p in parties}))
    return Sighting(
        "Conflict", Range(first, index + 1), Range(start, end.last), None, (), keys, inside[0].key if inside else None,
        _time_after(analysis, index, end), status, definite=plain,
    )  # fmt: skip


def _parties(analysis: Analysis, index: int, sentence: Range) -> tuple[Reference, ...]:
    for verb in analysis.verbs_in(sentence):
        if (
            verb.main < index
            and verb.lemma in {"lock", "fight"}
            or verb.main < index <= verb.last + 6
            and verb.form != "gerund"
        ):
            subject = subject_of(analysis, verb, sentence)
            if subject and len(subject.references) == 2:
                return subject.references
    for at in range(sentence.first, index):
        pair = analysis.pair_at(at)
        if pair:
            return pair[1]
    after = phrase_at(analysis, index + 2, sentence.last) if index + 2 < sentence.last else None
    between = index + 1 < sentence.last and analysis.document.tokens[index + 1].lower == "between"
    return after.references if between and after and len(after.references) == 2 else ()


def _expected_visit(analysis: Analysis, verb: Verb) -> Sighting | None:
    """ "was expected in Baku": a visit that is to come."""
    tokens = analysis.document.tokens
    if verb.lemma not in {"expect", "schedule"} or verb.form != "passive" or verb.last >= len(tokens):
        return None
    subject = subject_of(analysis, verb)
    return _visit(analysis, subject, verb.last) if subject else None


def _due_visits(analysis: Analysis) -> list[Sighting]:
    """ "was due in Baku"."""
    found = []
    for token in analysis.document.tokens:
        if token.lower != "due" or token.index + 1 >= len(analysis.document.tokens):
            continue
        sentence = analysis.document.sentence(token.index)
        people = [
            r for r in analysis.references.within(Range(sentence.first, token.index)) if r.type == "Person"
        ]
        person = next((r for r in people if r.form != "pronoun"), None)
        phrase = Phrase(person.range, (person,), person.range.last - 1) if person else None
        if phrase and (sighting := _visit(analysis, phrase, token.index + 1)):
            found.append(sighting)
    return found


def _visit(analysis: Analysis, subject: Phrase, index: int) -> Sighting | None:
    place = analysis.references.at(index + 1) if index + 1 < len(analysis.document.tokens) else None
    agents = _keys(subject, frozenset({"Person"}))
    if analysis.document.tokens[index].lower != "in" or place is None or place.type != "Place" or not agents:
        return None
    part = _cover(subject.range, place.range)
    time = analysis.source.citation.date and _published(analysis)
    return Sighting(
        "Encounter",
        Range(index, index + 1),
        part,
        "CONSULT",
        agents,
        agents,
        place.key,
        time or None,
        "planned",
        "expected",
    )


def _published(analysis: Analysis) -> TimeSpan | None:
    day = analysis.source.citation.date
    return TimeSpan(day, day, "day", day.isoformat()) if day else None


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
        fitting = [g for g in groups if _same(g, sighting)]
        if fitting:
            min(fitting, key=lambda g: _distance(g, sighting)).append(sighting)
        elif not sighting.definite:
            groups.append([sighting])
    events, at = [], {}
    for group in groups:
        event = _event(analysis, group, quoted, labels)
        events.append(event)
        at.update({index: event.key for s in group for index in range(s.trigger.first, s.trigger.last)})
    return Happenings(tuple(events), at)


def _distance(group: list[Sighting], sighting: Sighting) -> tuple[bool, int]:
    """One that shares the agent comes first, then the nearest in the text."""
    shares = any(set(s.agents) & set(sighting.agents) for s in group)
    return not shares, min(abs(s.trigger.first - sighting.trigger.first) for s in group)


def _same(group: list[Sighting], sighting: Sighting) -> bool:
    first = group[0]
    if first.kind != sighting.kind or first.kind not in _MERGED or first.status != sighting.status:
        return False
    if sighting.kind == "Encounter":
        return set(first.participants) == set(sighting.participants)
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
