"""Events that verbs tell of."""

from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.references import Reference
from kg.reading.sightings import (
    AGENTS,
    CONTROLLED,
    PLACES,
    Sighting,
    clause_end,
    cover,
    keys_of,
    object_places,
    place_of,
    published,
    time_of,
)  # fmt: skip
from kg.reading.verbs import Verb, verb_table

_PLANNING = frozenset(
    {"plan", "agree", "expect", "schedule", "intend", "prepare", "promise", "offer", "decide"}
)


def from_verb(analysis: Analysis, verb: Verb) -> Sighting | None:
    kind, code = verb_table().events.get(verb.lemma, ("", None))
    sentence = analysis.document.sentence(verb.main)
    if not kind or kind == "Refusal" or verb.negated or not _told(analysis, verb, sentence):
        return None
    subject = _doer(analysis, verb, sentence)
    patient = phrase_at(analysis, verb.last, sentence.last)
    passive = verb.form in {"passive", "participle"}
    agents = () if passive else keys_of(subject, AGENTS)
    acted_on = keys_of(patient, PLACES | AGENTS)
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
    return before is not None and before.lemma in CONTROLLED | _PLANNING and verb.first - before.last <= 4


def _doer(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """The subject; of "X led Y to do" it is Y."""
    if verb.form == "infinitive":
        before = analysis.verb_before(verb.first, sentence)
        if before and before.lemma in CONTROLLED:
            phrase = phrase_at(analysis, before.last, verb.first)
            if phrase and phrase.references:
                return phrase
    return subject_of(analysis, verb, sentence)


def _mood(analysis: Analysis, verb: Verb) -> dict[str, str]:
    if verb.modality == "possible" or verb.modality == "necessary":
        return {"status": "planned", "factuality": "possible"}
    if verb.modality == "future":
        return {"status": "planned", "factuality": "expected"}
    before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
    if verb.form == "infinitive" and not (before and before.lemma in CONTROLLED):
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
    part = cover(subject.range, verb.range, clause_end(analysis, verb.last, sentence))
    return Sighting(
        "Encounter",
        Range(verb.main, verb.last),
        part,
        None,
        agents,
        people,
        None,
        time_of(analysis, part, sentence),
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
    place = next((r for r in object_places(analysis, verb, sentence)), None)
    if place is None or (not agents and subject is None):
        return None
    part = cover(
        place.range,
        subject.range if agents and subject else verb.range,
        verb.range,
        clause_end(analysis, verb.last, sentence),
    )
    return Sighting(
        "ControlChange",
        Range(verb.main, verb.last),
        part,
        None,
        agents,
        agents,
        place.key,
        time_of(analysis, part, sentence),
    )


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
    place, time = place_of(analysis, Range(verb.last, sentence.last)), time_of(analysis, part, sentence)
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
    end = clause_end(analysis, verb.last, sentence)
    part = cover(subject.range, verb.range, end) if kind != "Displacement" else cover(verb.range, end)
    place = place_of(analysis, end)
    return Sighting(
        kind, Range(verb.main, verb.last), part, None, agents, tuple(dict.fromkeys((*agents, *acted))),
        place.key if place else None, time_of(analysis, part, sentence), cause=None if agents else subject.head,
    )  # fmt: skip


def _with(analysis: Analysis, index: int, sentence: Range) -> list[Reference]:
    """The agents that "with" introduces after a token of the sentence."""
    end = clause_end(analysis, index, sentence)
    for at in range(end.first, end.last):
        if analysis.document.tokens[at].lower == "with":
            phrase = phrase_at(analysis, at + 1, end.last)
            return [r for r in phrase.references if r.type in AGENTS] if phrase else []
    return []


def expected_visit(analysis: Analysis, verb: Verb) -> Sighting | None:
    """ "was expected in Baku": a visit that is to come."""
    tokens = analysis.document.tokens
    if verb.lemma not in {"expect", "schedule"} or verb.form != "passive" or verb.last >= len(tokens):
        return None
    subject = subject_of(analysis, verb)
    return _visit(analysis, subject, verb.last) if subject else None


def due_visits(analysis: Analysis) -> list[Sighting]:
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
    agents = keys_of(subject, frozenset({"Person"}))
    if analysis.document.tokens[index].lower != "in" or place is None or place.type != "Place" or not agents:
        return None
    part = cover(subject.range, place.range)
    time = analysis.source.citation.date and published(analysis)
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
